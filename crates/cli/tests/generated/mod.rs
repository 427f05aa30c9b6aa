//! What `envctl generate` writes is read by real readers.

mod env_example;
mod json_schema;
mod markdown;
mod rust;
mod typescript;

use std::fs;
use std::path::{Path, PathBuf};

use envctl::Exit;
use envschema::{Schema, SourceText};

use crate::support::Inside;
use crate::transcripts::update;

/// The contracts of environments, by name.
const CONTRACTS: &[&str] = &[
    "schema/proliferate.toml",
    "schema/tally.toml",
    "schema/dome.toml",
    "crates/cli/tests/generated/types.toml",
];

/// Those of stacks.
const STACKS: &[&str] =
    &["schema/proliferate.stack.toml", "schema/tally.stack.toml", "schema/dome.stack.toml"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `schema/tally.stack.toml` as `tally_stack`.
fn name(contract: &str) -> String {
    let file = contract.rsplit('/').next().unwrap_or(contract);
    file.trim_end_matches(".toml").replace('.', "_")
}

/// What is generated of a contract.
fn generated(form: &str, contract: &str) -> String {
    generated_with(form, &["--schema", contract])
}

fn generated_with(form: &str, options: &[&str]) -> String {
    let arguments = ["envctl", "generate", form].iter().chain(options).map(ToString::to_string).collect();
    let (exit, output, messages) = Inside { folder: root(), arguments, ..Inside::default() }.run();
    assert_eq!(exit, Exit::Yes, "{form} {options:?}: {}", String::from_utf8_lossy(&messages));
    String::from_utf8(output).expect("text")
}

fn schema(contract: &str) -> Schema {
    let text = fs::read_to_string(root().join(contract)).expect("a contract");
    let folder = root().join(contract);
    let mut find = |_: &str, path: &str| {
        let text = fs::read_to_string(folder.with_file_name(path)).map_err(|error| error.to_string())?;
        Ok(SourceText::new(path, &text))
    };
    Schema::read(contract, &text, &mut find).unwrap_or_else(|errors| panic!("{errors}"))
}

/// A committed file that follows from a contract. `UPDATE=1` writes it.
fn assert_fresh(path: &str, text: &str) {
    let path = root().join(path);
    let now = fs::read_to_string(&path).unwrap_or_default();
    if update() {
        fs::write(&path, text).expect("a writable file");
    } else {
        assert!(now == text, "{} is stale; UPDATE=1 writes it", path.display());
    }
}
