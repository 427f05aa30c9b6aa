//! Answers that get lost: what was done is found, and nothing is done twice.

use envctl_sync::{Choices, Outcome};
use serde_json::json;

use super::{call, labelled, one, overwriting, sync_with, value, world, write};

const NAME: &str = "/tally/token";

#[test]
fn a_creation_whose_answer_is_lost_is_found() {
    for kind in ["lost", "drop_after", "garbage"] {
        let world = world();
        let mine = world.secret("mine");
        world.aws.faults(json!([{"op": "ssm:PutParameter", "do": kind, "left": 1}]));
        assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Already { version: "1".to_owned() }, "{kind}");
        assert_eq!(value(&world, NAME), mine);
    }
}

#[test]
fn a_replacement_whose_answer_is_lost_is_found_and_labelled_and_not_made_twice() {
    for kind in ["lost", "drop_after", "garbage"] {
        let world = world();
        let (before, mine) = (world.secret("before"), world.secret("mine"));
        write(&world, &one(NAME, &before));
        let plan = world.plan(&[one(NAME, &mine)]);
        world.aws.faults(json!([{"op": "ssm:PutParameter", "do": kind, "left": 1}]));
        world.forget_calls();
        assert_eq!(world.apply(&plan), [Outcome::Already { version: "2".to_owned() }], "{kind}");
        assert_eq!(world.calls(), "GetParameters=3 LabelParameterVersion=1 PutParameter=1");
        assert_eq!(labelled(&world, NAME), Some(2));
    }
}

#[test]
fn a_request_that_was_lost_before_it_arrived_is_made_again() {
    let world = world();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    world.aws.faults(json!([{"op": "ssm:PutParameter", "do": "drop", "left": 2}]));
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Written { version: "2".to_owned() });
}

#[test]
fn somebody_who_wrote_over_a_lost_answer_stands() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    let writer = json!(["ssm", "PutParameter", overwriting(NAME, &yours)]);
    world.aws.faults(json!([
        {"op": "ssm:PutParameter", "do": "lost", "left": 1},
        {"op": "ssm:GetParameters", "skip": 2, "left": 1, "do": "writer", "when": "before", "call": writer},
    ]));
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Conflict);
    assert_eq!(value(&world, NAME), yours);
}

#[test]
fn a_writer_before_a_lost_answer_is_told_and_nothing_is_guessed() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    // The look sees the version that was planned on; then somebody writes, and our write gets no answer.
    let writer = json!(["ssm", "PutParameter", overwriting(NAME, &yours)]);
    world.aws.faults(json!([
        {"op": "ssm:GetParameters", "left": 1, "do": "writer", "when": "after", "call": writer},
        {"op": "ssm:PutParameter", "do": "lost", "left": 1},
    ]));
    let reports = crate::world::carry_out(&*world.target, &plan);
    world.show(&reports);
    assert_eq!(reports[0].outcome, Outcome::Conflict);
    assert_eq!(
        reports[0].notes,
        [
            "version 3 of `/tally/token` holds what this run was to write, and version 2 was overwritten, by this run or by \
          somebody who wrote the same; `aws ssm get-parameter-history --with-decryption --name /tally/token` has both"
        ]
    );
    assert_eq!(value(&world, &format!("{NAME}:2")), yours);
}

#[test]
fn a_write_that_cannot_be_looked_at_is_not_called_a_failure() {
    let world = world();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    world.aws.faults(json!([
        {"op": "ssm:PutParameter", "do": "drop_after"},
        {"op": "ssm:GetParameters", "skip": 1, "do": "drop"},
    ]));
    let outcomes = world.apply(&plan);
    assert!(matches!(outcomes[..], [Outcome::Unclear { .. }]), "{outcomes:?}");
    world.aws.faults(json!([]));
    // The same plan again finds it.
    assert_eq!(world.apply(&plan), [Outcome::Already { version: "2".to_owned() }]);
}

#[test]
fn a_deletion_whose_answer_is_lost_is_done() {
    let world = world();
    let mine = world.secret("mine");
    super::ours(&world, NAME, &mine);
    world.aws.faults(json!([{"op": "ssm:DeleteParameter", "do": "lost", "left": 1}]));
    let choices = Choices { prune: true, ..Choices::default() };
    let reports = sync_with(&world, &[], &choices);
    assert_eq!(reports[0].outcome, Outcome::Written { version: "1".to_owned() });
    assert_eq!(call(&world, "DescribeParameters", json!({}))["Parameters"], json!([]));
}
