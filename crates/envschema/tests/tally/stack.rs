//! The configuration of the stack.

use std::collections::BTreeSet;

use envschema::{Code, Presence, Schema, SourceText};

use super::{ENVIRONMENTS, Environment, entries, facts, is_refused, text, view, with, without};
use crate::support::{found, read, shipped};

fn stack() -> Schema {
    shipped("tally.stack.toml")
}

/// A configuration in which everything that is required is set.
fn configuration() -> Environment {
    let facts = facts();
    let prefixes = facts["prefixes"].as_array().expect("a list");
    let prefix =
        |key: &str| prefixes.iter().find(|one| one["key"] == key).map(|one| text(&one["must_start_with"]));
    let required = entries(&facts, "config").filter(|(_, entry)| entry["rule"] == "required");
    let value =
        |key: &str| format!("{}{}", prefix(key).unwrap_or_default(), key.to_lowercase().replace(':', "-"));
    required.map(|(key, _)| (key.to_owned(), value(key))).collect()
}

#[test]
fn keys_are_those_of_the_facts() {
    let (facts, schema) = (facts(), stack());
    assert_eq!(schema.base().namespace(), facts["stack_namespace"].as_str());
    let ours: BTreeSet<&str> = schema.variables().iter().map(|variable| &*variable.name).collect();
    assert_eq!(ours, entries(&facts, "config").map(|(key, _)| key).collect());
    for (key, entry) in entries(&facts, "config") {
        let (_, variable) = schema.base().variable(key).expect(key);
        assert_eq!(variable.is_secret(), entry["secret"] == true, "{key}");
        assert_eq!(variable.presence == Presence::Required, entry["rule"] == "required", "{key}");
        let namespaced = format!("tally-infra:{key}");
        let full = if key.contains(':') { key } else { &namespaced };
        assert_eq!(schema.base().full_key(variable), full);
    }
    let plain: Vec<_> = entries(&facts, "config").filter(|(_, entry)| entry["secret"] == false).collect();
    assert_eq!(plain.iter().map(|(key, _)| *key).collect::<Vec<_>>(), ["convexDeployment"]);
}

#[test]
fn each_of_the_nine_missing_alone_is_one_issue() {
    let schema = stack();
    let configuration = configuration();
    assert_eq!(configuration.len(), 9);
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        assert!(contract.validate(&configuration).is_empty(), "{:?}", contract.validate(&configuration));
        for key in configuration.keys() {
            let findings = contract.validate(&without(&configuration, key));
            assert_eq!(found(&findings), [(Code::Missing, key.as_str())]);
        }
    }
}

#[test]
fn keys_of_the_other_instance_are_refused() {
    let (facts, schema) = (facts(), stack());
    let contract = view(&schema, "production", None);
    let configuration = configuration();
    let of_stack = |key: &str| contract.variable(key).is_some();
    let prefixes: Vec<_> = facts["prefixes"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (text(&one["key"]), text(&one["must_start_with"])))
        .filter(|(key, _)| of_stack(key))
        .collect();
    assert_eq!(prefixes.len(), 5);
    for (key, right) in &prefixes {
        for wrong in
            ["pk_live_", "pk_test_", "sk_live_", "sk_test_", "dev:"].iter().filter(|wrong| *wrong != right)
        {
            is_refused(&contract, &configuration, key, wrong, right);
        }
    }
}

#[test]
fn an_environment_may_have_a_client_side_id_of_its_own() {
    let schema = stack();
    let contract = view(&schema, "production", None);
    for key in
        ["launchDarklyClientSideIdDev", "launchDarklyClientSideIdPreview", "launchDarklyClientSideIdProd"]
    {
        let findings = contract.validate(&with(&configuration(), key, "an id of its own"));
        assert!(findings.is_empty(), "{findings:?}");
        let (_, variable) = contract.variable(key).expect(key);
        assert!(variable.without.is_some(), "{key}");
    }
}

#[test]
fn a_new_stack_is_data() {
    let text = "[schema]\nextends = \"tally.stack.toml\"\n[environments.staging]\naliases = { sentry = \"staging\" }\n";
    let find = |_: &str, path: &str| Ok(SourceText::new(path, &read(&format!("../../schema/{path}"))));
    let schema = Schema::read("mine.toml", text, &mut { find }).unwrap_or_else(|errors| panic!("{errors}"));
    let staging = view(&schema, "staging", None);
    assert_eq!(staging.alias("sentry"), Some("staging"));
    assert!(staging.validate(&configuration()).is_empty());
}

/// What the variables ask of the stack's configuration, its contract describes.
#[test]
fn both_contracts_speak_of_the_same_keys() {
    let (schema, stack) = (super::schema(), stack());
    for profile in [None, Some("github"), Some("ci"), Some("local")] {
        for environment in ENVIRONMENTS {
            for variable in view(&schema, environment, profile).variables() {
                if let Some(key) = &variable.config {
                    assert!(stack.base().variable(key).is_some(), "{} reads {key}", variable.name);
                }
            }
        }
    }
}
