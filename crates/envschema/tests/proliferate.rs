//! The contract of a real system, against an oracle that judges environments by the system's own rules.
//!
//! The oracle knows nothing of contracts: it reads `tests/proliferate/facts.json`, which lists each variable
//! with the rule that the services apply at start-up. Both are asked which variables have an issue.
//!
//! Two things are left out of the random values, because a contract is meant to differ there: placeholders such
//! as `replace-me`, which the services would take for values, and the number forms of JavaScript (`1e3`, ` 80`).

mod requirements;
mod stack;

use std::collections::{BTreeMap, BTreeSet};

use envschema::{Contract, Findings, Schema, Severity};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::support::read;

type Environment = BTreeMap<String, String>;

fn facts() -> Value {
    serde_json::from_str(&read("../../tests/proliferate/facts.json")).expect("the facts are JSON")
}

fn schema(file: &str) -> Schema {
    let text = read(&format!("../../schema/{file}"));
    Schema::parse(file, &text).unwrap_or_else(|errors| panic!("{errors}"))
}

fn sample(file: &str) -> Environment {
    serde_json::from_str(&read(&format!("../../tests/proliferate/{file}"))).expect("a sample is JSON")
}

/// The variables with an error.
fn issues(findings: &Findings) -> BTreeSet<String> {
    let errors = findings.iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| finding.variable.as_deref().expect("a variable").to_owned()).collect()
}

fn issues_of(contract: &Contract, environment: &Environment) -> BTreeSet<String> {
    issues(&contract.validate(environment))
}

/// The oracle. A condition is one of `{"eq": [A, text]}`, `{"truthy": A}`, `{"set": A}`, `not` and `any`.
fn holds(condition: &Value, environment: &Environment) -> bool {
    let (kind, of) = condition.as_object().and_then(|object| object.iter().next()).expect("a condition");
    let raw = |name: &Value| environment.get(name.as_str().expect("a name")).map(String::as_str);
    match kind.as_str() {
        "eq" => raw(&of[0]) == of[1].as_str(),
        "truthy" => matches!(raw(of), Some("true" | "1")),
        "set" => raw(of).is_some_and(|text| !text.is_empty()),
        "not" => !holds(of, environment),
        "any" => of.as_array().expect("a list").iter().any(|one| holds(one, environment)),
        other => panic!("unknown condition {other}"),
    }
}

fn has_issue(variable: &Value, facts: &Value, environment: &Environment) -> bool {
    let name = variable["key"].as_str().expect("a name");
    let needed = match variable["rule"].as_str() {
        Some("required") => true,
        Some("conditional") => {
            let condition = variable["condition"].as_str().expect("the name of a condition");
            holds(&facts["conditions"][condition], environment)
        }
        _ => false,
    };
    let Some(text) = environment.get(name) else { return needed };
    if text.is_empty() {
        return needed || variable["empty"] == "invalid";
    }
    match variable["type"].as_str() {
        Some("boolean") => !matches!(text.as_str(), "true" | "false" | "1" | "0"),
        Some("enum") => !variable["values"].as_array().expect("values").iter().any(|value| value == text),
        Some("integer") => {
            text.parse::<i64>().map_or(true, |number| number < variable["min"].as_i64().unwrap_or(i64::MIN))
        }
        _ => false,
    }
}

fn oracle(facts: &Value, environment: &Environment) -> BTreeSet<String> {
    let variables = facts["variables"].as_array().expect("variables").iter();
    let wrong = variables.filter(|variable| has_issue(variable, facts, environment));
    wrong.map(|variable| variable["key"].as_str().expect("a name").to_owned()).collect()
}

/// The texts that a variable is tried with, absent first.
fn texts(variable: &Value) -> Vec<Option<String>> {
    let name = variable["key"].as_str().expect("a name").to_lowercase();
    let some = |texts: &[&str]| texts.iter().map(|text| Some((*text).to_owned())).collect::<Vec<_>>();
    let mut texts = vec![None, Some(String::new())];
    texts.extend(match variable["type"].as_str() {
        Some("boolean") => some(&["true", "false", "1", "0", "yes", "TRUE", "2"]),
        Some("integer") => some(&["1", "3000", "65536", "0", "-1", "many", "3000.5"]),
        Some("enum") => {
            let values = variable["values"].as_array().expect("values").iter();
            let wrong = some(&["other", "CLOUD"]);
            values.map(|value| value.as_str().map(str::to_owned)).chain(wrong).collect()
        }
        // Each has a text of its own: a secret that stands in a public variable would be a finding of its own.
        _ => vec![
            Some(format!("a text for {name}")),
            Some(format!("  {name}: `quotes` \"and\" $signs \n and lines ")),
        ],
    });
    texts
}

fn environments(facts: &Value) -> impl Strategy<Value = Environment> + use<> {
    let variables: Vec<(String, Vec<Option<String>>)> = facts["variables"]
        .as_array()
        .expect("variables")
        .iter()
        .map(|variable| (variable["key"].as_str().expect("a name").to_owned(), texts(variable)))
        .collect();
    let choices: Vec<_> = variables.iter().map(|(_, texts)| 0..texts.len()).collect();
    // Mostly whole environments, with a few variables drawn at random: conditions meet more often.
    (choices, prop::collection::vec(any::<bool>(), variables.len()), any::<bool>()).prop_map(
        move |(chosen, kept, mostly)| {
            let pairs =
                variables.iter().zip(chosen).zip(kept).filter_map(|(((name, texts), chosen), kept)| {
                    let at = if mostly && kept { 2 } else { chosen };
                    texts[at].clone().map(|text| (name.clone(), text))
                });
            pairs.collect()
        },
    )
}

#[test]
fn the_contract_agrees_with_the_services() {
    let (facts, schema) = (facts(), schema("proliferate.toml"));
    let config = Config { cases: 6_000, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&environments(&facts), |environment| {
        prop_assert_eq!(issues_of(schema.base(), &environment), oracle(&facts, &environment));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn the_contract_lists_what_the_services_read() {
    let (facts, schema) = (facts(), schema("proliferate.toml"));
    let listed: BTreeSet<&str> = schema.variables().iter().map(|variable| &*variable.name).collect();
    let read: BTreeSet<&str> = facts["variables"]
        .as_array()
        .expect("variables")
        .iter()
        .filter_map(|variable| variable["key"].as_str())
        .collect();
    assert_eq!(listed, read);
    for variable in facts["variables"].as_array().expect("variables") {
        let name = variable["key"].as_str().expect("a name");
        let (_, ours) = schema.base().variable(name).expect(name);
        assert_eq!(ours.kind.name(), variable["type"].as_str().expect("a type"), "{name}");
        assert_eq!(ours.is_secret(), variable["secret"] == true, "{name}");
        assert_eq!(ours.visibility == envschema::Visibility::Public, variable["public"] == true, "{name}");
        let default = variable
            .get("default")
            .map(|default| default.as_str().map_or_else(|| default.to_string(), str::to_owned));
        assert_eq!(ours.default.as_deref(), default.as_deref(), "{name}");
    }
}

#[test]
fn the_samples_are_valid() {
    let schema = schema("proliferate.toml");
    for file in ["cloud-e2b.json", "cloud-modal.json"] {
        let findings = schema.validate(&sample(file));
        assert!(findings.is_empty(), "{file}: {findings:?}");
    }
}

#[test]
fn nobody_set_anything() {
    let (facts, schema) = (facts(), schema("proliferate.toml"));
    let nothing = Environment::new();
    assert_eq!(issues_of(schema.base(), &nothing), oracle(&facts, &nothing));
}
