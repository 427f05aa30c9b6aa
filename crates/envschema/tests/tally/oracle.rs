//! Random environments, judged by the contract and by the facts.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use super::{ENVIRONMENTS, Environment, entries, facts, good, issues, schema, text, view};

/// Names that production has for itself.
const OF_PRODUCTION: [&str; 3] =
    ["CLERK_SECRET_KEY_PROD", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY_PROD", "CONVEX_DEPLOY_KEY_PROD"];

/// What the facts say of a variable that is or is not set.
fn has_issue(
    facts: &Value,
    environment: &str,
    profile: Option<&str>,
    name: &str,
    value: Option<&str>,
) -> bool {
    let of = |list: &str| entries(facts, list).find(|(key, _)| *key == name).map(|(_, entry)| entry);
    let (web, github) = (of("web"), of("github"));
    let needed = match profile {
        Some(_) => github.is_some_and(|entry| entry["rule"] == "required"),
        None => web.is_some_and(|entry| entry["from"].get("constant").is_none()),
    };
    let Some(value) = value.filter(|value| !value.is_empty()) else { return needed };
    let constant = web.and_then(|entry| {
        let from = &entry["from"];
        from["constant"]
            .as_str()
            .or_else(|| facts["services"][from["service"].as_str()?][environment].as_str())
    });
    if environment == "development" && OF_PRODUCTION.contains(&name) {
        return true;
    }
    let prefix = web.or(github).map(|entry| &entry["prefix"]);
    let prefix = prefix.and_then(|prefix| prefix.as_str().or_else(|| prefix[environment].as_str()));
    match (name, prefix, constant) {
        ("PULUMI_STACK_NAME", ..) => {
            let parts: Vec<_> = value.split('/').collect();
            parts.len() > 3 || parts.iter().any(|part| part.is_empty() || part.contains(' '))
        }
        (_, Some(prefix), _) => !value.starts_with(prefix),
        (_, None, Some(constant)) => value != constant,
        _ => false,
    }
}

/// The texts that a variable is tried with, absent first.
fn texts(facts: &Value, name: &str) -> Vec<Option<String>> {
    let mut texts = vec![None, Some(String::new())];
    texts.extend(ENVIRONMENTS.map(|environment| Some(good(facts, environment, name))));
    if name == "PULUMI_STACK_NAME" {
        for kind in ["accepted", "refused"] {
            texts.extend(
                facts["stack_names"][kind]
                    .as_array()
                    .expect("names")
                    .iter()
                    .map(|one| Some(text(one).to_owned())),
            );
        }
    }
    let of_clerk = name.contains("CLERK");
    let prefixes: &[&str] = if of_clerk { &["pk_live_", "pk_test_", "sk_live_", "sk_test_"] } else { &[] };
    texts.extend(prefixes.iter().map(|prefix| Some(format!("{prefix}other-{}", name.to_lowercase()))));
    texts
}

/// Mostly right environments, in which a few variables are drawn at random.
fn environments(facts: &Value) -> impl Strategy<Value = (usize, Option<&'static str>, Environment)> + use<> {
    let names: BTreeSet<&str> =
        ["web", "github"].into_iter().flat_map(|list| entries(facts, list)).map(|(name, _)| name).collect();
    let variables: Vec<_> = names.into_iter().map(|name| (name.to_owned(), texts(facts, name))).collect();
    let choices: Vec<_> = variables.iter().map(|(_, texts)| (0..texts.len(), any::<bool>())).collect();
    let profile = prop_oneof![Just(None), Just(Some("github"))];
    (0..ENVIRONMENTS.len(), profile, any::<bool>(), choices).prop_map(
        move |(environment, profile, mostly, chosen)| {
            let pairs = variables.iter().zip(chosen).filter_map(|((name, texts), (at, kept))| {
                let at = if mostly && kept { 2 + environment } else { at };
                texts[at].clone().map(|text| (name.clone(), text))
            });
            (environment, profile, pairs.collect())
        },
    )
}

#[test]
fn the_contract_agrees_with_the_facts() {
    let (facts, schema) = (facts(), schema());
    let names: Vec<_> = schema.variables().iter().map(|variable| variable.name.to_string()).collect();
    let views: Vec<_> = ENVIRONMENTS
        .iter()
        .map(|one| (view(&schema, one, None), view(&schema, one, Some("github"))))
        .collect();
    let config = Config { cases: 4_000, failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&environments(&facts), |(at, profile, environment)| {
        let value = |name: &str| environment.get(name).map(String::as_str);
        let wrong = names
            .iter()
            .filter(|name| has_issue(&facts, ENVIRONMENTS[at], profile, name, value(name)))
            .cloned();
        let contract = if profile.is_some() { &views[at].1 } else { &views[at].0 };
        prop_assert_eq!(issues(&contract.validate(&environment)), wrong.collect());
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}
