//! A service that slows down, fails or forbids.

use std::time::{Duration, Instant};

use envctl_sync::{Failure, Outcome};
use serde_json::json;

use crate::world::{World, actions, object, wanted};

fn failed(outcome: &Outcome) -> (Failure, String, String) {
    match outcome {
        Outcome::Failed { kind, why, help } => (*kind, why.clone(), help.clone().unwrap_or_default()),
        other => panic!("it did not fail: {other:?}"),
    }
}

#[test]
fn being_slowed_down_for_a_moment_is_waited_out() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let slow = |op: &str| json!({"op": format!("secretsmanager:{op}"), "do": "error", "code": "ThrottlingException", "status": 400, "left": 8});
    world.aws.faults(json!([
        slow("BatchGetSecretValue"),
        slow("DescribeSecret"),
        slow("PutSecretValue"),
        slow("Update.*")
    ]));
    assert!(world.sync(&wanted("tally/api", &[("TOKEN", &new)])).is_done());
    assert_eq!(world.content("tally/api"), object(&[("TOKEN", &new)]));
}

#[test]
fn being_slowed_down_for_ever_ends_at_the_deadline() {
    let world = World::with(|wiring| wiring.account.deadline = Some(Duration::from_millis(400)));
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    let plan = world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]);
    world.aws.faults(
        json!([{"op": "secretsmanager:.*", "do": "error", "code": "ThrottlingException", "status": 400}]),
    );
    let begun = Instant::now();
    let (kind, why, help) = failed(&world.apply(&plan)[0]);
    assert_eq!(kind, Failure::Throttled);
    assert_eq!(
        why,
        "`secretsmanager:PutSecretValue` of `tally/api`: AWS asked to slow down until the time was over (ThrottlingException)"
    );
    assert!(help.contains("--deadline"), "{help}");
    assert!(world.aws.counts()["secretsmanager:PutSecretValue"] > 5);
    assert!(begun.elapsed() < Duration::from_secs(20), "it did not end by itself");
    let unknown = actions(&world.plan(&[wanted("tally/api", &[("TOKEN", &new)])]).plan);
    assert!(unknown[0].starts_with("unknown Throttled"), "{unknown:?}");
}

#[test]
fn an_answer_that_does_not_come_ends_at_the_deadline() {
    let world = World::with(|wiring| wiring.account.deadline = Some(Duration::from_millis(300)));
    let value = world.secret("value");
    world.tagged("tally/api", &object(&[("TOKEN", &value)]));
    world.target.identity().unwrap();
    world.aws.faults(json!([{"op": "secretsmanager:.*", "do": "delay", "ms": 3000}]));
    let unknown = actions(&world.plan(&[wanted("tally/api", &[("TOKEN", &value)])]).plan);
    assert!(unknown[0].starts_with("unknown Deadline"), "{unknown:?}");
}

#[test]
fn a_service_that_fails_for_one_record_stops_no_other() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    let all = |value: &str| -> Vec<_> {
        (0..10).map(|number| wanted(&format!("tally/{number}"), &[("TOKEN", value)])).collect()
    };
    world.apply(&world.plan(&all(&old)));
    world.aws.faults(
        json!([{"op": "secretsmanager:PutSecretValue", "target": "tally/7", "do": "error", "status": 500}]),
    );
    let outcomes = world.apply(&world.plan(&all(&new)));
    for (number, outcome) in outcomes.iter().enumerate() {
        let value = if number == 7 { &old } else { &new };
        assert_eq!(outcome.is_done(), number != 7, "{number}: {outcome:?}");
        assert_eq!(world.content(&format!("tally/{number}")), object(&[("TOKEN", value)]));
    }
    assert_eq!(failed(&outcomes[7]).0, Failure::Outage);
    world.aws.faults(json!([]));
    assert_eq!(world.apply(&world.plan(&all(&new))).len(), 1, "the next run writes what is left");
}

#[test]
fn what_is_missing_in_iam_is_named() {
    for (operation, key) in [
        ("PutSecretValue", ", and `kms:GenerateDataKey` on its KMS key if it has one of its own"),
        ("UpdateSecretVersionStage", ""),
    ] {
        let world = World::new();
        let (old, new) = (world.secret("old"), world.secret("new"));
        world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
        world.aws.faults(json!([
            {"op": format!("secretsmanager:{operation}"), "do": "error", "code": "AccessDeniedException", "status": 400},
        ]));
        let (kind, why, help) = failed(&world.sync(&wanted("tally/api", &[("TOKEN", &new)])));
        assert_eq!(kind, Failure::Denied);
        assert_eq!(
            why,
            format!("`secretsmanager:{operation}` of `tally/api`: not allowed (AccessDeniedException)")
        );
        assert_eq!(help, format!("allow `secretsmanager:{operation}` to who asks{key}"));
        assert_eq!(world.content("tally/api"), object(&[("TOKEN", &old)]));
    }
}

#[test]
fn credentials_that_expire_midway_leave_what_is_done_and_say_so() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    let all = |value: &str| -> Vec<_> {
        (0..4).map(|number| wanted(&format!("tally/{number}"), &[("TOKEN", value)])).collect()
    };
    world.apply(&world.plan(&all(&old)));
    let plan = world.plan(&all(&new));
    world.aws.faults(json!([
        {"op": "secretsmanager:.*", "skip": 4, "do": "error", "code": "ExpiredTokenException", "status": 400},
    ]));
    let pace = envctl_sync::Pace { concurrency: 1, deadline: None };
    let reports = envctl_sync::apply(&*world.target, &plan, pace, &|_| {});
    world.show(&reports);
    let done: Vec<bool> = reports.iter().map(|report| report.outcome.is_done()).collect();
    assert_eq!(done, [true, true, false, false]);
    let (kind, why, help) = failed(&reports[2].outcome);
    assert_eq!(kind, Failure::Credentials);
    assert!(why.ends_with("the AWS credentials have expired (ExpiredTokenException)"), "{why}");
    assert!(help.contains("aws sso login"), "{help}");
    world.aws.faults(json!([]));
    assert_eq!(world.apply(&world.plan(&all(&new))).len(), 2);
}

#[test]
fn a_quota_is_told_with_its_code() {
    let world = World::new();
    let (old, new) = (world.secret("old"), world.secret("new"));
    world.sync(&wanted("tally/api", &[("TOKEN", &old)]));
    world.aws.faults(json!([
        {"op": "secretsmanager:PutSecretValue", "do": "error", "code": "LimitExceededException", "message": new, "status": 400},
    ]));
    let (kind, why, _) = failed(&world.sync(&wanted("tally/api", &[("TOKEN", &new)])));
    assert_eq!(kind, Failure::Rejected);
    assert!(why.ends_with("AWS refused it (LimitExceededException)"), "{why}");
}
