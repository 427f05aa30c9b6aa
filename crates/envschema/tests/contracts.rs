//! Contracts in files: those that are right, and those that are wrong with all that is told about them.

use std::collections::BTreeSet;

use envschema::{DiagnosticCode, Schema, SchemaErrors};

use crate::support::{Answers, files, name, read};

/// The mistakes of `tests/contracts/invalid/NAME.toml`.
fn errors(name: &str) -> SchemaErrors {
    let text = read(&format!("tests/contracts/invalid/{name}.toml"));
    Schema::parse(&format!("{name}.toml"), &text).map(drop).expect_err(name)
}

#[test]
fn what_is_wrong_is_told() {
    let mut answers = Answers::default();
    for path in files("tests/contracts/invalid", "toml") {
        answers.compare(&path.with_extension("txt"), &errors(&name(&path)).to_string());
    }
    answers.finish();
}

#[test]
fn every_code_occurs() {
    let mut seen = BTreeSet::new();
    for path in files("tests/contracts/invalid", "toml") {
        seen.extend(errors(&name(&path)).iter().map(|diagnostic| diagnostic.code));
    }
    let missing: Vec<_> = DiagnosticCode::ALL.iter().filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn what_is_right_is_taken() {
    for path in files("tests/contracts/valid", "toml") {
        let name = name(&path);
        let text = read(&format!("tests/contracts/valid/{name}.toml"));
        if let Err(errors) = Schema::parse(&format!("{name}.toml"), &text) {
            panic!("{errors}");
        }
    }
}
