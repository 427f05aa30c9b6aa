//! Others write at the same time: nobody's write is lost.

use std::thread;

use envctl_sync::{Choices, Outcome};
use serde_json::json;

use crate::world::{World, actions, carry_out, object, prepared, wanted};

#[test]
fn a_writer_between_plan_and_apply_stands() {
    let world = World::new();
    let (old, new, theirs) = (world.secret("old"), world.secret("new"), world.secret("theirs"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let ours = world.version("tally/api", "AWSCURRENT");
    let prepared = world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]);
    world.overwrite("tally/api", &object(&[("TOKEN", &old), ("THEIRS", &theirs)]));
    assert_eq!(world.apply(&prepared), [Outcome::Conflict]);
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &old), ("THEIRS", &theirs)]));
    assert_eq!(world.version("tally/api", "envctl"), ours, "our label is back where it belongs");
    // The next run sees that only the other key was written.
    assert!(world.sync(&wanted("tally/api", &[("TOKEN", &new)])).is_done());
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &new), ("THEIRS", &theirs)]));
}

#[test]
fn a_writer_between_stage_and_swap_stands() {
    let world = World::new();
    let (old, new, theirs) = (world.secret("old"), world.secret("new"), world.secret("theirs"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    world.sync(&wanted("tally/api", &[("TOKEN", &theirs)]));
    let ours = world.version("tally/api", "envctl");
    let content = object(&[("TOKEN", &theirs), ("THEIRS", &theirs)]);
    world.aws.faults(json!([{
        "op": "secretsmanager:PutSecretValue", "do": "writer", "when": "after", "left": 1,
        "call": ["secretsmanager", "PutSecretValue", {"SecretId": "tally/api", "SecretString": content}],
    }]));
    world.forget_calls();
    assert_eq!(world.sync(&wanted("tally/api", &[("TOKEN", &new)])), Outcome::Conflict);
    assert_eq!(
        world.calls(),
        "BatchGetSecretValue=1 DescribeSecret=2 PutSecretValue=1 UpdateSecretVersionStage=2",
        "the refused swap, and the label that goes back"
    );
    assert_eq!(world.content("tally/api"), content);
    assert_eq!(world.version("tally/api", "envctl"), ours);
    assert!(world.sync(&wanted("tally/api", &[("TOKEN", &new)])).is_done());
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &new), ("THEIRS", &theirs)]));
}

#[test]
fn of_two_runs_at_once_one_plans_again_and_no_key_is_lost() {
    let world = World::new();
    let old = world.secret("old");
    world.sync(&wanted("tally/api", &[("A", &old), ("B", &old)]));
    for _ in 0..8 {
        let news = [("A", world.secret("a")), ("B", world.secret("b"))];
        let other = world.another();
        let targets = [&*world.target, &*other];
        let plans: Vec<_> = targets
            .iter()
            .zip(&news)
            .map(|(target, (key, value))| {
                prepared(*target, &[wanted("tally/api", &[(key, value)])], &Choices::default())
            })
            .collect();
        let outcomes: Vec<Outcome> = thread::scope(|scope| {
            let run = |(target, plan)| scope.spawn(move || carry_out(target, plan).remove(0).outcome);
            let threads: Vec<_> = targets.iter().copied().zip(&plans).map(run).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let conflicts = outcomes.iter().filter(|outcome| **outcome == Outcome::Conflict).count();
        assert_eq!(conflicts, 1, "{outcomes:?}");
        for ((target, (key, value)), outcome) in targets.iter().zip(&news).zip(&outcomes) {
            if *outcome == Outcome::Conflict {
                let again = prepared(*target, &[wanted("tally/api", &[(key, value)])], &Choices::default());
                assert_eq!(actions(&again.plan), ["update"], "the other run is no stranger");
                assert!(carry_out(*target, &again)[0].outcome.is_done());
            }
        }
        let [(_, a), (_, b)] = &news;
        assert_eq!(world.content("tally/api"), object(&[("A", a), ("B", b)]));
    }
}

#[test]
fn of_two_that_make_a_secret_one_does() {
    let world = World::new();
    let (ours, theirs) = (world.secret("ours"), world.secret("theirs"));
    let plan = world.plan(&[wanted("tally/api", &[("TOKEN", &ours)])]);
    world.theirs("tally/api", &object(&[("TOKEN", &theirs)]));
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &theirs)]));

    let plan = world.plan(&[wanted("tally/b", &[("TOKEN", &ours)])]);
    let other = world.another();
    let same = carry_out(&*other, &plan).remove(0).outcome;
    assert!(matches!(same, Outcome::Written { .. }));
    assert!(world.apply(&plan)[0].is_done(), "the same plan carried out twice is done, not a conflict");
    assert_eq!(world.content("tally/b"), object(&[("TOKEN", &ours)]));
}

#[test]
fn a_plan_that_was_carried_out_already_is_done_and_one_that_was_overtaken_is_not() {
    let world = World::new();
    let (old, new, theirs) = (world.secret("old"), world.secret("new"), world.secret("theirs"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let plan = world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]);
    assert!(matches!(world.apply(&plan)[..], [Outcome::Written { .. }]));
    assert!(matches!(world.apply(&plan)[..], [Outcome::Already { .. }]));
    world.overwrite("tally/api", &object(&[("TOKEN", &theirs)]));
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &theirs)]));
    assert_eq!(actions(&world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]).plan), ["drifted"]);
}

#[test]
fn a_secret_that_is_deleted_meanwhile_is_a_conflict() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let plan = world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]);
    world.call("DeleteSecret", json!({"SecretId": "tally/api"}));
    assert_eq!(world.apply(&plan), [Outcome::Conflict]);
    assert_eq!(actions(&world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]).plan), ["restore"]);
}
