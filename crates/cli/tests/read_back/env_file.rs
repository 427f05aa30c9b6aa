//! Env files: our own reader and Node's.

use std::process::{Command, Stdio};

use envctl::Exit;
use envctl_testkit::TempProject;
use proptest::prelude::*;

use super::{awkward, json, missing, project, run, written};

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
    Ok(json::values(&text, values.len()))
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
        .filter(|output| output.status.code() != Some(9))
        .or_else(|| missing("node 20.6 or newer"))?;
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(serde_json::from_slice(&output.stdout).expect("a list of texts"))
}

fn check_with_node(values: &[String]) {
    let (text, kept) = written("dotenv", values);
    if let Some(read) = read_by_node(&text, kept.len()) {
        assert_eq!(read, kept, "{text}");
    }
}

#[test]
fn node_reads_awkward_values_back() {
    check_with_node(&awkward());
}

#[test]
fn an_env_file_is_read_back_or_refused_by_name() {
    let values = awkward();
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
