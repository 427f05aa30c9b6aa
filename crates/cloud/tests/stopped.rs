//! Answers that get lost, and runs that are ended on the way: running again completes them.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::{Site, labels, writes};

/// Two bundles that are there, and a new value for a key of each.
fn changed() -> Site {
    let site = Site::shop(&[("api", &["API_KEY", "API_URL"]), ("web", &["WEB_KEY"])]);
    site.done("sync --to all --yes");
    site.change("API_KEY");
    site.change("WEB_KEY");
    site
}

fn assert_all_there(site: &Site) {
    let api = json!({"API_KEY": site.value("API_KEY"), "API_URL": site.value("API_URL")});
    assert_eq!(site.holds("shop-api"), api);
    assert_eq!(site.holds("shop-web"), json!({"WEB_KEY": site.value("WEB_KEY")}));
    for name in ["shop-api", "shop-web"] {
        let labels = labels(&site.aws, name);
        let current = labels.values().filter(|labels| labels.contains(&"AWSCURRENT".to_owned())).count();
        assert_eq!(current, 1, "{name}: {labels:?}");
    }
}

#[test]
fn a_lost_answer_to_the_put_or_the_swap_is_no_failure() {
    for op in ["PutSecretValue", "UpdateSecretVersionStage"] {
        for how in ["lost", "drop_after", "garbage"] {
            let site = changed();
            site.aws.faults(json!([{"op": format!("secretsmanager:{op}"), "do": how, "left": 1}]));
            let ran = site.run("sync --to all --yes");
            assert_eq!(ran.code, Some(0), "{op} {how}: {}", ran.err);
            assert_all_there(&site);
            site.run("sync --to all --check").ended(0);
        }
    }
}

#[test]
fn a_lost_answer_to_the_making_is_no_failure() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    site.aws.faults(json!([{"op": "secretsmanager:CreateSecret", "do": "drop_after", "left": 1}]));
    site.run("sync --to api --yes").ended(0);
    assert_eq!(site.names(), ["shop-api"]);
    site.run("sync --to api --check").ended(0);
}

/// Ends a run once the new version of `shop-api` was put beside, and before it is current.
fn kill_before_the_swap(site: &Site) {
    let before = labels(&site.aws, "shop-api");
    // Longer than the test takes: the swap never comes.
    site.aws.faults(json!([
        {"op": "secretsmanager:UpdateSecretVersionStage", "target": "shop-api", "do": "drop", "ms": 600_000}
    ]));
    let run = site.start("sync --to all --yes --concurrency 1");
    while labels(&site.aws, "shop-api") == before {
        thread::sleep(Duration::from_millis(5));
    }
    run.kill();
    site.aws.faults(json!([]));
    site.aws.clear_journal();
}

#[test]
fn a_run_that_is_killed_between_put_and_swap_is_completed_by_the_next() {
    let site = changed();
    kill_before_the_swap(&site);
    assert_ne!(site.holds("shop-api")["API_KEY"], site.value("API_KEY"), "it is not current");

    let ran = site.run("sync --to all --yes").ended(0);
    ran.told(&["an earlier run stopped after 0 of 2 records; this one goes on from there", "ok: 2 written"]);
    assert_all_there(&site);
    let ran = site.run("sync --to all --yes").ended(0).told(&["ok: nothing to do"]);
    ran.without("an earlier run");
}

/// Nothing tells whether the version that was put beside had been current, and was rolled back; so nobody's write is
/// replaced before somebody decides.
#[test]
fn what_somebody_wrote_after_a_killed_run_stands() {
    let site = changed();
    kill_before_the_swap(&site);
    let mut holds = site.holds("shop-api");
    holds["THEIRS"] = json!(site.secret("theirs"));
    site.overwrite("shop-api", &holds);
    site.run("sync --to all --yes").ended(6).told(&["! shop-api  not touched, 1 drifted, 1 not ours (kept)"]);
    assert_eq!(site.holds("shop-api"), holds);
    site.run("sync --to all --yes --overwrite API_KEY").ended(0);
    holds["API_KEY"] = json!(site.value("API_KEY"));
    assert_eq!(site.holds("shop-api"), holds);
}

#[test]
fn a_run_that_is_killed_anywhere_is_completed_by_the_next() {
    let site = changed();
    let steps = ["BatchGetSecretValue", "DescribeSecret", "PutSecretValue", "UpdateSecretVersionStage"];
    for op in steps {
        site.change("API_KEY");
        site.change("WEB_KEY");
        site.aws.clear_journal();
        site.aws.faults(json!([{"op": format!("secretsmanager:{op}"), "do": "delay", "ms": 400}]));
        let run = site.start("sync --to all --yes");
        let is_reached = |call: &envctl_testkit::Call| call.op == op;
        while !site.aws.journal().iter().any(is_reached) {
            thread::sleep(Duration::from_millis(5));
        }
        run.kill();
        // What was on its way when the run ended may still arrive.
        thread::sleep(Duration::from_millis(600));
        site.aws.faults(json!([]));
        site.run("sync --to all --yes").ended(0);
        assert_all_there(&site);
    }
}

#[test]
fn an_exhausted_deadline_writes_nothing_by_halves() {
    let site = changed();
    let before: Vec<Value> = ["shop-api", "shop-web"].map(|name| site.holds(name)).into();
    site.aws.faults(json!([
        {"op": "secretsmanager:.*", "do": "error", "code": "ThrottlingException", "message": "slow down"}
    ]));
    let ran = site.run("sync --to all --yes --deadline 3s").ended(3);
    ran.told(&["AWS asked to slow down until the time was over (ThrottlingException)", "--deadline"]);
    site.assert_nothing_done(&before);

    // Reads pass and writes do not.
    site.aws.clear_journal();
    site.aws.faults(json!([{
        "op": "secretsmanager:(Put|Update).*", "do": "error", "code": "ThrottlingException", "message": "slow down"
    }]));
    let ran = site.run("sync --to all --yes --deadline 3s").ended(3);
    ran.told(&["error: shop-api", "(ThrottlingException)", "error: shop-web"]);
    site.assert_nothing_done(&before);
    assert!(!writes(&site.aws).is_empty(), "it was tried");
    site.aws.faults(json!([]));
    site.run("sync --to all --yes").ended(0);
    assert_all_there(&site);
}

#[test]
fn being_slowed_down_for_a_moment_is_waited_out() {
    let site = changed();
    site.aws.faults(json!([{"op": "secretsmanager:.*", "do": "error", "code": "ThrottlingException", "message": "", "left": 6}]));
    site.run("sync --to all --yes").ended(0).told(&["ok: 2 written"]);
    assert_all_there(&site);
}

impl Site {
    fn assert_nothing_done(&self, before: &[Value]) {
        let now: Vec<Value> = ["shop-api", "shop-web"].map(|name| self.holds(name)).into();
        assert_eq!(now, before);
    }
}
