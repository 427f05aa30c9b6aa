//! JSON that a command prints is what `schema/json` says.

use std::fs;
use std::path::Path;

use super::case::Run;
use crate::support::words;

/// The commands that print JSON; of those that have words in common, the longer first.
const COMMANDS: [&str; 14] = [
    "vault-recipients",
    "vault-list",
    "vault-get",
    "validate",
    "status",
    "explain",
    "get",
    "diff",
    "stack-config",
    "schema-check",
    "config",
    "scan",
    "lint",
    "sync",
];

/// Compares the output of a command that was asked for JSON with the published schema.
///
/// # Panics
///
/// When it is no JSON, or other JSON than described.
pub(super) fn check(name: &str, run: &Run) {
    let line = words(&run.line);
    let is = |wanted: &str| line.iter().any(|word| word == wanted);
    // An export is an object of the contract's own names.
    let exports = is("export") || is("envctl-export");
    // Of a contract with mistakes, JSON tells them.
    let tells_mistakes = is("schema") && is("check");
    if exports || (run.exit > 1 && !tells_mistakes) || !(is("--json") || (is("--format") && is("json"))) {
        return;
    }
    let command = COMMANDS
        .into_iter()
        .find(|command| command.split('-').all(is) || is(&format!("envctl-{command}")))
        .unwrap_or_else(|| panic!("{name}: `{}` prints JSON that no schema describes", run.line));
    let printed = serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{name}: {error}"));
    let schema = schema(command);
    let problems: Vec<_> = jsonschema::validator_for(&schema)
        .expect("a valid schema")
        .iter_errors(&printed)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{name}: `{}` breaks its schema: {problems:#?}", run.line);
}

fn schema(command: &str) -> serde_json::Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../schema/json/{command}.schema.json"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Published schemas say what every property means, and leave no room for undescribed ones.
#[test]
fn schemas_describe_every_property() {
    for command in COMMANDS {
        let schema = schema(command);
        assert!(jsonschema::meta::is_valid(&schema), "{command}");
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        described(command, &schema);
    }
}

fn described(place: &str, schema: &serde_json::Value) {
    match schema {
        serde_json::Value::Object(parts) => {
            if let Some(properties) = parts.get("properties").and_then(serde_json::Value::as_object) {
                for (name, property) in properties {
                    let described = property.get("description").is_some() || property.get("const").is_some();
                    assert!(described, "{place}/{name} has no description");
                }
            }
            for (name, part) in parts {
                described(&format!("{place}/{name}"), part);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| described(place, item)),
        _ => {}
    }
}
