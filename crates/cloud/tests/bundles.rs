//! Bundles as a project of many services has them: calls, plans, documents.

use serde_json::json;

use crate::support::{Site, reads, writes};

/// How many bundles there are: three batches of twenty, the last one not full.
const BUNDLES: usize = 45;

#[test]
fn an_unchanged_run_reads_by_twenties_and_a_changed_one_writes_twice_each() {
    let site = Site::bundles(BUNDLES);
    let first = site.run("sync --to all --yes").ended(0);
    assert_eq!(writes(&site.aws), "CreateSecret=45", "{}", first.err);
    site.aws.clear_journal();

    site.run("sync --to all --yes").ended(0).told(&["ok: nothing to do"]);
    assert_eq!(reads(&site.aws), "BatchGetSecretValue=3 GetCallerIdentity=1");
    site.assert_nothing_written();
    site.aws.clear_journal();

    for variable in ["KEY_01", "KEY_21", "KEY_45"] {
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
    let names = [json!("shop-app-01"), json!("shop-app-21"), json!("shop-app-45")];
    assert_eq!(ends, names.iter().map(|name| (name, &written)).collect::<Vec<_>>());
}
