//! What an unchanged run costs, and what is made of answers.

use envctl_sync::{Choices, Observed, Outcome};
use serde_json::json;

use super::{another, call, one, open, ours, theirs, world};
use crate::world::{actions, prepared};

#[test]
fn an_unchanged_run_reads_in_tens_and_writes_nothing() {
    let world = world();
    let value = world.secret("all");
    let names: Vec<String> = (0..23).map(|number| format!("/tally/prod/{number:02}")).collect();
    let all: Vec<_> = names.iter().map(|name| one(name, &value)).collect();
    assert!(world.apply(&world.plan(&all)).iter().all(Outcome::is_done));
    // The plan, the creations, and the reading back.
    assert_eq!(world.calls(), "GetParameters=6 PutParameter=23 GetCallerIdentity=1");
    let again = prepared(&*another(&world), &all, &Choices::default());
    assert!(again.plan.is_in_sync());
    assert_eq!(world.calls(), "GetParameters=3 GetCallerIdentity=1");
}

#[test]
fn what_is_not_there_is_absent_by_the_same_call() {
    let world = world();
    let value = world.secret("there");
    theirs(&world, "/tally/there", &value);
    let observed = world.target.observe(&["/tally/there", "/tally/nowhere", "/tally/there"]);
    world.show(&observed);
    let [Observed::Held(held), Observed::Absent, Observed::Held(_)] = &observed[..] else {
        panic!("{observed:?}")
    };
    assert_eq!(held.version, "1");
    let arn = format!("arn:aws:ssm:us-east-1:{}:parameter/tally/there", world.aws.id());
    assert_eq!(held.reference.as_deref(), Some(&*arn));
    assert_eq!(world.calls(), "GetParameters=1");
}

#[test]
fn one_that_may_not_be_read_is_unknown_and_hides_no_other() {
    for (code, what) in [
        ("AccessDeniedException", "`ssm:GetParameters` of `/tally/b`: not allowed (AccessDeniedException)"),
        (
            "InvalidKeyId",
            "`ssm:GetParameters` of `/tally/b`: AWS cannot use the KMS key of it (InvalidKeyId)",
        ),
    ] {
        let world = world();
        let value = world.secret("all");
        for name in ["/tally/a", "/tally/b"] {
            ours(&world, name, &value);
        }
        world.aws.faults(
            json!([{"op": "ssm:GetParameters", "target": "/b", "do": "error", "code": code, "status": 400}]),
        );
        let all = ["/tally/a", "/tally/b", "/tally/c"].map(|name| one(name, &value));
        let plan = world.plan(&all).plan;
        assert_eq!(
            actions(&plan),
            ["keep".to_owned(), format!("unknown Denied: {what}"), "create".to_owned()]
        );
        // Together, then each alone.
        assert_eq!(world.calls(), "GetParameters=4 GetCallerIdentity=1");
    }
}

#[test]
fn a_list_is_not_touched() {
    let world = world();
    let value = world.secret("list");
    call(&world, "PutParameter", json!({"Name": "/tally/list", "Value": value, "Type": "StringList"}));
    let plan = world.plan(&[one("/tally/list", &value)]).plan;
    assert_eq!(actions(&plan), ["refuse: its type is StringList"]);
}

#[test]
fn a_name_that_cannot_be_is_told_and_not_asked_for() {
    let world = world();
    let value = world.secret("all");
    let plan = world.plan(&[one("/tally/a", &value), one("tally/b", &value)]).plan;
    let told = "unknown Settings: `tally/b` is a path, and does not begin with `/`";
    assert_eq!(actions(&plan), ["create", told]);
    assert_eq!(world.aws.journal().iter().map(|call| call.ids).max(), Some(1));
}

#[test]
fn half_an_answer_is_unknown_and_never_absent() {
    let world = world();
    let value = world.secret("all");
    ours(&world, "/tally/a", &value);
    world.aws.faults(json!([{"op": "ssm:GetParameters", "do": "garbage"}]));
    let plan = world.plan(&[one("/tally/a", &value)]).plan;
    let told = "unknown Outage: `ssm:GetParameters` of `/tally/a`: HTTP 200 came with something that is no answer of AWS";
    assert_eq!(actions(&plan), [told]);
}

#[test]
fn what_is_public_is_a_string_and_what_is_secret_a_secure_one() {
    let world = world();
    let value = world.secret("secret");
    let all = [one("/tally/secret", &value), open("/tally/open", "info")];
    assert!(world.apply(&world.plan(&all)).iter().all(Outcome::is_done));
    for (name, kind) in [("/tally/secret", "SecureString"), ("/tally/open", "String")] {
        assert_eq!(call(&world, "GetParameter", json!({"Name": name}))["Parameter"]["Type"], kind);
    }
    world.aws.assert_no_leaks();
}
