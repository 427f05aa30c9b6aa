//! What workers get.

use std::collections::BTreeSet;

use envschema::Visibility;

use super::{ENVIRONMENTS, facts, list, schema, text, view};

#[test]
fn every_worker_gets_the_same_three() {
    let (facts, schema) = (facts(), schema());
    let contract = schema.base();
    let group = contract.groups().iter().position(|group| group.id == "worker");
    let ours: BTreeSet<&str> =
        contract.variables().iter().filter(|one| one.group == group).map(|one| &*one.name).collect();
    let always = facts["worker"]["always"].as_array().expect("a list").iter().map(text).collect();
    assert_eq!(ours, always);
    for name in ours {
        let (_, variable) = contract.variable(name).expect(name);
        // Workers get these as plain text.
        assert_eq!(variable.visibility, Visibility::Plain, "{name}");
    }
    let (_, version) = contract.variable("VERSION").expect("a variable");
    assert_eq!(version.default.as_deref(), facts["worker"]["default_version"].as_str());
}

#[test]
fn the_environment_is_the_one_it_runs_in() {
    let schema = schema();
    for environment in ENVIRONMENTS {
        let contract = view(&schema, environment, None);
        let (_, variable) = contract.variable("ENVIRONMENT").expect("a variable");
        assert_eq!(&*variable.derive[0].text, "${environment}");
        for other in ENVIRONMENTS {
            assert_eq!(variable.accepts(other), other == environment, "{other} in {environment}");
        }
    }
}

/// A worker's own setting is a variable of its own, which no setting of the environment reaches.
#[test]
fn a_worker_may_have_settings_of_its_own() {
    let (facts, schema) = (facts(), schema());
    for (worker, own) in facts["own"].as_object().expect("workers") {
        assert!(list(&facts, "workers").iter().any(|one| one == worker), "{worker}");
        for environment in ENVIRONMENTS {
            let contract = view(&schema, environment, Some(worker));
            for (name, value) in own.as_object().expect("variables") {
                let own_name = format!("{}_{name}", worker.to_uppercase().replace('-', "_"));
                let (_, variable) = contract.variable(&own_name).expect(name);
                assert_eq!(variable.default.as_deref(), value.as_str(), "{own_name} in {environment}");
                assert!(view(&schema, environment, None).variable(&own_name).is_none(), "{own_name}");
                let (_, shared) = contract.variable(name).expect(name);
                assert_eq!(shared, view(&schema, environment, None).variable(name).expect(name).1);
            }
        }
    }
}
