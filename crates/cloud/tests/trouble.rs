//! What fails for one record stops no other; nothing is guessed, and running again completes it.

use serde_json::json;

use crate::support::{Site, writes};

/// Ten bundles of one key each.
fn ten() -> Site {
    let names: Vec<(String, String)> =
        (1..=10).map(|at| (format!("app-{at:02}"), format!("KEY_{at:02}"))).collect();
    let variables: Vec<[&str; 1]> = names.iter().map(|(_, variable)| [variable.as_str()]).collect();
    let targets: Vec<(&str, &[&str])> =
        names.iter().zip(&variables).map(|((name, _), variables)| (name.as_str(), &variables[..])).collect();
    Site::shop(&targets)
}

#[test]
fn a_service_that_fails_for_the_seventh_of_ten_stops_no_other() {
    let site = ten();
    site.done("sync --to all --yes");
    (1..=10).for_each(|at| drop(site.change(&format!("KEY_{at:02}"))));
    site.aws.faults(json!([{
        "op": "secretsmanager:PutSecretValue", "target": "shop-app-07", "do": "error",
        "code": "InternalServiceError", "message": "", "status": 500,
    }]));
    let ran = site.run("sync --to all --yes").ended(4);
    ran.told(&[
        "error: shop-app-07: `secretsmanager:PutSecretValue` of `shop-app-07`: AWS failed (InternalServiceError)",
        "9 written, 1 failed; running it again completes it",
    ]);
    assert_ne!(site.holds("shop-app-07")["KEY_07"], site.value("KEY_07"));
    site.aws.faults(json!([]));
    site.aws.clear_journal();
    site.run("sync --to all --yes")
        .ended(0)
        .told(&["an earlier run stopped after 9 of 10 records", "ok: 1 written"]);
    assert_eq!(writes(&site.aws), "PutSecretValue=1 UpdateSecretVersionStage=1");
    for at in 1..=10 {
        let key = format!("KEY_{at:02}");
        assert_eq!(site.holds(&format!("shop-app-{at:02}"))[&key], site.value(&key));
    }
}

#[test]
fn one_that_may_not_be_read_is_unknown_and_the_others_are_written() {
    for (code, told) in [
        ("AccessDeniedException", "not allowed (AccessDeniedException)"),
        ("DecryptionFailure", "AWS cannot use the KMS key of it (DecryptionFailure)"),
    ] {
        let site = ten();
        site.aws.faults(json!([
            {"op": "secretsmanager:BatchGetSecretValue", "target": "shop-app-03", "do": "batch_error",
             "code": code, "message": ""},
            {"op": "secretsmanager:(GetSecretValue|DescribeSecret)", "target": "shop-app-03", "do": "error",
             "code": code, "message": "", "status": 400},
        ]));
        site.run("sync --to all --plan").ended(3).told(&["? shop-app-03  not known", told, "help:"]);
        site.assert_nothing_written();
        let ran = site.run("sync --to all --yes").ended(4);
        ran.told(&["9 written, 1 not known; running it again completes it"]);
        assert_eq!(writes(&site.aws), "CreateSecret=9", "what cannot be seen is never made");
        assert!(!site.names().contains(&"shop-app-03".to_owned()));
        site.run("sync --to all --yes").ended(3).told(&["1 not known"]);
        site.aws.faults(json!([]));
        site.run("sync --to all --yes").ended(0).told(&["ok: 1 written"]);
    }
}

#[test]
fn credentials_that_expire_midway_leave_what_is_done() {
    let site = ten();
    site.aws.faults(json!([{
        "op": "secretsmanager:CreateSecret", "skip": 4, "do": "error",
        "code": "ExpiredTokenException", "message": "", "status": 400,
    }]));
    let ran = site.run("sync --to all --yes --concurrency 1").ended(4);
    ran.told(&[
        "the AWS credentials have expired (ExpiredTokenException)",
        "aws sso login",
        "4 written, 6 failed",
    ]);
    assert_eq!(site.names().len(), 4);
    site.aws.faults(json!([]));
    site.run("sync --to all --yes").ended(0).told(&["ok: 6 written"]);
}

#[test]
fn without_an_account_nothing_is_planned() {
    let site = ten();
    site.aws.faults(json!([{
        "op": "sts:GetCallerIdentity", "do": "error", "code": "ExpiredToken", "message": "", "status": 403,
    }]));
    site.run("sync --to all --yes").ended(3).told(&[
        "error: ",
        "the AWS credentials have expired (ExpiredToken)",
        "help: ",
    ]);
    site.assert_nothing_written();
}

#[test]
fn another_account_than_the_settings_say_is_refused_before_anything_is_read() {
    let site = ten();
    site.append("envctl.toml", "[aws]\naccount = \"999999999999\"\n");
    let ran = site.run("sync --to all --yes").ended(2);
    ran.told(&[
        &format!("error: app-01 and 9 more targets: the credentials are of account {}", site.aws.id()),
        "999999999999 is configured",
        "help: use credentials of account 999999999999",
    ]);
    assert_eq!(crate::support::reads(&site.aws), "GetCallerIdentity=1");
    site.assert_nothing_written();
}

#[test]
fn a_deadline_that_is_over_begins_no_further_record() {
    let site = ten();
    site.aws.faults(json!([{"op": "secretsmanager:CreateSecret", "do": "delay", "ms": 700}]));
    let ran = site.run("sync --to all --yes --concurrency 1 --deadline 1s").ended(4);
    ran.told(&[
        "the time was over before it was begun",
        "help: give more: `--deadline`",
        "running it again completes it",
    ]);
    site.aws.faults(json!([]));
    site.run("sync --to all --yes").ended(0);
    assert_eq!(site.names().len(), 10);
}

#[test]
fn a_copy_in_another_region_that_fails_is_told() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    site.append("envctl.toml", "replicas = [\"eu-west-1\"]\n");
    site.aws.faults(json!([{
        "op": "secretsmanager:CreateSecret", "do": "replica_failed", "region": "eu-west-1", "message": "no"
    }]));
    let ran = site.run("sync --to api --yes").ended(0);
    ran.told(&["warning: shop-api: its copy in eu-west-1 failed", "ok: 1 written"]);
}

#[test]
fn what_is_not_valid_is_carried_nowhere() {
    let site = Site::shop(&[("api", &["API_KEY"]), ("web", &["WEB_KEY", "API_KEY"])]);
    site.folder.write(".env.prod", "");
    let ran = site.run("sync --to all --yes").ended(1);
    ran.told(&["API_KEY", "WEB_KEY", "nothing was written: what is not valid is carried nowhere"]);
    site.assert_nothing_written();
    assert!(site.names().is_empty());
}

#[test]
fn nobody_to_ask_writes_nothing() {
    let site = Site::shop(&[("api", &["API_KEY"])]);
    site.run("sync --to api").ended(6).told(&["nobody can be asked", "`--yes` writes without asking"]);
    site.assert_nothing_written();
}
