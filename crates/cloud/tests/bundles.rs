//! Bundles as a project of many services has them: calls, plans, documents.

use serde_json::json;

use crate::support::{Site, reads, writes};

/// How many bundles there are: three batches of twenty, the last one not full.
const BUNDLES: usize = 45;

/// A project with many bundles of one key each.
fn many() -> Site {
    let names: Vec<(String, String)> =
        (0..BUNDLES).map(|at| (format!("app-{at:02}"), format!("KEY_{at:02}"))).collect();
    let variables: Vec<[&str; 1]> = names.iter().map(|(_, variable)| [variable.as_str()]).collect();
    let targets: Vec<(&str, &[&str])> =
        names.iter().zip(&variables).map(|((name, _), variables)| (name.as_str(), &variables[..])).collect();
    Site::shop(&targets)
}

#[test]
fn an_unchanged_run_reads_by_twenties_and_a_changed_one_writes_twice_each() {
    let site = many();
    let first = site.run("sync --to all --yes").ended(0);
    assert_eq!(writes(&site.aws), "CreateSecret=45", "{}", first.err);
    site.aws.clear_journal();

    site.run("sync --to all --yes").ended(0).told(&["ok: nothing to do"]);
    assert_eq!(reads(&site.aws), "BatchGetSecretValue=3 GetCallerIdentity=1");
    site.assert_nothing_written();
    site.aws.clear_journal();

    for variable in ["KEY_00", "KEY_20", "KEY_44"] {
        site.change(variable);
    }
    let ran = site.run("sync --to all --yes --json").ended(0);
    assert_eq!(writes(&site.aws), "PutSecretValue=3 UpdateSecretVersionStage=3");
    assert_eq!(
        reads(&site.aws),
        "BatchGetSecretValue=4 DescribeSecret=3 GetCallerIdentity=1",
        "one to read back"
    );
    let told = ran.json();
    assert_eq!(told["version"], 1);
    let records = told["plans"][0]["records"].as_array().expect("records");
    assert_eq!(records.len(), BUNDLES);
    assert_eq!(records.iter().filter(|record| record["action"]["is"] == "update").count(), 3);
    let reports = told["reports"][0].as_array().expect("reports");
    let ends: Vec<_> = reports.iter().map(|report| (&report["name"], &report["outcome"]["is"])).collect();
    let written = json!("written");
    let names = [json!("shop-app-00"), json!("shop-app-20"), json!("shop-app-44")];
    assert_eq!(ends, names.iter().map(|name| (name, &written)).collect::<Vec<_>>());
}
