//! The other layouts: a secret for each variable, and parameters.

use serde_json::{Value, json};

use crate::support::{Site, reads, writes};

/// Two secret variables and a plain one, to a target of this kind.
fn app(settings: &str) -> Site {
    let site = Site::shop(&[("app", &["API_KEY", "API_URL"])]);
    site.append("envschema.toml", "[vars.LOG_LEVEL]\nvisibility = \"plain\"\ndefault = \"info\"\n");
    site.folder.write(
        "envctl.toml",
        format!("default_environment = \"prod\"\n[environments.prod]\nfile = \".env.prod\"\n[targets.app]\n{settings}"),
    );
    site
}

#[test]
fn a_secret_for_each_variable() {
    let site = app(
        "to = \"secretsmanager\"\nlayout = \"per-variable\"\nsecret = \"shop/${environment}/${variable}\"\n",
    );
    site.run("sync --to app --yes").ended(0).told(&["+ shop/prod/API_KEY  new", "ok: 2 written"]);
    assert_eq!(site.names(), ["shop/prod/API_KEY", "shop/prod/API_URL"], "what is not secret stays out");
    assert_eq!(site.text("shop/prod/API_KEY"), site.value("API_KEY"));
    site.aws.clear_journal();
    site.run("sync --to app --yes").ended(0).told(&["ok: nothing to do"]);
    assert_eq!(reads(&site.aws), "BatchGetSecretValue=1 GetCallerIdentity=1");

    site.change("API_URL");
    site.run("sync --to app --yes").ended(0);
    assert_eq!(writes(&site.aws), "PutSecretValue=1 UpdateSecretVersionStage=1");
    assert_eq!(site.text("shop/prod/API_URL"), site.value("API_URL"));

    let theirs = site.secret("theirs");
    site.call("PutSecretValue", json!({"SecretId": "shop/prod/API_KEY", "SecretString": theirs}));
    site.run("sync --to app --yes").ended(6).told(&["! shop/prod/API_KEY  not touched", "! API_KEY"]);
    site.run("sync --to app --yes --accept-remote API_KEY").ended(0);
    assert!(site.folder.read(".env.prod").contains(&theirs));

    let told = site.call("DescribeSecret", json!({"SecretId": "shop/prod/API_KEY"}));
    let definition = site.run("export --target app --format ecs --no-process-env").ended(0).json();
    let secrets = definition["secrets"].as_array().expect("a list");
    assert_eq!(secrets[0], json!({"name": "API_KEY", "valueFrom": told["ARN"]}));
    assert_eq!(definition["environment"], json!([{"name": "LOG_LEVEL", "value": "info"}]));
}

#[test]
fn one_name_for_all_variables_is_a_mistake() {
    let site = app("to = \"secretsmanager\"\nlayout = \"per-variable\"\nsecret = \"shop\"\n");
    let ran = site.run("sync --to app --yes").ended(2);
    ran.told(&["does not refer to `${variable}`", "help: for example"]);
    assert!(site.aws.journal().is_empty());
}

#[test]
fn parameters_are_secure_only_if_the_variable_is_secret() {
    let site = app("to = \"ssm\"\npath = \"/shop/${environment}/${variable}\"\n");
    site.run("sync --to app --yes").ended(0).told(&["+ /shop/prod/API_KEY  new", "ok: 3 written"]);
    let names = json!(["/shop/prod/API_KEY", "/shop/prod/API_URL", "/shop/prod/LOG_LEVEL"]);
    let told = site
        .aws
        .call("ssm", "GetParameters", json!({"Names": names, "WithDecryption": true}))
        .expect("an answer");
    let mut held: Vec<(Value, Value, Value)> = told["Parameters"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["Name"].clone(), one["Type"].clone(), one["Value"].clone()))
        .collect();
    held.sort_by_key(|(name, ..)| name.to_string());
    assert_eq!(
        held,
        [
            (json!("/shop/prod/API_KEY"), json!("SecureString"), json!(site.value("API_KEY"))),
            (json!("/shop/prod/API_URL"), json!("SecureString"), json!(site.value("API_URL"))),
            (json!("/shop/prod/LOG_LEVEL"), json!("String"), json!("info")),
        ]
    );
    site.aws.clear_journal();
    site.run("sync --to app --yes").ended(0).told(&["ok: nothing to do"]);
    site.assert_nothing_written();
    site.change("API_KEY");
    site.run("sync --to app --yes").ended(0).told(&["ok: 1 written"]);
    site.run("sync --to app --check").ended(0);
}
