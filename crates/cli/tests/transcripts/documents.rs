//! Reports in the formats of others are what their schemas say.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use super::case::Run;
use crate::read_back::missing;
use crate::support::words;

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests").join(path)
}

static SARIF: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = fs::read_to_string(data("sarif/sarif-schema-2.1.0.json")).expect("the schema of SARIF");
    // A bracket too many in the pattern of a language, which no report has: not every engine takes it for a character.
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}$");
    let schema = serde_json::from_str(&text).expect("JSON");
    jsonschema::options().should_validate_formats(true).build(&schema).expect("a valid schema")
});

/// Checks the output of a command that was asked for SARIF or `JUnit`.
///
/// # Panics
///
/// When it is not of the format.
pub(super) fn check(name: &str, run: &Run, stdout: &str) {
    let line = words(&run.line);
    let format = line.iter().skip_while(|word| *word != "--format").nth(1);
    match format.map(String::as_str) {
        Some("sarif") if run.exit <= 1 => assert_sarif(&format!("`{}` in {name}", run.line), stdout),
        Some("junit") if run.exit <= 1 => assert_junit(&format!("`{}` in {name}", run.line), stdout),
        _ => {}
    }
}

/// # Panics
///
/// When the text is not what the official schema of SARIF 2.1.0 describes.
pub(crate) fn assert_sarif(place: &str, text: &str) {
    let printed = serde_json::from_str(text).unwrap_or_else(|error| panic!("{place}: {error}"));
    let problems: Vec<_> =
        SARIF.iter_errors(&printed).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(problems.is_empty(), "{place} is no SARIF: {problems:#?}");
}

/// # Panics
///
/// When the text is not what the XML Schema of `JUnit` describes, if `xmllint` is there to tell.
pub(crate) fn assert_junit(place: &str, text: &str) {
    let mut command = Command::new("xmllint");
    command.args(["--noout", "--nonet", "--schema"]).arg(data("junit/junit-10.xsd")).arg("-");
    let started = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn();
    let Some(mut child) = started.ok().or_else(|| missing("xmllint")) else { return };
    child.stdin.take().expect("a pipe").write_all(text.as_bytes()).expect("xmllint reads all");
    let output = child.wait_with_output().expect("xmllint ends");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{place} is no JUnit XML: {told}\n{text}");
}
