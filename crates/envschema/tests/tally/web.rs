//! The environments, and the eleven variables of the site.

use std::collections::BTreeSet;

use envschema::{Code, Guard, Visibility};

use super::{ENVIRONMENTS, complete, entries, facts, is_refused, issues, schema, text, view, with, without};
use crate::support::found;

#[test]
fn there_are_three_environments_and_no_others() {
    let (facts, schema) = (facts(), schema());
    let listed: Vec<_> = facts["environments"].as_array().expect("a list").iter().map(text).collect();
    let named: Vec<_> = schema.base().environments().iter().map(|one| one.name.as_str()).collect();
    assert_eq!((&named, named.as_slice()), (&listed, ENVIRONMENTS.as_slice()));
    for other in ["staging", "prod", "dev", "Production", ""] {
        let error = schema.contract(Some(other), None).expect_err(other);
        assert_eq!(error.known, ENVIRONMENTS, "{other}");
    }
    let error = schema.contract(Some("staging"), None).expect_err("staging");
    assert_eq!(error.help(), "choose `development`, `preview` or `production`");
    let guards: Vec<_> = schema.base().environments().iter().map(|one| one.guard).collect();
    assert_eq!(guards, [Guard::Lenient, Guard::Moderate, Guard::Strict]);
}

#[test]
fn each_service_has_its_name_for_each_environment() {
    let (facts, schema) = (facts(), schema());
    for (service, names) in facts["services"].as_object().expect("services") {
        for environment in ENVIRONMENTS {
            let contract = view(&schema, environment, None);
            assert_eq!(contract.alias(service), names[environment].as_str(), "{service} in {environment}");
        }
    }
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        for service in ["vercel", "sentry"] {
            assert_eq!(contract.alias(service), Some(environment), "{service} says the same");
        }
    }
}

#[test]
fn project_and_domain_are_told() {
    let (facts, schema) = (facts(), schema());
    let (_, project) = schema.base().variable("VERCEL_PROJECT_ID").expect("a variable");
    let told =
        |about: &Option<String>, fact: &str| about.as_deref().is_some_and(|about| about.contains(fact));
    assert!(told(&project.about, text(&facts["hosting"]["project"])));
    let production = schema.base().environments().last().expect("production");
    assert!(told(&production.about, text(&facts["hosting"]["domain"])));
}

#[test]
fn the_list_is_that_of_the_facts() {
    let (facts, schema) = (facts(), schema());
    let group = schema.base().groups().iter().position(|group| group.id == "web");
    let ours: BTreeSet<&str> = schema
        .variables()
        .iter()
        // The upload token stands with the other secrets of GitHub, and both lists have it.
        .filter(|variable| variable.group == group || &*variable.name == "SENTRY_AUTH_TOKEN")
        .map(|variable| &*variable.name)
        .collect();
    assert_eq!(ours, entries(&facts, "web").map(|(name, _)| name).collect());
    assert_eq!(ours.len(), 11);
    for (name, entry) in entries(&facts, "web") {
        let (_, variable) = schema.base().variable(name).expect(name);
        let expected = match (entry["secret"] == true, entry["public"] == true) {
            (true, _) => Visibility::Secret,
            (_, true) => Visibility::Public,
            _ => Visibility::Plain,
        };
        assert_eq!(variable.visibility, expected, "{name}");
    }
}

/// No variable is left open: each has a key of the stack's configuration, an output, a template or a constant.
#[test]
fn each_variable_comes_from_where_the_facts_say() {
    let (facts, schema) = (facts(), schema());
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        for (name, entry) in entries(&facts, "web") {
            let (_, variable) = contract.variable(name).expect(name);
            let derive: Vec<_> = variable.derive.iter().map(|template| &*template.text).collect();
            let from = entry["from"].as_object().expect("an origin");
            for (kind, of) in from {
                let place = format!("{name} in {environment}");
                match kind.as_str() {
                    "config" => assert_eq!(variable.config.as_deref(), of[environment].as_str(), "{place}"),
                    "else_config" => assert_eq!(derive, [format!("${{config.{}}}", text(of))], "{place}"),
                    "output" => assert_eq!(variable.outputs, [text(of)], "{place}"),
                    "constant" => assert_eq!(variable.default.as_deref(), of.as_str(), "{place}"),
                    "service" => assert_eq!(derive, [format!("${{environment.{}}}", text(of))], "{place}"),
                    "convex_address_of" => {
                        let template = format!("https://${{{}#*:}}.convex.cloud", text(of));
                        assert_eq!(derive, [template], "{place}");
                    }
                    other => panic!("{name} comes from {other}"),
                }
            }
        }
    }
    let production = view(&schema, "production", None);
    let (_, deployment) = production.variable("CONVEX_DEPLOYMENT").expect("a variable");
    assert_eq!(deployment.config.as_deref(), Some("convexDeployment"));
}

#[test]
fn each_variable_missing_alone_is_one_issue() {
    let (facts, schema) = (facts(), schema());
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        let complete = complete(&facts, "web", environment);
        assert!(contract.validate(&complete).is_empty(), "{:?}", contract.validate(&complete));
        for (name, entry) in entries(&facts, "web") {
            let findings = contract.validate(&without(&complete, name));
            let is_constant = entry["from"].get("constant").is_some();
            let expected: &[_] = if is_constant { &[] } else { &[(Code::Missing, name)] };
            assert_eq!(found(&findings), expected, "{environment}");
        }
    }
}

#[test]
fn keys_of_the_other_instance_are_refused_without_being_told() {
    let (facts, schema) = (facts(), schema());
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        let complete = complete(&facts, "web", environment);
        for (name, entry) in entries(&facts, "web").filter(|(_, entry)| entry.get("prefix").is_some()) {
            let right = text(&entry["prefix"][environment]);
            let all = entry["prefix"].as_object().expect("prefixes").values().map(text);
            let wrong: BTreeSet<_> = all.filter(|prefix| *prefix != right).collect();
            assert_eq!(wrong.len(), 1, "{name}");
            // A secret key in the place of the public one, and no prefix at all.
            for wrong in wrong.into_iter().chain(["sk_live_x", "sk_test_x", ""]) {
                if !wrong.starts_with(right) {
                    is_refused(&contract, &complete, name, wrong, right);
                }
            }
        }
    }
}

#[test]
fn a_deploy_key_is_no_deployment() {
    let (facts, schema) = (facts(), schema());
    let contract = view(&schema, "production", None);
    let complete = complete(&facts, "web", "production");
    let findings =
        contract.validate(&with(&complete, "CONVEX_DEPLOYMENT", "prod:bright-jackal-396|abcdefgh"));
    assert_eq!(found(&findings), [(Code::Invalid, "CONVEX_DEPLOYMENT")]);
    assert!(findings.iter().all(|one| !one.message.contains("abcdefgh")), "{findings:?}");
}

#[test]
fn constants_are_constant() {
    let (facts, schema) = (facts(), schema());
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        let complete = complete(&facts, "web", environment);
        let others = ENVIRONMENTS.into_iter().filter(|other| *other != environment);
        for other in others {
            let findings = contract.validate(&with(&complete, "SENTRY_ENVIRONMENT", other));
            assert_eq!(found(&findings), [(Code::Invalid, "SENTRY_ENVIRONMENT")]);
        }
        for name in ["SENTRY_ORG", "SENTRY_PROJECT"] {
            let findings = contract.validate(&with(&complete, name, "another"));
            assert_eq!(found(&findings), [(Code::Invalid, name)]);
        }
    }
}

#[test]
fn local_work_and_ci_take_the_dev_instance_in_every_environment() {
    let (facts, schema) = (facts(), schema());
    for profile in ["local", "ci"] {
        for environment in ENVIRONMENTS {
            let contract = view(&schema, environment, Some(profile));
            for (name, dev) in [("NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "pk_"), ("CLERK_SECRET_KEY", "sk_")] {
                let (_, variable) = contract.variable(name).expect(name);
                let config = entries(&facts, "web").find(|(key, _)| *key == name).expect("listed").1;
                assert_eq!(
                    variable.config.as_deref(),
                    config["from"]["config"]["development"].as_str(),
                    "{name} for {profile} in {environment}"
                );
                assert!(
                    variable.accepts(&format!("{dev}test_abc"))
                        && !variable.accepts(&format!("{dev}live_abc"))
                );
            }
        }
    }
    for environment in ENVIRONMENTS {
        let (_, variable) = {
            let contract = view(&schema, environment, Some("local"));
            let (id, variable) = contract.variable("CONVEX_DEPLOYMENT").expect("a variable");
            (id, variable.clone())
        };
        assert!(variable.accepts("dev:bright-jackal-396") && !variable.accepts("prod:bright-jackal-396"));
    }
    let ci = view(&schema, "preview", Some("ci"));
    for name in ["NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "CLERK_SECRET_KEY"] {
        let (_, variable) = ci.variable(name).expect(name);
        assert_eq!(&*variable.derive[0].text, format!("${{{name}_DEV}}"));
    }
    let nothing = super::Environment::new();
    let asked =
        ["CLERK_SECRET_KEY", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY", "TEST_USER_EMAIL", "TEST_USER_PASSWORD"];
    assert_eq!(issues(&ci.validate(&nothing)), asked.map(str::to_owned).into());
}
