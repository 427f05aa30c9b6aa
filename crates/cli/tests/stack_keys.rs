//! The plan for the example's stack, held against the list of its keys in `tests/proliferate/facts.json`.

use std::fs;
use std::path::Path;

use envctl_resolver::sources::{ConfigValue, StackConfig};
use serde_json::Value;

use crate::support::program;

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn facts() -> Vec<Value> {
    let text = fs::read_to_string(root().join("tests/proliferate/facts.json")).expect("the facts");
    let facts: Value = serde_json::from_str(&text).expect("JSON");
    facts["config"].as_array().expect("keys").clone()
}

/// The keys of the plan with more options.
fn plan(options: &[&str]) -> Vec<Value> {
    let output = program("envctl")
        .args(["stack", "config", "--project", "examples/proliferate", "--json"])
        .args(options)
        .current_dir(root())
        .output()
        .expect("envctl runs");
    let plan: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    plan["keys"].as_array().expect("keys").clone()
}

fn is(key: &Value, name: &str, value: bool) -> bool {
    key[name] == value
}

#[test]
fn every_key_is_there_in_its_namespace_and_as_secret_as_it_has_to_be() {
    let plan = plan(&["--generate", "--replace-encrypted"]);
    let facts = facts();
    assert_eq!(plan.len(), facts.len());
    for fact in &facts {
        let name = fact["key"].as_str().expect("a key");
        let of_provider = is(fact, "namespaced", false);
        let full = if of_provider { name.to_owned() } else { format!("proliferate-infra:{name}") };
        let key =
            plan.iter().find(|key| key["key"] == *full).unwrap_or_else(|| panic!("{full} is not planned"));
        assert_eq!(key["secret"], fact["secret"], "{name}");
        let secret = is(fact, "secret", true);
        assert!(!secret || (key["value"].is_null() && key["present"].is_null()), "{name} is shown");
        let Some(argv) = key["command"]["argv"].as_array() else { continue };
        assert_eq!(argv.iter().any(|word| word == "--secret"), secret, "{name}");
        assert_eq!(is(&key["command"], "stdin", true), secret, "{name}");
        assert_eq!(key["command"]["value_from"].is_array(), secret, "{name}");
        assert!(argv.iter().any(|word| *word == *full), "{name}");
    }
    let set = plan.iter().filter(|key| !key["command"].is_null()).count();
    assert!(set > 25, "most keys are to be set: {set}");
}

#[test]
fn sizes_are_those_of_the_environment() {
    let plan = plan(&["--environment", "prod"]);
    let sized: Vec<_> = facts().into_iter().filter(|fact| !fact["prod"].is_null()).collect();
    assert_eq!(sized.len(), 7);
    for fact in sized {
        let key = plan.iter().find(|key| key["variable"] == fact["key"]).expect("a key");
        let value = fact["prod"].as_str().map_or_else(|| fact["prod"].to_string(), str::to_owned);
        assert_eq!((key["value"].as_str(), &key["status"]), (Some(&*value), &Value::from("set")));
    }
}

#[test]
fn an_example_of_the_file_has_every_key_and_no_secret() {
    let output = program("envctl")
        .args(["stack", "example", "-e", "prod", "--project", "examples/proliferate"])
        .current_dir(root())
        .output()
        .expect("envctl runs");
    let text = String::from_utf8(output.stdout).expect("text");
    let file = StackConfig::from_yaml(&text, "Pulumi.prod.yaml").expect("a stack's file");
    for fact in facts() {
        let name = fact["key"].as_str().expect("a key");
        assert!(text.contains(name), "{name}");
        let value = file.get(name, Some("proliferate-infra"));
        if is(&fact, "secret", true) {
            assert!(matches!(value, ConfigValue::Absent), "{name} has a value");
        } else if !fact["default"].is_null() {
            assert!(matches!(value, ConfigValue::Known(_)), "{name} has a default");
        }
    }
}
