//! Plans that are kept, and carried out later: just that, or nothing.

use envctl_testkit::AwsStandIn;
use serde_json::json;

use crate::support::{Site, reads, writes};

/// A project whose bundle is there, with a plan for a new value of `API_KEY`.
fn planned() -> Site {
    let site = Site::shop(&[("api", &["API_KEY", "API_URL"]), ("web", &["WEB_KEY"])]);
    site.done("sync --to all --yes");
    site.change("API_KEY");
    let ran = site.run("sync --to all --plan --out plan.json").ended(1);
    ran.told(&["~ shop-api  1 change", "~ API_KEY", "change, from .env.prod:1", "the plan is in plan.json"]);
    site.assert_nothing_written();
    site.aws.clear_journal();
    site
}

#[test]
fn it_does_what_was_planned_and_then_nothing() {
    let site = planned();
    site.run("sync --apply plan.json --yes").ended(0).told(&["ok: 1 written"]);
    assert_eq!(site.holds("shop-api")["API_KEY"], site.value("API_KEY"));
    assert_eq!(writes(&site.aws), "PutSecretValue=1 UpdateSecretVersionStage=1");
    site.aws.clear_journal();
    site.run("sync --apply plan.json --yes").ended(0).told(&["ok: nothing to do"]);
    site.assert_nothing_written();
}

#[test]
fn a_writer_since_it_was_made_stands() {
    let site = planned();
    let theirs = site.secret("theirs");
    let mut holds = site.holds("shop-api");
    holds["THEIRS"] = json!(theirs);
    site.overwrite("shop-api", &holds);
    let ran = site.run("sync --apply plan.json --yes").ended(5);
    ran.told(&["somebody changed `shop-api` since it was planned, and theirs stands", "nothing was written"]);
    site.assert_nothing_written();
    assert_eq!(site.holds("shop-api"), holds);
}

#[test]
fn another_account_or_region_is_refused_before_a_secret_is_asked_for() {
    let site = planned();
    let there = site.aws.in_region("eu-central-1");
    let site = site.in_account(there);
    let ran = site.run("sync --apply plan.json --yes").ended(6);
    ran.told(&["the plan is for region us-east-1, and this is region eu-central-1"]);
    assert_eq!(reads(&site.aws), "GetCallerIdentity=1", "nothing of Secrets Manager");
    let account = site.aws.id().to_owned();
    let site = site.in_account(AwsStandIn::shared());
    let ran = site.run("sync --apply plan.json --yes").ended(6);
    ran.told(&[&format!("the plan is for account {account}, and this is account {}", site.aws.id())]);
    assert_eq!(reads(&site.aws), "GetCallerIdentity=1", "nothing of Secrets Manager");
    site.assert_nothing_written();
}

#[test]
fn values_that_changed_since_are_refused() {
    let site = planned();
    site.change("API_KEY");
    let ran = site.run("sync --apply plan.json --yes").ended(6);
    ran.told(&["the values for `shop-api` here are not those that were planned", "plan again"]);
    site.assert_nothing_written();
}

#[test]
fn what_was_not_planned_is_not_written() {
    let site = planned();
    site.change("WEB_KEY");
    site.run("sync --apply plan.json --yes").ended(6).told(&["the values for `shop-web` here are not those"]);
    site.assert_nothing_written();
}

#[test]
fn something_else_is_no_plan() {
    let site = planned();
    for (text, told) in [
        ("{}", "plan.json holds no plan"),
        ("API_KEY=1\n", "plan.json holds no plan"),
        ("{\"envctl_plan\": 99}", "plan.json was made by another release of envctl"),
        ("{\"envctl_plan\": 1, \"to\": []}", "plan.json is no plan that envctl has made"),
    ] {
        site.folder.write("plan.json", text);
        site.run("sync --apply plan.json --yes")
            .ended(2)
            .told(&[told, "envctl sync --to TARGET --plan --out FILE"]);
    }
    assert!(site.aws.journal().is_empty());
}

#[test]
fn another_machine_cannot_tell_whether_the_values_are_the_same() {
    let site = planned().variable("XDG_STATE_HOME", "/nowhere");
    std::fs::remove_file(site.folder.join("state/key")).expect("the key of this machine");
    let ran = site.run("sync --apply plan.json --yes").ended(6);
    ran.told(&["the plan was made with the key of another machine"]);
    site.assert_nothing_written();
}
