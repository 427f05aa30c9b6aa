//! The secrets of the GitHub repository.

use std::collections::BTreeSet;

use envschema::{Code, Contract, Schema, Severity};

use super::{complete, entries, facts, is_refused, schema, text, view, with, without};
use crate::support::found;

fn github(schema: &Schema) -> Contract {
    view(schema, "production", Some("github"))
}

#[test]
fn eighteen_names_in_five_groups() {
    let (facts, schema) = (facts(), schema());
    let contract = github(&schema);
    let groups: BTreeSet<&str> = entries(&facts, "github").map(|(_, entry)| text(&entry["group"])).collect();
    assert_eq!((entries(&facts, "github").count(), groups.len()), (18, 5));
    for (name, entry) in entries(&facts, "github") {
        let (_, variable) = contract.variable(name).expect(name);
        let group = &contract.groups()[variable.group.expect("a group")];
        assert_eq!(group.title.to_lowercase(), text(&entry["group"]), "{name}");
        assert_eq!(variable.default.as_deref(), entry.get("default").map(text), "{name}");
    }
    let listed: BTreeSet<&str> =
        ["web", "github"].into_iter().flat_map(|list| entries(&facts, list)).map(|(name, _)| name).collect();
    let ours: BTreeSet<&str> = schema.variables().iter().map(|variable| &*variable.name).collect();
    assert_eq!(ours, listed, "the contract has the two lists and nothing else");
}

#[test]
fn fourteen_are_asked_for_and_four_are_not() {
    let (facts, schema) = (facts(), schema());
    let contract = github(&schema);
    let complete = complete(&facts, "github", "production");
    assert!(contract.validate(&complete).is_empty(), "{:?}", contract.validate(&complete));
    let mut asked = 0;
    for (name, entry) in entries(&facts, "github") {
        let findings = contract.validate(&without(&complete, name));
        let expected: &[_] = if entry["rule"] == "required" { &[(Code::Missing, name)] } else { &[] };
        assert_eq!(found(&findings), expected);
        asked += expected.len();
    }
    assert_eq!(asked, 14);
}

#[test]
fn keys_of_the_other_instance_are_refused_under_these_names_too() {
    let (facts, schema) = (facts(), schema());
    let contract = github(&schema);
    let complete = complete(&facts, "github", "production");
    let prefixed: Vec<_> = entries(&facts, "github")
        .filter_map(|(name, entry)| Some((name, entry["prefix"].as_str()?)))
        .collect();
    assert_eq!(prefixed.len(), 4);
    for (name, right) in &prefixed {
        for (_, wrong) in prefixed.iter().filter(|(_, wrong)| wrong != right) {
            is_refused(&contract, &complete, name, wrong, right);
        }
    }
}

#[test]
fn provider_tokens_are_told_where_they_belong() {
    let (facts, schema) = (facts(), schema());
    let contract = github(&schema);
    let complete = complete(&facts, "github", "production");
    for token in facts["not_in_github"].as_array().expect("a list") {
        let (name, key) = (text(&token["variable"]), text(&token["config"]));
        let findings = contract.validate(&with(&complete, name, "a provider token"));
        assert_eq!(found(&findings), [(Code::Deprecated, name)]);
        for finding in findings.iter() {
            assert_eq!(finding.severity, Severity::Warning);
            assert!(finding.message.contains("keep it in the Pulumi configuration"), "{}", finding.message);
            assert!(finding.message.ends_with(key), "{}", finding.message);
        }
        assert!(entries(&facts, "config").any(|(listed, _)| listed == key), "{key} is a key of the stack");
        assert!(schema.base().variable(name).is_none(), "{name} is no variable of the site");
    }
}

#[test]
fn a_stack_may_be_named_with_its_project_and_organisation() {
    let (facts, schema) = (facts(), schema());
    let contract = github(&schema);
    let (_, variable) = contract.variable("PULUMI_STACK_NAME").expect("a variable");
    for name in facts["stack_names"]["accepted"].as_array().expect("names").iter().map(text) {
        assert!(variable.accepts(name), "{name}");
    }
    for name in facts["stack_names"]["refused"].as_array().expect("names").iter().map(text) {
        assert!(!variable.accepts(name), "{name}");
    }
}

#[test]
fn dsns_of_the_apps_come_from_the_stack() {
    let (facts, schema) = (facts(), schema());
    let contract = github(&schema);
    let with_output = entries(&facts, "github").filter(|(_, entry)| entry.get("output").is_some());
    let mut checked = 0;
    for (name, entry) in with_output {
        let (_, variable) = contract.variable(name).expect(name);
        assert_eq!(variable.outputs, [text(&entry["output"])], "{name}");
        checked += 1;
    }
    assert_eq!(checked, 2);
}

/// Production keys under names of their own would pass for optional variables.
#[test]
fn keys_of_production_are_refused_on_a_developers_machine() {
    let (facts, schema) = (facts(), schema());
    for name in ["CLERK_SECRET_KEY_PROD", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY_PROD", "CONVEX_DEPLOY_KEY_PROD"]
    {
        let value = super::good(&facts, "development", name);
        let contract = view(&schema, "development", None);
        let findings = contract.validate(&with(&complete(&facts, "web", "development"), name, &value));
        assert_eq!(found(&findings), [(Code::Conflict, name)]);
        for environment in ["preview", "production"] {
            let complete = complete(&facts, "web", environment);
            let findings = view(&schema, environment, None).validate(&with(&complete, name, &value));
            assert!(findings.is_empty(), "{environment}: {findings:?}");
        }
    }
}
