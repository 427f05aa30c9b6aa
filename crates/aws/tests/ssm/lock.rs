//! Runs that share a table exclude each other.

use std::time::{SystemTime, UNIX_EPOCH};

use envctl_sync::{Outcome, Service};
use serde_json::{Value, json};

use super::{one, value, world_with, write};
use crate::world::World;

const NAME: &str = "/tally/token";

fn locking() -> World {
    let world = world_with(|wiring| {
        let lock_table = Some("locks".to_owned());
        wiring.service = Service::ParameterStore { tier: None, lock_table };
    });
    table(
        &world,
        "CreateTable",
        json!({
            "BillingMode": "PAY_PER_REQUEST",
            "AttributeDefinitions": [{"AttributeName": "LockID", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "LockID", "KeyType": "HASH"}],
        }),
    );
    world
}

/// A call of somebody else to the table.
fn table(world: &World, op: &str, mut params: Value) -> Value {
    params["TableName"] = json!("locks");
    world.aws.call("dynamodb", op, params).unwrap_or_else(|code| panic!("{op}: {code}"))
}

/// A lock of somebody else, which ends in so many seconds.
fn lock(world: &World, seconds: i64) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let expires = i64::try_from(now).unwrap() + seconds;
    let key = format!("envctl/ssm/{}/us-east-1{}", world.aws.id(), format_args!("/{NAME}"));
    table(
        world,
        "PutItem",
        json!({"Item": {
            "LockID": {"S": key},
            "Holder": {"S": "arn:aws:iam::1:user/mary"},
            "Token": {"S": "hers"},
            "Expires": {"N": expires.to_string()},
        }}),
    );
}

fn items(world: &World) -> usize {
    table(world, "Scan", json!({}))["Items"].as_array().unwrap().len()
}

#[test]
fn a_replacement_takes_the_lock_and_gives_it_back() {
    let world = locking();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    world.forget_calls();
    assert_eq!(world.apply(&plan), [Outcome::Written { version: "2".to_owned() }]);
    assert_eq!(
        world.calls(),
        "DeleteItem=1 PutItem=1 GetParameters=2 LabelParameterVersion=1 PutParameter=1"
    );
    assert_eq!(items(&world), 0);
}

#[test]
fn somebody_else_s_lock_is_told_with_its_holder_and_stays() {
    let world = locking();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    lock(&world, 100);
    world.forget_calls();
    let outcomes = world.apply(&plan);
    let [Outcome::Failed { why, help, .. }] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(why.starts_with("`/tally/token` is locked by arn:aws:iam::1:user/mary, until 20"), "{why}");
    assert!(help.as_deref().unwrap().contains("ends by itself"));
    assert_eq!(world.calls(), "PutItem=1");
    assert_eq!((value(&world, NAME), items(&world)), (before, 1));
}

#[test]
fn a_lock_that_is_over_is_taken() {
    let world = locking();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    lock(&world, -1);
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Written { version: "2".to_owned() });
    assert_eq!(items(&world), 0);
}

#[test]
fn a_lock_whose_answer_is_lost_is_known_as_ours() {
    let world = locking();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    world.aws.faults(json!([{"op": "dynamodb:PutItem", "do": "lost", "left": 1}]));
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Written { version: "2".to_owned() });
    assert_eq!(items(&world), 0);
}

#[test]
fn without_the_table_nothing_is_written() {
    let world = world_with(|wiring| {
        let lock_table = Some("nowhere".to_owned());
        wiring.service = Service::ParameterStore { tier: None, lock_table };
    });
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let outcome = world.sync(&one(NAME, &mine));
    let Outcome::Failed { why, .. } = &outcome else { panic!("{outcome:?}") };
    assert_eq!(why, "`dynamodb:PutItem` of `nowhere`: AWS refused it (ResourceNotFoundException)");
    assert_eq!(value(&world, NAME), before);
}
