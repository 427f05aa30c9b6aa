//! The runner of GitHub Actions: its documented rules for `$GITHUB_ENV` and for commands in the log, written anew.

use std::collections::{BTreeMap, BTreeSet};

use envctl::Exit;
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, project, project_of};
use crate::support::Inside;

/// The variables of an environment file. Lines end with a line feed. A line is `NAME=VALUE`, or `NAME<<DELIMITER`,
/// whose value goes on until a line that is the delimiter and nothing else.
fn read(text: &str) -> BTreeMap<String, String> {
    let mut read = BTreeMap::new();
    let mut lines = text.split_inclusive('\n');
    while let Some(line) = lines.next() {
        let line = line.strip_suffix('\n').unwrap_or(line);
        if line.is_empty() {
            continue;
        }
        let (equals, here) = (line.find('='), line.find("<<"));
        if let Some(equals) = equals.filter(|equals| here.is_none_or(|here| *equals < here)) {
            read.insert(line[..equals].to_owned(), line[equals + 1..].to_owned());
            continue;
        }
        let (name, delimiter) = line.split_once("<<").expect("a name and a delimiter");
        let mut value = String::new();
        loop {
            let line = lines.next().expect("the delimiter");
            if line.strip_suffix('\n').unwrap_or(line) == delimiter {
                break;
            }
            value.push_str(line);
        }
        value.pop();
        read.insert(name.to_owned(), value);
    }
    read
}

/// What the runner masks from now on.
fn masks(output: &str) -> BTreeSet<String> {
    output
        .split_terminator('\n')
        .map(|line| {
            let data = line.strip_prefix("::add-mask::").expect("only masks are printed");
            data.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
        })
        .collect()
}

/// What is in the file and in the log after an export with these values.
fn export(visibility: &str, values: &[String], before: &str) -> (Exit, String, String, String) {
    let (project, options) = project_of(visibility, values);
    project.write("runner/env", before);
    let line = ["envctl", "export", "--format", "github"].map(str::to_owned);
    let file = project.join("runner/env").display().to_string();
    let inside = Inside {
        folder: project.path().to_owned(),
        arguments: line.into_iter().chain(options).collect(),
        environment: vec![("GITHUB_ENV".to_owned(), file)],
        ..Inside::default()
    };
    let (exit, output, messages) = inside.run();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, project.read("runner/env"), text(output), text(messages))
}

fn check(visibility: &str, values: &[String]) {
    let kept: Vec<String> = values.iter().filter(|value| !value.ends_with('\r')).cloned().collect();
    let (exit, file, output, messages) = export(visibility, &kept, "BEFORE=1");
    assert_eq!(exit, Exit::Yes, "{messages}");
    let mut wanted: BTreeMap<String, String> =
        kept.iter().enumerate().map(|(index, value)| (format!("V{index}"), value.clone())).collect();
    wanted.insert("BEFORE".to_owned(), "1".to_owned());
    assert_eq!(read(&file), wanted, "{file}");
    let masked = masks(&output);
    if visibility == "plain" {
        assert!(masked.is_empty());
        return;
    }
    for value in kept.iter().filter(|value| !value.trim().is_empty()) {
        assert!(masked.contains(value), "{value:?} is masked");
        for line in value.split(['\r', '\n']).filter(|line| !line.trim().is_empty()) {
            assert!(masked.contains(line), "{line:?} is masked");
        }
    }
}

#[test]
fn the_runner_reads_awkward_values_back() {
    check("plain", &awkward());
    check("secret", &no_placeholders(awkward()));
}

#[test]
fn what_ends_in_a_carriage_return_is_refused_and_nothing_is_written() {
    let (exit, file, output, messages) = export("secret", &["kept".to_owned(), "x\r".to_owned()], "");
    assert_eq!((exit, file.as_str(), output.as_str()), (Exit::No, "", ""));
    assert!(messages.contains("error[unwritable] V1 cannot be set for the later steps"), "{messages}");
}

#[test]
fn a_delimiter_is_drawn_for_each_run_and_ends_no_value_by_chance() {
    // The randomness of tests counts: this is what it draws.
    let drawn = "ENVCTL_000102030405060708090a0b0c0d0e0f";
    let (exit, file, ..) = export("plain", &["x".to_owned()], "");
    assert_eq!((exit, file.as_str()), (Exit::Yes, format!("V0<<{drawn}\nx\n{drawn}\n").as_str()));
    let (exit, file, _, messages) = export("plain", &[format!("x\n{drawn}\nEVIL=1")], "");
    assert_eq!((exit, file.as_str()), (Exit::No, ""));
    assert!(messages.contains("the line that was to end it"), "{messages}");
}

#[test]
fn what_stands_in_the_file_stays() {
    let (_, file, ..) = export("plain", &["x".to_owned()], "A=1\n");
    assert!(file.starts_with("A=1\nV0<<"), "{file}");
    let (_, file, ..) = export("plain", &["x".to_owned()], "A=1");
    assert!(file.starts_with("A=1\nV0<<"), "{file}");
}

#[test]
fn it_is_told_how_much_was_set_and_nothing_of_it() {
    let secret = "a secret that is in no message";
    let (_, file, output, messages) = export("secret", &[secret.to_owned(), "another one".to_owned()], "");
    assert!(file.contains(secret) && output.starts_with(&format!("::add-mask::{secret}\n")));
    assert_eq!(messages, "2 variables set for the later steps of this job\n");
}

#[test]
fn what_is_no_file_is_told() {
    let (project, options) = project(&["x".to_owned()]);
    let line = ["envctl", "export", "--format", "github"].map(str::to_owned);
    let inside = Inside {
        folder: project.path().to_owned(),
        arguments: line.into_iter().chain(options).collect(),
        environment: vec![("GITHUB_ENV".to_owned(), ".".to_owned())],
        ..Inside::default()
    };
    let (exit, output, messages) = inside.run();
    assert_eq!((exit, output.as_slice()), (Exit::Usage, b"".as_slice()));
    let messages = String::from_utf8(messages).expect("text");
    assert_eq!(messages, "error: cannot write .: is a directory\nhelp: give the path of a file\n");
}

#[test]
fn another_file_can_be_asked_for() {
    let (project, options) = project(&["x".to_owned()]);
    let line = ["envctl", "export", "--format", "github", "--output", "env"].map(str::to_owned);
    let arguments = line.into_iter().chain(options).collect();
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    assert_eq!(inside.run().0, Exit::Yes);
    assert_eq!(read(&project.read("env"))["V0"], "x");
}

/// Secrets that look like placeholders count as unset.
pub(super) fn no_placeholders(values: Vec<String>) -> Vec<String> {
    values.into_iter().map(|value| format!("s{value}s")).collect()
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn the_runner_reads_anything_back(values in any_values()) {
        check("plain", &values);
        check("secret", &no_placeholders(values));
    }
}
