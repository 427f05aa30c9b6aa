//! The contracts of `schema` with all that a stack and files give: each variable has the value that the facts in
//! `tests` say, in each environment.

mod dome;
mod tally;

use std::fs;
use std::path::Path;

use envschema::{Schema, SourceText};
use serde_json::Value;

fn read(relative: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(relative);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn facts(system: &str) -> Value {
    serde_json::from_str(&read(&format!("tests/{system}/facts.json"))).expect("the facts are JSON")
}

fn schema(file: &str) -> Schema {
    let text = |file: &str| read(&format!("schema/{file}"));
    Schema::read(file, &text(file), &mut |_, path| Ok(SourceText::new(path, &text(path))))
        .unwrap_or_else(|errors| panic!("{errors}"))
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
