//! The three bundles of Proliferate: what is in them, and what containers refer to.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::support::{Site, reads, writes};

const NAMES: [&str; 3] = ["proliferate-gateway", "proliferate-llm-proxy", "proliferate-worker"];

/// A copy of the example, for an account of the test's.
fn proliferate() -> Site {
    let site = Site::example("proliferate").open("outputs.pulumi.json");
    let aws = site.aws.in_region("us-west-2");
    let site = site.in_account(aws);
    site.edit("envctl.toml", "123456789012", site.aws.id());
    site.replace_made_up(".env.prod");
    let password = site.secret("databasePassword");
    site.edit("outputs.pulumi.json", "p@ss/w0rd#1:50%?", &password);
    let key = site.folder.read(".env.prod");
    // Any line of it tells whether it is there.
    site.plant("GITHUB_APP_PRIVATE_KEY", key.lines().find(|line| line.starts_with("MIIE")).expect("a key"));
    let proxy = site.secret("LLM_PROXY_MASTER_KEY");
    site.append(".env.prod", &format!("LLM_PROXY_MASTER_KEY={proxy}\n"));
    site
}

fn payloads(site: &Site) -> Vec<String> {
    NAMES.iter().map(|name| site.text(name)).collect()
}

/// The keys of an object.
fn keys(object: &Value) -> BTreeSet<String> {
    object.as_object().expect("an object").keys().cloned().collect()
}

#[test]
fn exactly_three_secrets_are_made_each_a_flat_object_of_texts() {
    let site = proliferate();
    site.run("sync --to all --yes").ended(0).told(&["ok: 3 written"]);
    assert_eq!(site.names(), NAMES);
    assert_eq!(writes(&site.aws), "CreateSecret=3");
    for name in NAMES {
        let holds = site.holds(name);
        let object = holds.as_object().expect("an object");
        assert!(object.values().all(Value::is_string), "{name}");
        let url = object["DATABASE_URL"].as_str().expect("a text");
        assert!(
            url.starts_with("postgresql://proliferate_app:canary%2B"),
            "the password is encoded in {name}"
        );
    }
    for key in ["SERVICE_TO_SERVICE_AUTH_TOKEN", "USER_SECRETS_ENCRYPTION_KEY", "ANTHROPIC_API_KEY"] {
        let held: BTreeSet<String> = ["proliferate-gateway", "proliferate-worker"]
            .map(|name| site.holds(name)[key].to_string())
            .into();
        assert_eq!(held.len(), 1, "{key} is shared");
    }
}

#[test]
fn what_each_secret_holds_is_what_the_facts_list() {
    let site = proliferate();
    site.done("sync --to all --yes");
    let facts = include_str!("../../../tests/proliferate/ecs.json");
    let facts: Value = serde_json::from_str(facts).expect("JSON");
    for (service, facts) in facts["services"].as_object().expect("services") {
        let name = facts["secret"].as_str().expect("a name");
        let is_held = |entry: &&Value| !matches!(entry["when"].as_str(), Some("provider_modal" | "set"));
        let listed: BTreeSet<String> = facts["secrets"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(is_held)
            .map(|entry| entry["key"].as_str().expect("a key").to_owned())
            .collect();
        assert_eq!(keys(&site.holds(name)), listed, "{service}");
    }
}

#[test]
fn every_required_secret_is_in_a_bundle() {
    let site = proliferate();
    site.done("sync --to all --yes");
    let held: BTreeSet<String> = NAMES.iter().flat_map(|name| keys(&site.holds(name))).collect();
    let told = site.run("status --json").ended(0).json();
    let variables = told["environments"][0]["variables"].as_array().expect("variables");
    let is_asked_for = |variable: &&Value| variable["visibility"] == "secret" && variable["needed"] == true;
    let needed = variables.iter().filter(is_asked_for).filter_map(|variable| variable["name"].as_str());
    let needed: BTreeSet<&str> = needed.collect();
    assert!(needed.contains("DATABASE_URL") && needed.len() > 10, "{needed:?}");
    let missing: Vec<&&str> = needed.iter().filter(|name| !held.contains(**name)).collect();
    // It holds no password here, and stands in the open in the containers' definitions.
    assert_eq!(missing, [&"REDIS_URL"], "what no bundle has");
}

#[test]
fn equal_values_give_equal_bytes_with_sorted_keys_and_nothing_is_written_twice() {
    let site = proliferate();
    site.done("sync --to all --yes");
    let first = payloads(&site);
    for (name, text) in NAMES.iter().zip(&first) {
        let object: serde_json::Map<String, Value> = serde_json::from_str(text).expect("an object");
        assert!(object.keys().is_sorted(), "{name}");
    }
    site.run("sync --to all --yes").ended(0).told(&["ok: nothing to do"]);
    site.assert_nothing_written();
    assert_eq!(reads(&site.aws), "BatchGetSecretValue=1 GetCallerIdentity=1");
    assert_eq!(payloads(&site), first);

    // In an account that never saw them they come out the same.
    let other = envctl_testkit::AwsStandIn::shared().in_region("us-west-2");
    site.edit("envctl.toml", site.aws.id(), other.id());
    let site = site.in_account(other);
    site.run("sync --to all --yes").ended(0);
    assert_eq!(payloads(&site), first);
}

#[test]
fn a_plan_names_keys_and_shows_no_value() {
    let site = proliferate();
    let told = ["+ proliferate-worker  new", "+ DATABASE_URL", "add, from", "plan: 3 new"];
    site.run("sync --to all --plan").ended(1).told(&told);
    site.run("sync --to all --check").ended(1).told(&told);
    site.assert_nothing_written();
    site.done("sync --to all --yes");
    site.run("sync --to all --check").ended(0).told(&["ok: 3 records are as they should be"]);
}

#[test]
fn containers_refer_to_what_aws_returned() {
    let site = proliferate();
    let line = "export --target worker --format ecs --no-process-env";
    site.run(line)
        .ended(1)
        .told(&["`proliferate-worker` of the target `worker` is not there", "envctl sync --to worker"]);
    site.done("sync --to all --yes");
    let described = site.call("DescribeSecret", serde_json::json!({"SecretId": "proliferate-worker"}));
    let arn = described["ARN"].as_str().expect("an ARN").to_owned();
    let definition = site.run(line).ended(0).json();
    site.run(&format!("{line} --check")).ended(0);
    site.assert_nothing_written();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let secrets: BTreeMap<String, String> = definition["secrets"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (text(&one["name"]), text(&one["valueFrom"])))
        .collect();
    let held = keys(&site.holds("proliferate-worker"));
    assert_eq!(secrets, held.iter().map(|key| (key.clone(), format!("{arn}:{key}::"))).collect());
    // The recorded ARNs of the example are those of another account.
    let told = site.run(&format!("{line} --arns arns.json --check")).ended(1);
    told.told(&["the secret of the target `worker` is", &arn, "worker-d4E5f6"]);
}

#[test]
fn a_key_that_is_not_there_is_named() {
    let site = proliferate();
    site.done("sync --to all --yes");
    let mut holds = site.holds("proliferate-worker");
    holds.as_object_mut().expect("an object").remove("E2B_API_KEY");
    site.overwrite("proliferate-worker", &holds);
    let ran = site.run("export --target worker --format ecs --no-process-env").ended(1);
    ran.told(&[
        "`proliferate-worker` of the target `worker` has no `E2B_API_KEY`",
        "envctl sync --to worker",
    ]);
}
