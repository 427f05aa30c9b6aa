//! What was exported is read back by real readers, byte for byte.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use envctl::Exit;
use envctl_testkit::TempProject;
use proptest::prelude::*;

use crate::support::Inside;

/// Values that a careless writer breaks.
const AWKWARD: &[&str] = &[
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
    "é ü 漢字 🦀",
    "\u{1b}[31mred",
    "*?[a-z]{b,c}~",
    "; touch x; |touch x &touch x",
    "-n",
    "=",
    "export X=1",
    "-----BEGIN KEY-----\nMIIB\n-----END KEY-----\n",
    "\u{feff}mark",
    "\u{7f}\u{80}",
];

/// A project with one variable for each value, and the options that give the values.
fn project(values: &[String]) -> (TempProject, Vec<String>) {
    let project = TempProject::new();
    let mut contract = "[schema]\nname = \"awkward\"\n".to_owned();
    let mut options = Vec::new();
    for (index, value) in values.iter().enumerate() {
        contract.push_str(&format!("[vars.V{index}]\nvisibility = \"plain\"\nallow_empty = true\n"));
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

/// What a shell has in V0, V1, ... after it read the text.
fn read_by_shell(shell: &str, project: &TempProject, text: &str, count: usize) -> Option<Vec<String>> {
    project.write("exported.sh", text);
    let names: String = (0..count).map(|index| format!(" \"$V{index}\"")).collect();
    let output = Command::new(shell)
        .args(["-c", &format!(". ./exported.sh; printf '%s\\0'{names}")])
        .current_dir(project.path())
        .stdin(Stdio::null())
        .output()
        .ok()?;
    assert!(output.status.success(), "{shell}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{shell}");
    let read = String::from_utf8(output.stdout).expect("text");
    Some(read.split_terminator('\0').map(str::to_owned).collect())
}

#[cfg(unix)]
#[test]
fn shells_read_awkward_values_back() {
    let values: Vec<String> = AWKWARD.iter().map(ToString::to_string).collect();
    let (project, options) = project(&values);
    let (exit, text, _) = run(&project, &["envctl", "export", "--format", "shell"], &options);
    assert_eq!(exit, Exit::Yes);
    assert!(read_by_shell("sh", &project, &text, values.len()).is_some(), "every Unix has `sh`");
    for shell in ["sh", "bash", "dash", "zsh", "ksh", "busybox-sh"] {
        if let Some(read) = read_by_shell(shell, &project, &text, values.len()) {
            assert_eq!(read, values, "{shell}");
        }
    }
    assert!(!project.join("x").exists(), "nothing in a value was carried out");
}

#[test]
fn json_holds_awkward_values() {
    let values: Vec<String> = AWKWARD.iter().map(ToString::to_string).collect();
    let (project, options) = project(&values);
    let (exit, text, _) = run(&project, &["envctl", "export", "--format", "json"], &options);
    assert_eq!(exit, Exit::Yes);
    assert_eq!(json_values(&text, values.len()), values);
}

fn json_values(text: &str, count: usize) -> Vec<String> {
    let read: BTreeMap<String, String> = serde_json::from_str(text).expect("JSON of texts");
    (0..count).map(|index| read[&format!("V{index}")].clone()).collect()
}

/// Writes an env file and reads it again; gives the names that were refused instead, if any were.
fn through_env_file(values: &[String]) -> Result<Vec<String>, Vec<String>> {
    let (project, options) = project(values);
    let (exit, text, messages) = run(&project, &["envctl", "export"], &options);
    if exit == Exit::No {
        let refused = messages.lines().filter_map(|line| line.trim().strip_prefix("error[unwritable] "));
        return Err(refused.map(|line| line.split(' ').next().expect("a name").to_owned()).collect());
    }
    assert_eq!(exit, Exit::Yes, "{messages}");
    project.write("exported.env", text);
    let line = ["envctl", "export", "--format", "json", "--env-file", "exported.env"];
    let (exit, text, messages) = run(&project, &line, &[]);
    assert_eq!((exit, messages.as_str()), (Exit::Yes, ""));
    Ok(json_values(&text, values.len()))
}

/// The env file with those of the values that have a portable spelling, and which these are.
fn portable(values: &[String]) -> (String, Vec<String>) {
    let export = |values: &[String]| {
        let (project, options) = project(values);
        run(&project, &["envctl", "export"], &options)
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

/// What node has in V0, V1, ... of an env file; none without a node that reads one.
fn read_by_node(text: &str, count: usize) -> Option<Vec<String>> {
    let project = TempProject::new().file("exported.env", text);
    let names: Vec<_> = (0..count).map(|index| format!("process.env.V{index}")).collect();
    let output = Command::new("node")
        .args(["--env-file=exported.env", "-e"])
        .arg(format!("process.stdout.write(JSON.stringify([{}]))", names.join(", ")))
        .current_dir(project.path())
        .env_remove("NODE_OPTIONS")
        .stdin(Stdio::null())
        .output()
        .ok()
        // One before 20.6 does not know the option.
        .filter(|output| output.status.code() != Some(9))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("a list of texts"))
}

fn check_with_node(values: &[String]) {
    let (text, kept) = portable(values);
    match read_by_node(&text, kept.len()) {
        Some(read) => assert_eq!(read, kept, "{text}"),
        None => assert!(!in_ci(), "node 20.6 or newer has to be there, so that this test shows something"),
    }
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
fn in_ci() -> bool {
    std::env::var_os("CI").is_some()
}

#[test]
fn node_reads_awkward_values_back() {
    let values: Vec<String> = AWKWARD.iter().map(ToString::to_string).collect();
    check_with_node(&values);
}

#[test]
fn an_env_file_is_read_back_or_refused_by_name() {
    let values: Vec<String> = AWKWARD.iter().map(ToString::to_string).collect();
    let refused = through_env_file(&values).expect_err("some of them have no portable spelling");
    let kept: Vec<String> = (0..values.len())
        .filter(|index| !refused.contains(&format!("V{index}")))
        .map(|index| values[index].clone())
        .collect();
    assert!(kept.len() > 15, "most can be written: {refused:?} cannot");
    assert_eq!(through_env_file(&kept), Ok(kept));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[cfg(unix)]
    #[test]
    fn shells_read_anything_back(values in proptest::collection::vec("[^\0]{0,24}|['\"\\\\$`\n ]{0,12}", 1..8)) {
        let (project, options) = project(&values);
        let (exit, text, _) = run(&project, &["envctl", "export", "--format", "shell"], &options);
        prop_assert_eq!(exit, Exit::Yes);
        let read = read_by_shell("sh", &project, &text, values.len());
        prop_assert_eq!(read, Some(values));
    }

    #[test]
    fn env_files_hold_what_they_do_not_refuse(values in proptest::collection::vec("[^\0]{0,24}|['\"\\\\$`\n# =]{0,12}", 1..8)) {
        if let Ok(read) = through_env_file(&values) {
            prop_assert_eq!(read, values);
        }
    }
}

proptest! {
    // Each case starts a program.
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn node_reads_what_is_not_refused(values in proptest::collection::vec("[^\0]{0,24}|['\"\\\\$`\n# =]{0,12}", 8..24)) {
        check_with_node(&values);
    }
}
