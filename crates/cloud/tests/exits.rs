//! Every exit code of the table in `docs/architecture.md`, as a script sees it.

use std::os::unix::process::ExitStatusExt;

use serde_json::json;

use crate::support::Site;

#[test]
fn each_means_what_the_table_says() {
    let site = Site::shop(&[("api", &["API_KEY"]), ("web", &["WEB_KEY"])]);
    let denied = |ops: &str, target: &str| {
        json!([{"op": format!("secretsmanager:{ops}"), "target": target, "do": "error",
                "code": "AccessDeniedException", "message": "", "status": 400}])
    };
    let mut reached = Vec::new();
    let mut ends = |line: &str, code: i32| {
        site.run(line).ended(code);
        reached.push(code);
    };
    ends("sync --to all --check", 1);
    ends("sync --to nowhere", 2);
    ends("sync --to all", 6);
    site.aws.faults(denied(".*", ""));
    ends("sync --to all --yes", 3);
    site.aws.faults(denied("CreateSecret", "shop-web"));
    ends("sync --to all --yes", 4);
    site.aws.faults(json!([]));
    ends("sync --to all --yes", 0);
    ends("sync --to all --check", 0);
    ends("drift", 0);

    let theirs = json!({"API_KEY": site.secret("theirs")}).to_string();
    site.aws.faults(json!([{
        "op": "secretsmanager:PutSecretValue", "do": "writer", "when": "after", "left": 1,
        "call": ["secretsmanager", "PutSecretValue", {"SecretId": "shop-api", "SecretString": theirs}],
    }]));
    site.change("API_KEY");
    ends("sync --to api --yes", 5);
    ends("sync --to api --yes", 6);
    ends("drift", 1);
    reached.sort_unstable();
    reached.dedup();
    assert_eq!(reached, [0, 1, 2, 3, 4, 5, 6]);
}

/// An interrupt ends a run as it ends any program; what was begun is completed by the next one.
#[test]
fn an_interrupt_leaves_what_the_next_run_completes() {
    let site = Site::shop(&[("api", &["API_KEY"]), ("web", &["WEB_KEY"])]);
    site.done("sync --to all --yes");
    site.change("API_KEY");
    site.change("WEB_KEY");
    site.aws.faults(
        json!([{"op": "secretsmanager:PutSecretValue", "target": "shop-web", "do": "delay", "ms": 600_000}]),
    );
    let run = site.start("sync --to all --yes --concurrency 1");
    while site.holds("shop-api")["API_KEY"] != site.value("API_KEY") {
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let status = run.interrupt();
    assert!(status.signal() == Some(2) || status.code() == Some(130), "{status}");
    site.aws.faults(json!([]));
    site.run("sync --to all --yes").ended(0).told(&["an earlier run stopped after"]);
    site.run("sync --to all --check").ended(0);
}
