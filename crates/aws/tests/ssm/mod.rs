//! Parameter Store: what a test says of it in few words.

mod limits;
mod lock;
mod lost;
mod ownership;
mod races;
mod reading;
mod trouble;
mod writing;

use envctl_sync::{Choices, Cloud, CloudTarget, Outcome, RecordReport, Service, Target, Wanted};
use serde_json::{Value, json};

use crate::world::{PACE, World, carry_out, cloud, our_tags, prepared, wanted, wiring};

/// An account with a target of parameters.
fn world() -> World {
    world_with(|_| {})
}

fn world_with(change: impl FnOnce(&mut CloudTarget)) -> World {
    World::with(|wiring| {
        wiring.service = Service::ParameterStore { tier: None, lock_table: None };
        change(wiring);
    })
}

/// Another target in the same account, as another run of envctl has.
fn another(world: &World) -> Box<dyn Target> {
    let service = Service::ParameterStore { tier: None, lock_table: None };
    cloud(&world.aws, PACE).target(&CloudTarget { service, ..wiring() }).unwrap()
}

/// A parameter that is to have this value.
fn one(name: &str, value: &str) -> Wanted {
    let mut wanted = wanted(name, &[("", value)]);
    let variable = name.rsplit('/').next().unwrap_or(name);
    wanted.entries.iter_mut().for_each(|entry| entry.variable = variable.into());
    wanted
}

/// One in which nothing is secret.
fn open(name: &str, value: &str) -> Wanted {
    Wanted { open: true, ..one(name, value) }
}

/// A call of somebody else that succeeds.
fn call(world: &World, op: &str, params: Value) -> Value {
    world.aws.call("ssm", op, params).unwrap_or_else(|code| panic!("{op}: {code}"))
}

/// A parameter of somebody else, without tags.
fn theirs(world: &World, name: &str, value: &str) {
    call(world, "PutParameter", json!({"Name": name, "Value": value, "Type": "SecureString"}));
}

/// A parameter that carries our tags, and that we made.
fn ours(world: &World, name: &str, value: &str) {
    let params = json!({"Name": name, "Value": value, "Type": "SecureString", "Tags": our_tags()});
    call(world, "PutParameter", params);
}

/// What somebody else's write is, as a call.
fn overwriting(name: &str, value: &str) -> Value {
    json!({"Name": name, "Value": value, "Type": "SecureString", "Overwrite": true})
}

fn overwrite(world: &World, name: &str, value: &str) {
    call(world, "PutParameter", overwriting(name, value));
}

/// A fault: somebody else writes right before or after a call of ours.
fn writer(op: &str, when: &str, name: &str, value: &str) -> Value {
    let call = json!(["ssm", "PutParameter", overwriting(name, value)]);
    json!([{"op": format!("ssm:{op}"), "do": "writer", "when": when, "left": 1, "call": call}])
}

/// What a parameter holds; `name` may end in `:` and a version or a label.
fn value(world: &World, name: &str) -> String {
    let told = call(world, "GetParameter", json!({"Name": name, "WithDecryption": true}));
    told["Parameter"]["Value"].as_str().unwrap().to_owned()
}

/// The version that carries our label; none if none does.
fn labelled(world: &World, name: &str) -> Option<i64> {
    let told = world.aws.call("ssm", "GetParameter", json!({"Name": format!("{name}:envctl")}));
    told.ok().and_then(|told| told["Parameter"]["Version"].as_i64())
}

/// Plans and applies with these choices, and tells all that became of it.
fn sync_with(world: &World, wanted: &[Wanted], choices: &Choices) -> Vec<RecordReport> {
    let plan = prepared(&*world.target, wanted, choices);
    world.show(&plan.plan);
    let reports = carry_out(&*world.target, &plan);
    world.show(&reports);
    reports
}

/// Makes or replaces one parameter, which has to succeed.
fn write(world: &World, wanted: &Wanted) {
    let outcome = world.sync(wanted);
    assert!(matches!(outcome, Outcome::Written { .. }), "{outcome:?}");
}
