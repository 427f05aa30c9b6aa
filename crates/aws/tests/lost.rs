//! Answers that get lost, and runs that are stopped.

use envctl_sync::Outcome;
use serde_json::json;

use crate::world::{World, keys, object, wanted};

#[test]
fn a_lost_answer_to_a_write_is_no_failure() {
    for operation in ["PutSecretValue", "UpdateSecretVersionStage", "CreateSecret"] {
        for fault in ["lost", "drop_after", "garbage"] {
            let world = World::new();
            let (old, new) = (world.secret("old"), world.secret("new"));
            if operation != "CreateSecret" {
                world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
            }
            world.aws.faults(json!([{"op": format!("secretsmanager:{operation}"), "do": fault, "left": 1}]));
            let outcome = world.sync(&wanted("tally/api", &[("TOKEN", &new)]));
            assert!(outcome.is_done(), "{operation} {fault}: {outcome:?}");
            assert_eq!(world.content("tally/api"), object(&[("TOKEN", &new)]));
            assert_eq!(world.aws.counts()[&format!("secretsmanager:{operation}")], 2);
            assert_eq!(world.version("tally/api", "AWSPREVIOUS").is_some(), operation != "CreateSecret");
        }
    }
}

#[test]
fn a_service_that_is_gone_after_the_write_leaves_it_unclear_and_the_next_run_finds_it() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let plan = world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]);
    world.aws.faults(json!([
        {"op": "secretsmanager:UpdateSecretVersionStage", "do": "lost", "left": 1},
        {"op": "secretsmanager:(Update|Describe|Batch|Get).*", "do": "drop"},
    ]));
    assert!(matches!(world.apply(&plan)[..], [Outcome::Unclear { .. }]));
    world.aws.faults(json!([]));
    assert!(world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]).plan.is_in_sync());
}

#[test]
fn a_run_that_was_stopped_between_stage_and_swap_is_finished_by_the_next() {
    let world = World::new();
    let (old, new, newer) = (world.secret("old"), world.secret("new"), world.secret("newer"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    for value in [&new, &newer] {
        world.aws.faults(json!([{"op": "secretsmanager:UpdateSecretVersionStage", "do": "drop"}]));
        let stopped = world.sync(&wanted("tally/api", &[("TOKEN", value)]));
        assert!(matches!(stopped, Outcome::Failed { .. }), "{stopped:?}");
        assert_eq!(world.content("tally/api"), object(&[("TOKEN", &old)]), "nothing of ours is current");
    }
    world.aws.faults(json!([]));
    let plan = world.plan(&[wanted("tally/api", &[("TOKEN", &newer)])]);
    assert_eq!(keys(&plan.plan), "TOKEN:Change", "it is not taken for somebody else's");
    let outcomes = world.apply(&plan);
    assert!(outcomes[0].is_done(), "{outcomes:?}");
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &newer)]));
}

#[test]
fn a_run_that_was_stopped_while_adopting_is_finished_by_the_next() {
    for stopped_at in ["TagResource", "UpdateSecretVersionStage"] {
        let world = World::new();
        let (old, new) = (world.secret("old"), world.secret("new"));
        world.theirs("tally/api", &object(&[("TOKEN", &old)]));
        let choices = envctl_sync::Choices { adopt: true, ..Default::default() };
        let all = [wanted("tally/api", &[("TOKEN", &new)])];
        world.aws.faults(json!([{"op": format!("secretsmanager:{stopped_at}"), "do": "drop"}]));
        assert!(matches!(world.apply(&world.plan_with(&all, &choices))[..], [Outcome::Failed { .. }]));
        assert_eq!(world.content("tally/api"), object(&[("TOKEN", &old)]));
        world.aws.faults(json!([]));
        let outcomes = world.apply(&world.plan_with(&all, &choices));
        assert!(outcomes[0].is_done(), "{stopped_at}: {outcomes:?}");
        assert_eq!(world.content("tally/api"), object(&[("TOKEN", &new)]));
    }
}
