//! The contracts of a site on Vercel, against the facts in `tests/tally/facts.json`.
//!
//! The facts list the environments, what services call them, which variable comes from where and how a key has to
//! begin. An oracle over them judges random environments, and has to agree with the contract.

mod github;
mod oracle;
mod stack;
mod web;

use std::collections::{BTreeMap, BTreeSet};

use envschema::{Contract, Findings, Schema, Severity};
use serde_json::Value;

use crate::support::{read, shipped};

type Environment = BTreeMap<String, String>;

const ENVIRONMENTS: [&str; 3] = ["development", "preview", "production"];

fn facts() -> Value {
    serde_json::from_str(&read("../../tests/tally/facts.json")).expect("the facts are JSON")
}

fn schema() -> Schema {
    shipped("tally.toml")
}

fn view(schema: &Schema, environment: &str, profile: Option<&str>) -> Contract {
    schema.contract(Some(environment), profile).expect("an environment and a profile")
}

/// The entries of a list of the facts, by their keys.
fn entries<'f>(facts: &'f Value, list: &str) -> impl Iterator<Item = (&'f str, &'f Value)> {
    let entries = facts[list].as_array().expect("a list").iter();
    entries.map(|entry| (entry["key"].as_str().expect("a key"), entry))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// A value that a variable takes in an environment; no two are alike.
fn good(facts: &Value, environment: &str, name: &str) -> String {
    let key = name.to_lowercase().replace('_', "-");
    let lists = ["web", "github"].into_iter().flat_map(|list| entries(facts, list));
    let prefix = lists.filter(|(listed, _)| *listed == name).find_map(|(_, entry)| {
        let prefix = &entry["prefix"];
        prefix.as_str().or_else(|| prefix[environment].as_str())
    });
    match name {
        "SENTRY_ORG" => "tally-lz".to_owned(),
        "SENTRY_PROJECT" => "javascript-nextjs".to_owned(),
        "SENTRY_ENVIRONMENT" => text(&facts["services"]["sentry"][environment]).to_owned(),
        "TEST_USER_EMAIL" => "a-test-user@example.test".to_owned(),
        "PULUMI_STACK_NAME" => "prod".to_owned(),
        _ if name.contains("DSN") || name.ends_with("URL") => format!("https://{key}.example.test/1"),
        _ => format!("{}value-of-{key}", prefix.unwrap_or_default()),
    }
}

/// Everything that a list asks for, right.
fn complete(facts: &Value, list: &str, environment: &str) -> Environment {
    let names = entries(facts, list).map(|(name, _)| name.to_owned());
    names.map(|name| (name.clone(), good(facts, environment, &name))).collect()
}

fn without(environment: &Environment, name: &str) -> Environment {
    let mut environment = environment.clone();
    environment.remove(name);
    environment
}

fn with(environment: &Environment, name: &str, value: &str) -> Environment {
    let mut environment = environment.clone();
    environment.insert(name.to_owned(), value.to_owned());
    environment
}

/// The variables with an error.
fn issues(findings: &Findings) -> BTreeSet<String> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.variable.as_deref().expect("a variable").to_owned()).collect()
}

/// A key that begins wrongly is refused with its name and the right beginning, and is not repeated.
fn is_refused(contract: &Contract, environment: &Environment, name: &str, wrong: &str, right: &str) {
    let value = format!("{wrong}abcdefghijkl");
    let findings = contract.validate(&with(environment, name, &value));
    let place = format!("{name} in {:?}", contract.environment());
    assert_eq!(issues(&findings), BTreeSet::from([name.to_owned()]), "{place}");
    let finding = findings.iter().next().expect("a finding");
    let told = format!("{} {}", finding.message, finding.help.as_deref().unwrap_or_default());
    assert!(finding.message.contains(name) && finding.message.contains(&format!("`{right}`")), "{told}");
    assert!(!told.contains(&value) && !told.contains("abcdefghijkl"), "{told}");
}
