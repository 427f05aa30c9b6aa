//! YAML: `PyYAML` (version 1.1), and the packages `yaml` (1.1 and 1.2) and `js-yaml` (1.2) for Node.

use std::collections::BTreeMap;
use std::process::Command;

use envctl_testkit::TempProject;
use proptest::prelude::*;
use serde_json::Value;

use super::{any_values, awkward, few_cases, held, missing, printed, reader, written};
use crate::support::Inside;

/// Prints the documents of a file as JSON.
const PYTHON: &str = "\
import json, sys, yaml
text = open('exported.yaml', encoding='utf-8', newline='').read()
json.dump(list(yaml.safe_load_all(text)), sys.stdout)";

/// The same for each reader and version.
const NODE: &str = "\
const text = require('fs').readFileSync('exported.yaml', 'utf8');
const yaml = require('yaml'), js = require('js-yaml');
const all = (options) => yaml.parseAllDocuments(text, options).map((document) => {
  if (document.errors.length || document.warnings.length) throw document.errors[0] || document.warnings[0];
  return document.toJS();
});
process.stdout.write(JSON.stringify([all({version: '1.2'}), all({version: '1.1'}), js.loadAll(text)]))";

/// The documents as each reader reads them; those that are not there are left out.
pub(super) fn read(text: &str) -> Vec<(&'static str, Vec<Value>)> {
    let project = TempProject::new().file("exported.yaml", text);
    let mut found = Vec::new();
    // The first one on the path may not be the one that has the package.
    let python = ["python3", "/usr/bin/python3"].into_iter().find_map(|program| {
        let output = Command::new(program).args(["-c", PYTHON]).current_dir(project.path()).output().ok()?;
        Some(output).filter(|output| !String::from_utf8_lossy(&output.stderr).contains("No module named"))
    });
    match python {
        Some(output) => found.push(("PyYAML", serde_json::from_str(&printed(&output)).expect("JSON"))),
        None => drop(missing::<()>("Python with PyYAML")),
    }
    let mut node = Command::new("node");
    // Where Debian's packages for Node are.
    node.args(["-e", NODE]).env("NODE_PATH", "/usr/share/nodejs").current_dir(project.path());
    let output = reader("node", &mut node);
    match output.filter(|output| !String::from_utf8_lossy(&output.stderr).contains("MODULE_NOT_FOUND")) {
        Some(output) => {
            let read: Vec<Vec<Value>> = serde_json::from_str(&printed(&output)).expect("JSON");
            found.extend(["yaml 1.2", "yaml 1.1", "js-yaml"].into_iter().zip(read));
        }
        None => drop(missing::<()>("node with the packages `yaml` and `js-yaml`")),
    }
    found
}

fn check(values: &[String]) {
    let (text, kept) = written("yaml", values);
    assert_eq!(kept, values, "YAML holds everything");
    let wanted: Value = (0..).map(|index| format!("V{index}")).zip(kept).collect();
    for (reader, documents) in read(&text) {
        assert_eq!(documents, std::slice::from_ref(&wanted), "{reader}: {text}");
    }
}

#[test]
fn yaml_readers_read_awkward_values_back() {
    check(&awkward());
    check(&["\0".to_owned(), "a\0b".to_owned()]);
    assert_eq!(held("yaml"), awkward().len());
}

#[test]
fn names_that_yaml_takes_for_something_else_stay_names() {
    let names =
        ["NO", "Yes", "on", "OFF", "y", "N", "True", "NULL", "null", "_", "_1", "E1", "e_1", "x1F", "o17"];
    let project = TempProject::new();
    let mut contract = "[schema]\nname = \"names\"\n".to_owned();
    for name in names {
        contract.push_str(&format!("[vars.{name}]\nvisibility = \"plain\"\ndefault = \"1\"\n"));
    }
    project.write("envschema.toml", contract);
    let arguments = ["envctl", "export", "--format", "yaml"].map(str::to_owned).to_vec();
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    let (exit, text, messages) = inside.run();
    let text = String::from_utf8(text).expect("text");
    assert_eq!(exit, envctl::Exit::Yes, "{}", String::from_utf8_lossy(&messages));
    let wanted: BTreeMap<_, _> = names.iter().map(|name| (*name, "1")).collect();
    for (reader, documents) in read(&text) {
        assert_eq!(documents, [serde_json::json!(wanted)], "{reader}: {text}");
    }
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn yaml_readers_read_anything_back(values in any_values()) {
        check(&values);
    }
}
