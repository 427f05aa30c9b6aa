//! The contracts of a set of Cloudflare workers, against the facts in `tests/dome/facts.json`.

mod oracle;
mod stack;
mod workers;

use std::collections::BTreeMap;

use envschema::{Code, Contract, Guard, Presence, Schema};
use serde_json::Value;

use crate::support::{found, read, shipped};

type Environment = BTreeMap<String, String>;

const ENVIRONMENTS: [&str; 3] = ["dev", "staging", "prod"];

fn facts() -> Value {
    serde_json::from_str(&read("../../tests/dome/facts.json")).expect("the facts are JSON")
}

fn schema() -> Schema {
    shipped("dome.toml")
}

fn view(schema: &Schema, environment: &str, profile: Option<&str>) -> Contract {
    schema.contract(Some(environment), profile).expect("an environment and a profile")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn list<'f>(facts: &'f Value, name: &str) -> &'f [Value] {
    facts[name].as_array().expect("a list")
}

/// A number or a boolean as it stands in an environment.
fn written(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// What has to be given in an environment.
fn complete(environment: &str) -> Environment {
    let values = [
        ("CLOUDFLARE_API_TOKEN", "a token of Cloudflare"),
        ("CLOUDFLARE_ACCOUNT_ID", "0123456789abcdef0123456789abcdef"),
        ("ENVIRONMENT", environment),
    ];
    values.map(|(name, value)| (name.to_owned(), value.to_owned())).into()
}

#[test]
fn there_are_three_environments_and_no_others() {
    let (facts, schema) = (facts(), schema());
    let guards = [("lenient", Guard::Lenient), ("moderate", Guard::Moderate), ("strict", Guard::Strict)];
    let named = schema.base().environments();
    assert_eq!(named.len(), list(&facts, "environments").len());
    for (ours, fact) in named.iter().zip(list(&facts, "environments")) {
        assert_eq!(ours.name, text(&fact["id"]));
        let (_, guard) = guards.iter().find(|(word, _)| fact["safeguards"] == *word).expect("a guard");
        assert_eq!(ours.guard, *guard, "{}", ours.name);
    }
    for other in ["production", "development", "test", ""] {
        let error = schema.contract(Some(other), None).expect_err(other);
        assert_eq!(error.known, ENVIRONMENTS, "{other}");
    }
    let error = schema.contract(Some("production"), None).expect_err("production");
    assert_eq!(error.help(), "choose `dev`, `staging` or `prod`");
}

#[test]
fn names_end_in_the_suffix_of_the_environment() {
    let (facts, schema) = (facts(), schema());
    for fact in list(&facts, "environments") {
        let contract = view(&schema, text(&fact["id"]), None);
        let suffix = contract.alias("suffix").expect("a suffix");
        assert_eq!(suffix, text(&fact["worker_suffix"]));
        for base in facts["resources"]
            .as_object()
            .expect("resources")
            .values()
            .flat_map(|one| one.as_array())
            .flatten()
        {
            assert!(
                !text(base).ends_with(suffix) || suffix.is_empty(),
                "{base} is named without an environment"
            );
        }
        for (base, names) in facts["names"].as_object().expect("names") {
            assert_eq!(format!("{base}{suffix}"), text(&names[text(&fact["id"])]));
        }
    }
}

#[test]
fn level_and_sampling_of_each_environment() {
    let (facts, schema) = (facts(), schema());
    for fact in list(&facts, "environments") {
        let contract = view(&schema, text(&fact["id"]), None);
        for (name, key) in [
            ("LOG_LEVEL", "log_level"),
            ("OBSERVABILITY_ENABLED", "observability"),
            ("OBSERVABILITY_HEAD_SAMPLING_RATE", "head_sampling_rate"),
        ] {
            let (_, variable) = contract.variable(name).expect(name);
            assert_eq!(variable.default.as_deref(), Some(&*written(&fact[key])), "{name}");
        }
    }
}

#[test]
fn token_and_account_are_asked_for_and_nothing_else() {
    let (facts, schema) = (facts(), schema());
    let asked: Vec<_> = list(&facts, "variables").iter().map(|one| text(&one["key"])).collect();
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        let complete = complete(environment);
        assert!(contract.validate(&complete).is_empty(), "{:?}", contract.validate(&complete));
        for name in &asked {
            let mut without = complete.clone();
            without.remove(*name);
            assert_eq!(found(&contract.validate(&without)), [(Code::Missing, *name)], "{environment}");
        }
    }
    for fact in list(&facts, "variables") {
        let (_, variable) = schema.base().variable(text(&fact["key"])).expect("a variable");
        assert_eq!(variable.is_secret(), fact["secret"] == true, "{}", variable.name);
        assert_eq!(variable.config.as_deref(), fact["config"].as_str(), "{}", variable.name);
        assert_eq!(variable.kind.name(), text(&fact["type"]), "{}", variable.name);
        assert_eq!(variable.presence, Presence::Required, "{}", variable.name);
    }
}

#[test]
fn a_missing_account_is_told_with_both_remedies() {
    let (facts, schema) = (facts(), schema());
    let error = list(&facts, "errors").iter().find(|one| one["id"] == "missing-config").expect("the error");
    let message = text(&error["message_form"]).replace("<config key>", text(&error["example_key"]));
    let mut environment = complete("dev");
    environment.remove("CLOUDFLARE_ACCOUNT_ID");
    let findings = view(&schema, "dev", None).validate(&environment);
    let finding = findings.iter().next().expect("a finding");
    assert!(finding.message.starts_with(&message), "{}", finding.message);
    let help = finding.help.as_deref().expect("help");
    assert!(help.starts_with("set CLOUDFLARE_ACCOUNT_ID"), "{help}");
    assert!(help.contains("or `cloudflare:accountId` in the stack's configuration"), "{help}");
}

#[test]
fn a_missing_token_is_told_with_the_permissions_it_needs() {
    let (facts, schema) = (facts(), schema());
    assert_eq!(list(&facts, "token_permissions").len(), 7);
    for value in [None, Some("changeme")] {
        let mut environment = complete("prod");
        environment.remove("CLOUDFLARE_API_TOKEN");
        environment.extend(value.map(|value| ("CLOUDFLARE_API_TOKEN".to_owned(), value.to_owned())));
        let findings = view(&schema, "prod", None).validate(&environment);
        let help = findings.iter().next().and_then(|one| one.help.as_deref()).expect("help");
        for permission in list(&facts, "token_permissions") {
            assert!(help.contains(text(permission)), "{help}");
        }
    }
}

#[test]
fn what_is_missing_wrong_or_a_placeholder_is_told_apart() {
    let schema = schema();
    let mut environment = complete("staging");
    environment.remove("CLOUDFLARE_ACCOUNT_ID");
    environment.extend(
        [("CLOUDFLARE_API_TOKEN", "<token>"), ("LOG_LEVEL", "verbose")]
            .map(|(name, value)| (name.to_owned(), value.to_owned())),
    );
    assert_eq!(
        found(&view(&schema, "staging", None).validate(&environment)),
        [
            (Code::Placeholder, "CLOUDFLARE_API_TOKEN"),
            (Code::Missing, "CLOUDFLARE_ACCOUNT_ID"),
            (Code::Invalid, "LOG_LEVEL")
        ]
    );
}
