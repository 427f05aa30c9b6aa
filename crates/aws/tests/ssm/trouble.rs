//! A service that slows down, refuses or fails.

use std::time::Duration;

use envctl_sync::{Account, Failure, Outcome};
use serde_json::json;

use super::{one, overwriting, value, world, world_with, write};
use crate::world::actions;

const NAME: &str = "/tally/token";

#[test]
fn a_short_slowing_down_is_waited_for() {
    let world = world();
    let mine = world.secret("mine");
    let throttled =
        json!({"op": "ssm:.*", "do": "error", "code": "ThrottlingException", "status": 400, "left": 4});
    world.aws.faults(json!([throttled]));
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Written { version: "1".to_owned() });
}

#[test]
fn a_writer_while_aws_asks_to_wait_is_seen_before_the_next_attempt() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    let writer = json!(["ssm", "PutParameter", overwriting(NAME, &yours)]);
    world.aws.faults(json!([
        {"op": "ssm:PutParameter", "do": "error", "code": "TooManyUpdates", "status": 400, "left": 1},
        {"op": "ssm:GetParameters", "skip": 1, "left": 1, "do": "writer", "when": "before", "call": writer},
    ]));
    world.forget_calls();
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert_eq!(world.calls(), "GetParameters=2 PutParameter=1");
    assert_eq!(value(&world, NAME), yours);
}

#[test]
fn a_slowing_down_without_end_is_told_when_the_time_is_over() {
    let world = world_with(|wiring| {
        wiring.account = Account { deadline: Some(Duration::from_millis(300)), ..wiring.account.clone() };
    });
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    world.aws.faults(json!([{"op": "ssm:.*", "do": "error", "code": "ThrottlingException", "status": 400}]));
    let outcomes = world.apply(&plan);
    let [Outcome::Failed { kind: Failure::Throttled, why, .. }] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert_eq!(
        why,
        "`ssm:GetParameters` of `/tally/token`: AWS asked to slow down until the time was over (ThrottlingException)"
    );
    let told = "unknown Throttled: `ssm:GetParameters` of `/tally/token`: AWS asked to slow down until the time was over \
                (ThrottlingException)";
    assert_eq!(actions(&world.plan(&[one(NAME, &mine)]).plan), [told]);
    assert_eq!(value(&world, NAME), before);
}

#[test]
fn one_that_may_not_be_written_stops_no_other() {
    let world = world();
    let mine = world.secret("mine");
    let all: Vec<_> = (0..5).map(|number| one(&format!("/tally/{number}"), &mine)).collect();
    let denied = json!({"op": "ssm:PutParameter", "target": "/3", "do": "error", "code": "AccessDeniedException", "status": 400});
    world.aws.faults(json!([denied]));
    let outcomes = world.apply(&world.plan(&all));
    let failed: Vec<_> = outcomes.iter().map(|outcome| !outcome.is_done()).collect();
    assert_eq!(failed, [false, false, false, true, false]);
    let Outcome::Failed { kind: Failure::Denied, why, help } = &outcomes[3] else { panic!("{outcomes:?}") };
    assert_eq!(why, "`ssm:PutParameter` of `/tally/3`: not allowed (AccessDeniedException)");
    let told = "allow `ssm:PutParameter` to who asks, and `kms:GenerateDataKey` on its KMS key if it has one of its own";
    assert_eq!(help.as_deref(), Some(told));
}

#[test]
fn a_service_that_fails_leaves_what_was_there() {
    let world = world();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    world.aws.faults(
        json!([{"op": "ssm:PutParameter", "do": "error", "code": "InternalServerError", "status": 500}]),
    );
    let outcomes = world.apply(&plan);
    assert!(matches!(outcomes[..], [Outcome::Failed { kind: Failure::Outage, .. }]), "{outcomes:?}");
    assert_eq!(value(&world, NAME), before);
}

#[test]
fn a_target_in_another_account_is_asked_nothing() {
    let world = world_with(|wiring| {
        wiring.account = Account { account: Some("999999999999".to_owned()), ..wiring.account.clone() };
    });
    let observed = world.target.observe(&[NAME]);
    world.show(&observed);
    assert!(
        matches!(&observed[..], [envctl_sync::Observed::Unknown(error)] if error.kind == Failure::Settings)
    );
    assert_eq!(world.calls(), "GetCallerIdentity=1");
}
