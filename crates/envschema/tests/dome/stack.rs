//! The configuration of a stack.

use std::collections::BTreeSet;

use envschema::{Code, Presence, Schema};

use super::{ENVIRONMENTS, Environment, facts, list, text, view, written};
use crate::support::{found, shipped};

fn stack() -> Schema {
    shipped("dome.stack.toml")
}

fn configuration(environment: &str) -> Environment {
    let values = [("cloudflare:accountId", "an account"), ("environment", environment)];
    values.map(|(key, value)| (key.to_owned(), value.to_owned())).into()
}

#[test]
fn keys_are_those_of_the_facts() {
    let (facts, schema) = (facts(), stack());
    assert_eq!(schema.base().namespace(), facts["stack_namespace"].as_str());
    let ours: BTreeSet<String> =
        schema.variables().iter().map(|variable| schema.base().full_key(variable).into_owned()).collect();
    let keys = list(&facts, "config").iter().map(|one| text(&one["key"]).to_owned());
    assert_eq!(ours, keys.collect());
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        for fact in list(&facts, "config") {
            let key = text(&fact["key"]);
            let variable = contract.variables().iter().find(|one| contract.full_key(one) == key).expect(key);
            assert_eq!(variable.is_secret(), fact["secret"] == true, "{key}");
            assert_eq!(variable.presence == Presence::Required, fact["rule"] == "required", "{key}");
            let default = fact["by_environment"].get(environment).or(fact.get("default")).map(written);
            assert_eq!(variable.default, default.as_deref().map(Into::into), "{key} in {environment}");
        }
    }
}

#[test]
fn each_required_key_missing_alone_is_one_issue() {
    let schema = stack();
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        let complete = configuration(environment);
        assert!(contract.validate(&complete).is_empty(), "{:?}", contract.validate(&complete));
        for key in complete.keys() {
            let mut without = complete.clone();
            without.remove(key);
            assert_eq!(found(&contract.validate(&without)), [(Code::Missing, key.as_str())]);
        }
    }
}

#[test]
fn the_file_of_another_environment_is_refused() {
    let schema = stack();
    for environment in ENVIRONMENTS {
        for other in ENVIRONMENTS.into_iter().filter(|other| *other != environment) {
            let findings = view(&schema, environment, None).validate(&configuration(other));
            assert_eq!(found(&findings), [(Code::Invalid, "environment")]);
        }
    }
}

/// What the variables ask of the stack's configuration, its contract describes.
#[test]
fn both_contracts_speak_of_the_same_keys() {
    let (schema, stack) = (super::schema(), stack());
    for variable in schema.variables() {
        if let Some(key) = &variable.config {
            assert!(stack.base().variable(key).is_some(), "{} reads {key}", variable.name);
        }
    }
}
