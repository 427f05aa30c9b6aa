//! Two writers at once with faults between, by seed: envctl, and somebody who does a compare-and-swap by hand. Whatever
//! happens, each write that either was told to be done is there at the end.

use std::thread;

use envctl_sync::{Action, Choices, Outcome};
use envctl_testkit::AwsAccount;
use serde_json::{Map, Value, json};

use crate::world::{World, carry_out, prepared, wanted};

const NAME: &str = "tally/shared";
/// How many keys each writer adds, one for each time that it tries.
const ROUNDS: usize = 8;

#[test]
fn no_acknowledged_write_is_lost_whatever_goes_wrong() {
    for seed in 0..6 {
        run(seed);
    }
}

fn run(seed: u64) {
    let world = World::new();
    let first = world.secret("first");
    assert!(world.sync(&wanted(NAME, &[("FIRST", &first)])).is_done());
    let ours: Vec<(String, String)> =
        (0..ROUNDS).map(|at| (format!("OURS_{at}"), world.secret("ours"))).collect();
    let theirs: Vec<(String, String)> =
        (0..ROUNDS).map(|at| (format!("THEIRS_{at}"), world.secret("theirs"))).collect();
    world.aws.faults(faults(&mut Random(seed)));
    let envctl = world.another();
    let (mut done, others) = thread::scope(|scope| {
        let other = scope.spawn(|| somebody(&world.aws, &theirs));
        let mut done: Vec<(String, String)> = Vec::new();
        for at in 0..ROUNDS {
            // What was written before is wanted still, as in a contract that grows.
            let all: Vec<(&str, &str)> = [("FIRST", first.as_str())]
                .into_iter()
                .chain(ours[..=at].iter().map(|(key, value)| (key.as_str(), value.as_str())))
                .collect();
            let all = [wanted(NAME, &all)];
            let mut plan = prepared(&*envctl, &all, &Choices::default());
            if plan.plan.records[0].action == Action::Drifted {
                // A version of ours that never became current cannot be told from one that somebody took back, once others
                // wrote after it: envctl asks rather than guesses. Here nobody else writes our keys.
                let overwrite = ours.iter().map(|(key, _)| key.clone()).collect();
                plan = prepared(&*envctl, &all, &Choices { overwrite, ..Choices::default() });
            }
            world.show(&plan.plan);
            match plan.plan.records[0].action {
                Action::Update | Action::Unknown { .. } => {}
                // A write that was told to have failed was done after all.
                Action::Keep => done.extend(ours[..=at].iter().cloned()),
                ref action => {
                    panic!("seed {seed}: the other writes other keys, and the plan says {action:?}")
                }
            }
            let reports = carry_out(&*envctl, &plan);
            world.show(&reports);
            if reports.iter().any(|report| report.outcome.is_done()) {
                done.extend(ours[..=at].iter().cloned());
            }
        }
        (done, other.join().unwrap())
    });
    world.aws.faults(json!([]));
    done.extend(others);
    done.push(("FIRST".to_owned(), first.clone()));
    let there: Value = serde_json::from_str(&world.content(NAME)).unwrap();
    for (key, value) in &done {
        assert_eq!(there[key], **value, "seed {seed}: `{key}` was acknowledged");
    }
    // And a quiet run brings the rest.
    let all: Vec<(&str, &str)> = ours.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let overwrite = ours.iter().map(|(key, _)| key.clone()).collect();
    let choices = Choices { overwrite, ..Choices::default() };
    let outcomes = world.apply(&world.plan_with(&[wanted(NAME, &all)], &choices));
    assert!(outcomes.iter().all(Outcome::is_done), "seed {seed}: {outcomes:?}");
    let there: Value = serde_json::from_str(&world.content(NAME)).unwrap();
    for (key, value) in ours.iter().chain(&done) {
        assert_eq!(there[key], **value, "seed {seed}: `{key}` at the end");
    }
    world.forget_calls();
}

/// Adds keys one by one, each by a compare-and-swap of its own, and tells those that were acknowledged.
fn somebody(aws: &AwsAccount, keys: &[(String, String)]) -> Vec<(String, String)> {
    let add = |key: &str, value: &str| -> Result<(), String> {
        let now = aws.ask("secretsmanager", "GetSecretValue", json!({"SecretId": NAME}))?;
        let mut content: Map<String, Value> =
            serde_json::from_str(now["SecretString"].as_str().unwrap()).unwrap();
        content.insert(key.to_owned(), json!(value));
        let text = Value::Object(content).to_string();
        let token = format!("somebody-{key}-{}", now["VersionId"].as_str().unwrap());
        let put = json!({
            "SecretId": NAME, "SecretString": text, "ClientRequestToken": &token[..token.len().min(64)],
            "VersionStages": ["somebody"],
        });
        let version = aws.ask("secretsmanager", "PutSecretValue", put)?["VersionId"].clone();
        let swap = json!({
            "SecretId": NAME, "VersionStage": "AWSCURRENT", "MoveToVersionId": version,
            "RemoveFromVersionId": now["VersionId"],
        });
        aws.ask("secretsmanager", "UpdateSecretVersionStage", swap).map(drop)
    };
    keys.iter().filter(|(key, value)| (0..6).any(|_| add(key, value).is_ok())).cloned().collect()
}

/// Rules by which calls of both go wrong.
fn faults(random: &mut Random) -> Value {
    let operations = [
        "BatchGetSecretValue",
        "DescribeSecret",
        "GetSecretValue",
        "PutSecretValue",
        "UpdateSecretVersionStage",
    ];
    let rule = |random: &mut Random| {
        let operation = operations[random.below(operations.len())];
        let mut rule = match random.below(8) {
            0 => json!({"do": "error", "code": "ThrottlingException", "status": 400}),
            1 => json!({"do": "error", "code": "InternalServiceError", "status": 500}),
            2 => json!({"do": "lost"}),
            3 => json!({"do": "drop"}),
            4 => json!({"do": "drop_after"}),
            5 => json!({"do": "garbage"}),
            6 => json!({"do": "delay", "ms": 30}),
            _ if operation.starts_with("Put") || operation.starts_with("Update") => {
                json!({"do": "drop_after"})
            }
            _ => json!({"do": "stale", "ms": 60}),
        };
        rule["op"] = json!(format!("secretsmanager:{operation}"));
        rule["skip"] = json!(random.below(6));
        // Some go on for longer than anybody tries again.
        rule["left"] = json!(1 + random.below(7));
        rule
    };
    Value::Array((0..12).map(|_| rule(random)).collect())
}

/// Numbers that are the same for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }
}
