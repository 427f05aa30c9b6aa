//! What an unchanged run costs, and what is made of batches that tell only a part.

use envctl_sync::{Choices, Observed, Outcome};
use serde_json::json;

use crate::world::{World, actions, object, wanted};

#[test]
fn an_unchanged_run_reads_by_twenties_and_writes_nothing() {
    let world = World::new();
    let value = world.secret("all");
    let names: Vec<String> = (0..45).map(|number| format!("tally/{number:02}")).collect();
    let all: Vec<_> = names.iter().map(|name| wanted(name, &[("TOKEN", &value)])).collect();
    let made = world.apply(&world.plan(&all));
    assert!(made.iter().all(Outcome::is_done));
    world.forget_calls();
    let prepared = crate::world::prepared(&*world.another(), &all, &Choices::default());
    assert!(prepared.plan.is_in_sync());
    assert_eq!(world.calls(), "BatchGetSecretValue=3 GetCallerIdentity=1");
}

#[test]
fn a_name_without_a_secret_is_confirmed_to_be_absent() {
    let world = World::new();
    let value = world.secret("there");
    world.theirs("tally/there", &object(&[("TOKEN", &value)]));
    let observed = world.target.observe(&["tally/there", "tally/nowhere"]);
    world.show(&observed);
    assert!(matches!(observed[..], [Observed::Held(_), Observed::Absent]));
    assert_eq!(world.calls(), "BatchGetSecretValue=1 DescribeSecret=1");
}

#[test]
fn empty_pages_are_turned_and_names_on_no_page_are_asked_for_alone() {
    let world = World::new();
    let value = world.secret("there");
    for name in ["tally/a", "tally/b"] {
        world.theirs(name, &object(&[("TOKEN", &value)]));
    }
    world.aws.faults(json!([{"op": "secretsmanager:BatchGetSecretValue", "do": "empty_page", "left": 1}]));
    let observed = world.target.observe(&["tally/a", "tally/b"]);
    assert!(observed.iter().all(|now| matches!(now, Observed::Held(_))));
    assert_eq!(world.calls(), "BatchGetSecretValue=2");
}

#[test]
fn one_name_that_is_denied_or_cannot_be_decrypted_is_unknown_and_never_made() {
    for (code, what) in [
        (
            "AccessDeniedException",
            "`secretsmanager:GetSecretValue` of `tally/b`: not allowed (AccessDeniedException)",
        ),
        (
            "DecryptionFailure",
            "`secretsmanager:GetSecretValue` of `tally/b`: AWS cannot use the KMS key of it (DecryptionFailure)",
        ),
    ] {
        let world = World::new();
        let value = world.secret("all");
        for name in ["tally/a", "tally/b"] {
            world.tagged(name, &object(&[("TOKEN", &value)]));
        }
        world.aws.faults(json!([
            {"op": "secretsmanager:BatchGetSecretValue", "do": "batch_error", "target": "tally/b", "code": code, "message": "no"},
        ]));
        let all = [wanted("tally/a", &[("TOKEN", &value)]), wanted("tally/b", &[("TOKEN", &value)])];
        let prepared = world.plan(&all);
        assert_eq!(actions(&prepared.plan), ["keep".to_owned(), format!("unknown Denied: {what}")]);
        assert_eq!(world.apply(&prepared), []);
        assert_eq!(world.calls(), "BatchGetSecretValue=1 GetCallerIdentity=1");
    }
}

#[test]
fn who_may_not_read_batches_reads_singly() {
    let world = World::new();
    let value = world.secret("all");
    for name in ["tally/a", "tally/b"] {
        world.tagged(name, &object(&[("TOKEN", &value)]));
    }
    world.aws.faults(json!([
        {"op": "secretsmanager:BatchGetSecretValue", "do": "error", "code": "AccessDeniedException", "status": 400},
    ]));
    let names = ["tally/a", "tally/b", "tally/none"];
    let observed = world.target.observe(&names);
    assert!(matches!(observed[..], [Observed::Held(_), Observed::Held(_), Observed::Absent]));
    assert_eq!(world.calls(), "BatchGetSecretValue=1 DescribeSecret=1 GetSecretValue=3");
    world.target.observe(&names);
    assert_eq!(world.calls(), "DescribeSecret=1 GetSecretValue=3", "batches are not tried again");
}

#[test]
fn absence_that_may_not_be_confirmed_is_unknown() {
    let world = World::new();
    world.secret("none");
    world.aws.faults(json!([
        {"op": "secretsmanager:DescribeSecret", "do": "error", "code": "AccessDeniedException", "status": 400},
    ]));
    let value = world.secret("new");
    let prepared = world.plan(&[wanted("tally/none", &[("TOKEN", &value)])]);
    let what = "`secretsmanager:DescribeSecret` of `tally/none`: not allowed (AccessDeniedException)";
    assert_eq!(actions(&prepared.plan), [format!("unknown Denied: {what}")]);
}

#[test]
fn answers_that_are_cut_or_garbage_are_an_outage_and_nothing_is_made() {
    for fault in ["garbage", "drop"] {
        let world = World::new();
        let value = world.secret("all");
        world.sync(&wanted("tally/a", &[("TOKEN", &value)]));
        let other = world.secret("other");
        world.aws.faults(json!([{"op": "secretsmanager:.*", "do": fault}]));
        let prepared =
            world.plan(&[wanted("tally/a", &[("TOKEN", &other)]), wanted("tally/none", &[("A", &other)])]);
        for action in actions(&prepared.plan) {
            assert!(action.starts_with("unknown Outage: `secretsmanager:BatchGetSecretValue`"), "{action}");
        }
        world.aws.faults(json!([{"op": "secretsmanager:.*", "do": fault, "left": 2}]));
        let prepared =
            world.plan(&[wanted("tally/a", &[("TOKEN", &other)]), wanted("tally/none", &[("A", &other)])]);
        assert_eq!(actions(&prepared.plan), ["update", "create"], "{fault} for a moment");
    }
}

#[test]
fn only_what_carries_our_tags_now_is_marked() {
    let world = World::new();
    let value = world.secret("all");
    world.tagged("tally/ours", &object(&[("TOKEN", &value)]));
    world.tagged("tally/gone", &object(&[("TOKEN", &value)]));
    world.tagged("tally/untagged", &object(&[("TOKEN", &value)]));
    world.theirs("tally/theirs", &object(&[("TOKEN", &value)]));
    world.call(
        "CreateSecret",
        json!({"Name": "tally/dev", "SecretString": value, "Tags": [
            {"Key": "envctl:project", "Value": "tally"}, {"Key": "envctl:environment", "Value": "dev"},
        ]}),
    );
    // The list is as it was before this, the descriptions are not.
    world.aws.faults(json!([{"op": "secretsmanager:ListSecrets", "do": "stale"}]));
    world.call("DeleteSecret", json!({"SecretId": "tally/gone", "ForceDeleteWithoutRecovery": true}));
    world.call("UntagResource", json!({"SecretId": "tally/untagged", "TagKeys": ["envctl:project"]}));
    assert_eq!(world.target.marked().unwrap(), ["tally/ours"]);
    assert_eq!(world.calls(), "DescribeSecret=4 ListSecrets=1");
}
