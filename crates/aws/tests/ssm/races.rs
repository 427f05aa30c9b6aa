//! Somebody else writes at the same time. No acknowledged write of theirs is lost, and none goes untold.

use envctl_sync::{Choices, Outcome};
use serde_json::json;

use super::{labelled, one, overwrite, overwriting, sync_with, theirs, value, world, write, writer};
use crate::world::{actions, carry_out, prepared};

const NAME: &str = "/tally/token";

#[test]
fn one_that_somebody_made_meanwhile_stays_theirs() {
    let world = world();
    let (mine, yours) = (world.secret("mine"), world.secret("yours"));
    let plan = world.plan(&[one(NAME, &mine)]);
    theirs(&world, NAME, &yours);
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert_eq!(value(&world, NAME), yours);
}

#[test]
fn the_same_value_of_somebody_else_is_still_theirs() {
    let world = world();
    let mine = world.secret("mine");
    let plan = world.plan(&[one(NAME, &mine)]);
    theirs(&world, NAME, &mine);
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
}

#[test]
fn a_writer_between_plan_and_apply_wins() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    overwrite(&world, NAME, &yours);
    world.forget_calls();
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert_eq!(world.calls(), "GetParameters=1");
    assert_eq!(value(&world, NAME), yours);
    // The next run asks.
    assert_eq!(actions(&world.plan(&[one(NAME, &mine)]).plan), ["drifted"]);
}

#[test]
fn a_writer_between_the_look_and_the_write_gets_its_value_back_and_is_told() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    write(&world, &one(NAME, &world.secret("second")));
    world.aws.faults(writer("PutParameter", "before", NAME, &yours));
    world.forget_calls();
    let reports = sync_with(&world, &[one(NAME, &mine)], &Choices::default());
    assert_eq!(reports[0].outcome, Outcome::Conflict);
    assert_eq!(
        reports[0].notes,
        ["somebody wrote its version 3 right before this run wrote version 4 over it; theirs is back, as \
          version 5; `aws ssm get-parameter-history --with-decryption --name /tally/token` has both"]
    );
    assert_eq!(world.calls(), "GetParameters=4 ListTagsForResource=1 PutParameter=2");
    // Current again, nothing of the history is gone, and what we wrote last is still known.
    assert_eq!(value(&world, NAME), yours);
    assert_eq!(value(&world, &format!("{NAME}:3")), yours);
    assert_eq!(value(&world, &format!("{NAME}:4")), mine);
    assert_eq!(labelled(&world, NAME), Some(2));
    assert_eq!(actions(&world.plan(&[one(NAME, &mine)]).plan), ["drifted"]);
}

#[test]
fn a_second_writer_while_theirs_is_put_back_gets_its_value_back_too() {
    let world = world();
    let [before, mine, yours, last] = ["before", "mine", "yours", "last"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    let faults =
        [writer("PutParameter", "before", NAME, &yours), writer("PutParameter", "before", NAME, &last)];
    world.aws.faults(json!([faults[0][0], faults[1][0]]));
    let reports = sync_with(&world, &[one(NAME, &mine)], &Choices::default());
    assert_eq!(reports[0].outcome, Outcome::Conflict);
    assert!(reports[0].notes[0].contains("somebody wrote its version 2 "), "{reports:?}");
    assert!(reports[0].notes[0].contains("theirs is back, as version 6"), "{reports:?}");
    assert_eq!(value(&world, NAME), last);
    assert_eq!(value(&world, &format!("{NAME}:2")), yours);
}

#[test]
fn theirs_is_put_back_once_although_the_answer_is_lost() {
    for (kind, left) in [("lost", 1), ("drop_after", 9)] {
        let world = world();
        let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
        write(&world, &one(NAME, &before));
        let lost = json!({"op": "ssm:PutParameter", "do": kind, "left": left});
        world.aws.faults(json!([writer("PutParameter", "before", NAME, &yours)[0], lost]));
        let reports = sync_with(&world, &[one(NAME, &mine)], &Choices::default());
        assert_eq!(reports[0].outcome, Outcome::Conflict);
        assert!(reports[0].notes[0].contains("theirs is back, as version 4"), "{reports:?}");
        assert_eq!(value(&world, NAME), yours);
    }
}

#[test]
fn what_cannot_be_put_back_is_told_with_where_it_is() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    let denied =
        json!({"op": "ssm:PutParameter", "do": "error", "code": "AccessDeniedException", "status": 400});
    world.aws.faults(json!([writer("PutParameter", "before", NAME, &yours)[0], denied]));
    let reports = sync_with(&world, &[one(NAME, &mine)], &Choices::default());
    assert_eq!(reports[0].outcome, Outcome::Conflict);
    assert_eq!(
        reports[0].notes,
        [
            "somebody wrote its version 2 right before this run wrote version 3 over it, and theirs was not put \
          back (`ssm:PutParameter` of `/tally/token`: not allowed (AccessDeniedException)); `aws ssm get-parameter-history \
          --with-decryption --name /tally/token` has both"
        ]
    );
    assert_eq!(value(&world, &format!("{NAME}:2")), yours);
}

#[test]
fn two_that_write_the_same_agree() {
    let world = world();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    world.aws.faults(writer("PutParameter", "before", NAME, &mine));
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Written { version: "3".to_owned() });
    assert_eq!((value(&world, NAME), labelled(&world, NAME)), (mine, Some(3)));
}

#[test]
fn a_writer_right_behind_us_stands() {
    let world = world();
    let [before, mine, yours] = ["before", "mine", "yours"].map(|label| world.secret(label));
    write(&world, &one(NAME, &before));
    world.aws.faults(writer("PutParameter", "after", NAME, &yours));
    assert_eq!(world.sync(&one(NAME, &mine)), Outcome::Replaced);
    assert_eq!(value(&world, NAME), yours);
    assert_eq!(labelled(&world, NAME), Some(2));
}

#[test]
fn one_that_somebody_deleted_right_before_is_told_to_be_anew() {
    let world = world();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let call = json!(["ssm", "DeleteParameter", {"Name": NAME}]);
    world.aws.faults(
        json!([{"op": "ssm:PutParameter", "do": "writer", "when": "before", "left": 1, "call": call}]),
    );
    let reports = sync_with(&world, &[one(NAME, &mine)], &Choices::default());
    assert_eq!(reports[0].outcome, Outcome::Conflict);
    assert_eq!(
        reports[0].notes,
        [
            "somebody deleted it right before it was written, which made it anew, without tags: delete it again, or \
          run with `--adopt`"
        ]
    );
}

#[test]
fn one_that_somebody_deleted_after_the_plan_is_a_conflict() {
    let world = world();
    let (before, mine) = (world.secret("before"), world.secret("mine"));
    write(&world, &one(NAME, &before));
    let plan = world.plan(&[one(NAME, &mine)]);
    super::call(&world, "DeleteParameter", json!({"Name": NAME}));
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert!(world.aws.call("ssm", "PutParameter", overwriting(NAME, &before)).is_ok());
}

#[test]
fn of_two_runs_at_once_the_first_stands_and_the_other_is_told() {
    let world = world();
    let [before, one_s, other_s] = ["before", "one", "other"].map(|label| world.secret(label));
    let names: Vec<String> = (0..20).map(|number| format!("/tally/{number:02}")).collect();
    let all = |value: &str| names.iter().map(|name| one(name, value)).collect::<Vec<_>>();
    assert!(world.apply(&world.plan(&all(&before))).iter().all(Outcome::is_done));
    let other = super::another(&world);
    let plans = [world.plan(&all(&one_s)), prepared(&*other, &all(&other_s), &Choices::default())];
    let (first, second) = std::thread::scope(|scope| {
        let second = scope.spawn(|| carry_out(&*other, &plans[1]));
        (carry_out(&*world.target, &plans[0]), second.join().unwrap())
    });
    world.show(&(&first, &second));
    for (at, name) in names.iter().enumerate() {
        let lost = [&first, &second].map(|reports| reports[at].outcome == Outcome::Conflict);
        assert_ne!(lost[0], lost[1], "{:?} {:?}", first[at], second[at]);
        assert_eq!(value(&world, name), if lost[0] { &*other_s } else { &*one_s }, "{name}");
    }
}
