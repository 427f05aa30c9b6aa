//! What was exported is read back by real readers, byte for byte. One file for each reader.

mod docker;
mod env_file;
mod fish;
mod github;
mod json;
mod kubernetes;
mod powershell;
mod pulumi;
#[cfg(unix)]
mod shells;
mod systemd;
mod terraform;
mod yaml;

use std::process::{Command, Output, Stdio};

use envctl::Exit;
use envctl_testkit::TempProject;
use proptest::prelude::*;

use crate::support::Inside;

/// Values that a careless writer breaks.
const AWKWARD: &[&str] = &[
    "",
    "plain",
    "two words",
    "'",
    "''",
    "it's",
    "\"",
    "'\"'\"'",
    "line\nbreak",
    "ends in a line break\n",
    "\n\nbegins with two",
    "$(touch x)",
    "`touch x`",
    "$HOME ${HOME} $$ $1",
    "$${HOME} $$${HOME} %{if} %%{if} %%%{if}",
    "back\\slash",
    "ends in a backslash\\",
    "\\\\",
    "\\n is no line break",
    "!history ! expansion!!",
    "# no comment",
    "a # no comment",
    "  spaces around  ",
    "\ttab\t",
    "carriage\rreturn",
    "ends in a carriage return\r",
    "windows\r\nlines\r\n",
    "é ü 漢字 🦀",
    "\u{2018}typographic\u{2019} \u{201a}quotes\u{201b} \u{201c}too\u{201d}",
    "e\u{301} is not composed",
    "\u{1b}[31mred",
    "*?[a-z]{b,c}~",
    "; touch x; |touch x &touch x",
    "-n",
    "=",
    "export X=1",
    "-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n",
    "\u{feff}mark",
    "\u{7f}\u{80}\u{85}\u{a0}\u{2028}\u{2029}",
    "\u{fdd0}\u{fffe}\u{ffff}\u{10ffff}\u{f601}\u{e000}",
    "no",
    "NULL",
    "~",
    "1e3",
    "0x1F",
    "0o17",
    "012",
    "1_000",
    "12:30:45",
    "2024-01-31",
    ".inf",
    "<<",
    "- list",
    "key: value",
    "{a: 1}",
    "[a]",
    "&anchor *alias !tag",
    "| block",
    "> folded",
    "%directive",
    "@at",
    "---",
    "...",
    "? complex",
    "::add-mask::x",
    "%0A %25",
];

fn awkward() -> Vec<String> {
    AWKWARD.iter().map(ToString::to_string).collect()
}

/// Texts of every kind, most of them short, a few of up to 64 KiB.
fn any_value() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[^\0]{0,24}",
        8 => "['\"\\\\$`\n\r# =%{}<>:&*!|~.,-]{0,12}",
        1 => ("[^\0]{1,8}|['\"\\\\$`\n%{ ]{1,8}", 1_usize..8_000).prop_map(|(part, times)| {
            let most = 64 * 1024 / part.len();
            part.repeat(times.min(most))
        }),
    ]
}

fn any_values() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec(any_value(), 8..24)
}

/// Each case starts a program.
fn few_cases() -> ProptestConfig {
    ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() }
}

/// A project with one plain variable for each value, and the options that give the values.
fn project(values: &[String]) -> (TempProject, Vec<String>) {
    project_of("plain", values)
}

/// A project with one variable of this visibility for each value: V0, V1, ...
fn project_of(visibility: &str, values: &[String]) -> (TempProject, Vec<String>) {
    let project = TempProject::new();
    let mut contract = "[schema]\nname = \"awkward\"\n".to_owned();
    let mut options = Vec::new();
    for (index, value) in values.iter().enumerate() {
        contract.push_str(&format!("[vars.V{index}]\nvisibility = \"{visibility}\"\nallow_empty = true\n"));
        // A last line break is dropped when the file is read; after a carriage return it would be both.
        let end = if value.ends_with('\r') { "" } else { "\n" };
        project.write(&format!("value{index}"), format!("{value}{end}"));
        options.extend(["--set-from-file".to_owned(), format!("V{index}=value{index}")]);
    }
    project.write("envschema.toml", contract);
    (project, options)
}

fn run(project: &TempProject, line: &[&str], options: &[String]) -> (Exit, String, String) {
    let arguments = line.iter().map(ToString::to_string).chain(options.iter().cloned()).collect();
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    let (exit, output, messages) = inside.run();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(output), text(messages))
}

/// What `envctl export --format FORM` prints for those of the values that the form can hold, and which these are.
/// What it cannot hold has to be refused by name.
fn written(form: &str, values: &[String]) -> (String, Vec<String>) {
    written_of("plain", form, values)
}

fn written_of(visibility: &str, form: &str, values: &[String]) -> (String, Vec<String>) {
    let export = |values: &[String]| {
        let (project, options) = project_of(visibility, values);
        run(&project, &["envctl", "export", "--format", form], &options)
    };
    let (exit, text, messages) = export(values);
    if exit == Exit::Yes {
        return (text, values.to_vec());
    }
    let refused = |index: usize| messages.contains(&format!("error[unwritable] V{index} "));
    let kept: Vec<String> =
        (0..values.len()).filter(|&index| !refused(index)).map(|index| values[index].clone()).collect();
    assert!(kept.len() < values.len(), "{messages}");
    let (exit, text, messages) = export(&kept);
    assert_eq!(exit, Exit::Yes, "{messages}");
    (text, kept)
}

/// How many of the awkward values a form holds; the others are refused by name.
fn held(form: &str) -> usize {
    written(form, &awkward()).1.len()
}

/// Runs a reader to its end; none if it is not there, which must not go unnoticed where everything is tested.
fn reader(name: &str, command: &mut Command) -> Option<Output> {
    match command.stdin(Stdio::null()).output() {
        Ok(output) => Some(output),
        Err(_) => missing(name),
    }
}

/// What there is of a reader that is not there: nothing, and where everything is tested a failure.
pub(crate) fn missing<T>(reader: &str) -> Option<T> {
    assert!(!in_ci(), "{reader} has to be there, so that this test shows something");
    None
}

/// What a reader printed; it has to have ended well.
fn printed(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).expect("text")
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
pub(crate) fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}
