//! The contract of the stack's configuration: what switches ask for what.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{Environment, facts, issues_of, schema};
use crate::support::read;

/// A configuration in which everything that is always required is set.
fn configuration(changes: &[(&str, &str)]) -> Environment {
    let facts = facts();
    let keys = facts["config"].as_array().expect("keys").iter();
    let required = keys.filter(|key| key["rule"] == "required" && key["namespaced"] != false);
    let mut environment: Environment = required
        .filter_map(|key| key["key"].as_str())
        .map(|name| (name.to_owned(), format!("a value for {name}")))
        .collect();
    environment.insert("defaultSandboxProvider".to_owned(), "e2b".to_owned());
    environment.extend(changes.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
    environment
}

fn found(changes: &[(&str, &str)]) -> BTreeSet<String> {
    issues_of(schema("proliferate.stack.toml").base(), &configuration(changes))
}

fn set(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

const E2B: &[&str] = &["e2bApiKey", "e2bDomain", "e2bTemplate", "e2bTemplateAlias"];

fn with_e2b(more: &[&str]) -> BTreeSet<String> {
    set(&[E2B, more].concat())
}

#[test]
fn the_database() {
    assert_eq!(found(&[]), with_e2b(&["dbPassword"]), "RDS is on unless it is switched off");
    assert_eq!(found(&[("enableRds", "true")]), with_e2b(&["dbPassword"]));
    assert_eq!(found(&[("enableRds", "false")]), with_e2b(&["databaseUrlOverride"]));
    assert_eq!(found(&[("dbPassword", "x")]), with_e2b(&[]));
    assert_eq!(found(&[("enableRds", "false"), ("databaseUrlOverride", "postgres://x")]), with_e2b(&[]));
}

#[test]
fn the_certificate() {
    let https =
        |more: &[(&str, &str)]| found(&[&[("dbPassword", "x"), ("enableHttps", "true")], more].concat());
    assert_eq!(https(&[]), with_e2b(&["certificateArn"]));
    assert_eq!(
        https(&[("certificateArn", "arn:aws:acm:us-east-1:123456789012:certificate/abc")]),
        with_e2b(&[])
    );
    assert_eq!(
        https(&[("certificateArn", "arn:aws:iam::123456789012:role/x")]),
        with_e2b(&["certificateArn"])
    );
    assert_eq!(found(&[("dbPassword", "x"), ("enableHttps", "false")]), with_e2b(&[]));
}

#[test]
fn what_is_always_asked_for() {
    let schema = schema("proliferate.stack.toml");
    let required = configuration(&[]);
    for name in required.keys() {
        let mut without = required.clone();
        without.remove(name);
        assert!(issues_of(schema.base(), &without).contains(name), "{name}");
    }
    assert!(required.contains_key("llmProxyMasterKey"), "the stack always runs the LLM proxy");
}

#[test]
fn provider_and_integrations() {
    let modal = [("dbPassword", "x"), ("defaultSandboxProvider", "modal")];
    assert_eq!(found(&modal), set(&["modalAppName", "modalTokenId", "modalTokenSecret"]));
    let integrations = [("dbPassword", "x"), ("integrationsEnabled", "true")];
    let expected = [
        "nangoSecretKey",
        "nangoGithubIntegrationId",
        "nangoLinearIntegrationId",
        "nangoSentryIntegrationId",
    ];
    assert_eq!(found(&integrations), with_e2b(&expected));
}

#[test]
fn redis_replication_is_a_boolean() {
    for text in ["true", "false"] {
        assert!(!found(&[("redisReplicationEnabled", text)]).contains("redisReplicationEnabled"));
    }
    assert!(found(&[("redisReplicationEnabled", "two")]).contains("redisReplicationEnabled"));
}

#[test]
fn sizes_and_visibility_are_those_of_the_facts() {
    let schema = schema("proliferate.stack.toml");
    let production = schema.contract(Some("prod"), None).expect("an environment");
    for key in facts()["config"].as_array().expect("keys") {
        let name = key["key"].as_str().expect("a key");
        let Some((_, variable)) = schema.base().variable(name) else {
            assert_eq!(key["namespaced"], false, "{name}");
            continue;
        };
        assert_eq!(variable.is_secret(), key["secret"] == true, "{name}");
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(variable.default.as_deref(), key.get("default").map(text).as_deref(), "{name}");
        if let Some(default) = key.get("prod").map(text) {
            let (_, variable) = production.variable(name).expect(name);
            assert_eq!(variable.default.as_deref(), Some(default.as_str()), "{name} in prod");
        }
    }
}

#[test]
fn sizes_and_ports_are_those_of_the_containers() {
    let containers: Value =
        serde_json::from_str(&read("../../tests/proliferate/ecs.json")).expect("the facts are JSON");
    let stack = schema("proliferate.stack.toml");
    let services = schema("proliferate.toml");
    for (service, key, port) in [
        ("gateway", "gateway", Some("GATEWAY_PORT")),
        ("worker", "worker", Some("WORKER_PORT")),
        ("llm-proxy", "llmProxy", None),
    ] {
        let facts = &containers["services"][service];
        for (size, fact) in [("Cpu", "cpu"), ("Memory", "memory")] {
            let name = format!("{key}{size}");
            let (_, variable) = stack.base().variable(&name).expect("a key");
            assert_eq!(variable.default.as_deref(), Some(facts[fact].to_string().as_str()), "{name}");
        }
        if let Some(name) = port {
            let (_, variable) = services.base().variable(name).expect("a variable");
            assert_eq!(variable.example, Some(facts["port"].to_string()), "{name}");
        }
        assert!(facts["health"].as_str().is_some_and(|path| path.starts_with("/health")), "{service}");
        assert!(facts["public"].is_boolean(), "{service}");
    }
}
