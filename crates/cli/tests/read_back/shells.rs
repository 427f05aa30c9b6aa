//! POSIX shells.

use std::process::{Command, Stdio};

use envctl::Exit;
use envctl_testkit::TempProject;
use proptest::prelude::*;

use super::{any_values, awkward, few_cases, project, run};

/// What a shell has in V0, V1, ... after it read the text.
fn read(shell: &str, project: &TempProject, text: &str, count: usize) -> Option<Vec<String>> {
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

#[test]
fn shells_read_awkward_values_back() {
    let values = awkward();
    let (project, options) = project(&values);
    let (exit, text, _) = run(&project, &["envctl", "export", "--format", "shell"], &options);
    assert_eq!(exit, Exit::Yes);
    assert!(read("sh", &project, &text, values.len()).is_some(), "every Unix has `sh`");
    for shell in ["sh", "bash", "dash", "zsh", "ksh", "busybox-sh"] {
        if let Some(read) = read(shell, &project, &text, values.len()) {
            assert_eq!(read, values, "{shell}");
        }
    }
    assert!(!project.join("x").exists(), "nothing in a value was carried out");
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn shells_read_anything_back(values in any_values()) {
        let (project, options) = project(&values);
        let (exit, text, _) = run(&project, &["envctl", "export", "--format", "shell"], &options);
        prop_assert_eq!(exit, Exit::Yes);
        prop_assert_eq!(read("sh", &project, &text, values.len()), Some(values));
    }
}
