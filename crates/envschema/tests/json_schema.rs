//! The JSON Schema of the format agrees with the decoder.

use std::collections::BTreeSet;
use std::path::Path;

use envschema::{Schema, json_schema};
use serde_json::{Value, json};

use crate::support::{files, name};

fn judge(contract: &Value) -> Vec<String> {
    let validator = jsonschema::draft202012::new(&json_schema()).expect("the JSON Schema is one");
    validator.iter_errors(contract).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

fn to_json(toml: &str) -> Value {
    toml::from_str(toml).expect("the contract is TOML")
}

fn accepts(file: &Path) {
    let text = std::fs::read_to_string(file).expect("a contract");
    assert_eq!(
        judge(&to_json(text.trim_start_matches('\u{feff}'))),
        Vec::<String>::new(),
        "{}",
        file.display()
    );
}

#[test]
fn it_is_a_json_schema() {
    let schema = json_schema();
    jsonschema::meta::validate(&schema).expect("a valid JSON Schema");
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["title"], "envschema.toml");
    assert!(schema["$id"].as_str().is_some_and(|id| id.ends_with("/schema/json/envschema.schema.json")));
    let text = schema.to_string();
    assert!(!text.contains("null") && !text.contains("r#"), "{text}");
}

#[test]
fn it_takes_the_contracts_that_are_shipped() {
    files("../../schema", "toml").iter().for_each(|file| accepts(file));
}

#[test]
fn it_takes_every_valid_contract_of_the_tests() {
    files("tests/contracts/valid", "toml").iter().for_each(|file| accepts(file));
}

#[test]
fn it_takes_contracts_in_parts() {
    for case in ["merged", "diamond", "chain-with-names"] {
        files(&format!("tests/extends/{case}"), "toml").iter().for_each(|file| accepts(file));
    }
}

#[test]
fn it_refuses_what_the_decoder_refuses() {
    for prefix in ["unknown-key", "wrong-type"] {
        let cases = files("tests/contracts/invalid", "toml");
        for file in cases.iter().filter(|file| name(file).starts_with(prefix)) {
            let text = std::fs::read_to_string(file).expect("a contract");
            // An integer beyond 64 bits cannot be said in JSON Schema, nor read by this TOML reader.
            let Ok(contract) = toml::from_str::<Value>(&text) else { continue };
            assert_ne!(judge(&contract), Vec::<String>::new(), "{}", file.display());
        }
    }
}

#[test]
fn it_knows_the_words() {
    let cases = [
        (json!({ "schema": { "name": "a" }, "vars": { "A-B": {} } }), "does not match"),
        (json!({ "schema": { "name": "a", "kind": "stack" } }), "\"stack\" is not one of"),
        (
            json!({ "schema": { "name": "a", "kind": "pulumi-config" } }),
            "\"namespace\" is a required property",
        ),
        (json!({ "schema": { "name": "a", "namespace": "b" } }), "False schema"),
        (
            json!({ "schema": { "name": "a", "kind": "pulumi-config", "namespace": "b" }, "vars": { "a b": {} } }),
            "does not match",
        ),
        (json!({ "schema": { "name": "a" }, "vars": { "A": { "type": "int" } } }), "\"int\" is not one of"),
        (
            json!({ "schema": { "name": "a" }, "vars": { "A": { "items": "list" } } }),
            "\"list\" is not one of",
        ),
        (json!({ "schema": { "name": "a" }, "vars": { "A": { "visibility": "x" } } }), "\"x\" is not one of"),
        (
            json!({ "schema": { "name": "a" }, "environments": { "e": { "guard": "x" } } }),
            "\"x\" is not one of",
        ),
        (json!({ "schema": { "name": "a" }, "profiles": { "p": { "others": "x" } } }), "\"x\" is not one of"),
        (json!({ "schema": { "name": "a" }, "groups": [{ "title": "A" }] }), "\"id\" is a required property"),
    ];
    for (contract, expected) in cases {
        let errors = judge(&contract).join("\n");
        assert!(errors.contains(expected), "{contract}: {errors}");
    }
}

/// Every key of a table, as the decoder itself lists them when it meets one that it does not know.
fn keys_of_decoder(toml: &str) -> BTreeSet<String> {
    let errors = Schema::parse("contract", toml).map(drop).expect_err("an unknown key");
    let unknown = errors.iter().find(|one| one.message.contains("zzzzzzzzzzzz")).expect("the unknown key");
    let help = unknown.help.as_deref().expect("the keys");
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn keys_of_schema(table: &Value) -> BTreeSet<String> {
    assert_eq!(table["additionalProperties"], false, "{table}");
    let properties = table["properties"].as_object().expect("properties");
    for (key, property) in properties {
        assert!(
            property["description"].as_str().is_some_and(|text| !text.is_empty()),
            "{key} is not described"
        );
    }
    properties.keys().cloned().collect()
}

#[test]
fn it_has_the_keys_of_the_decoder_and_no_others() {
    let schema = json_schema();
    let tables = [
        ("SchemaTable", "[schema]\nzzzzzzzzzzzz = 1"),
        ("EnvironmentTable", "[environments.e]\nzzzzzzzzzzzz = 1"),
        ("GroupTable", "[[groups]]\nzzzzzzzzzzzz = 1"),
        ("VariableTable", "[vars.A]\nzzzzzzzzzzzz = 1"),
        ("DeprecatedTable", "[vars.A]\ndeprecated = { zzzzzzzzzzzz = 1 }"),
        ("GenerateTable", "[vars.A]\ngenerate = { zzzzzzzzzzzz = 1 }"),
        ("RuleTable", "[[rules]]\nzzzzzzzzzzzz = 1"),
        ("RequiresTable", "[[rules]]\nrequires = { zzzzzzzzzzzz = 1 }"),
        ("ProfileTable", "[profiles.p]\nzzzzzzzzzzzz = 1"),
    ];
    for (table, toml) in tables {
        assert_eq!(keys_of_schema(&schema["$defs"][table]), keys_of_decoder(toml), "{table}");
    }
    assert_eq!(keys_of_schema(&schema), keys_of_decoder("zzzzzzzzzzzz = 1"));
    let mut override_keys = keys_of_decoder("[vars.A]\nzzzzzzzzzzzz = 1");
    override_keys.remove("on");
    assert_eq!(keys_of_schema(&schema["$defs"]["OverrideTable"]), override_keys);
    let defined: BTreeSet<&str> =
        schema["$defs"].as_object().expect("tables").keys().map(String::as_str).collect();
    let tables = defined.iter().filter(|name| name.ends_with("Table")).count();
    assert_eq!(tables, 10, "a table without a check above: {defined:?}");
}
