//! Standard streams that are closed or full: the answer stays the answer.

use std::fs::File;
use std::process::{Output, Stdio};

use envctl_testkit::TempProject;

use crate::support::program;

const CONTRACT: &str = "[schema]\nname = \"shop\"\n[vars.PORT]\ntype = \"port\"\nvisibility = \"plain\"\n";

fn project() -> TempProject {
    TempProject::new()
        .file("envschema.toml", CONTRACT)
        .file("good.env", "PORT=80\n")
        .file("bad.env", "PORT=eighty\n")
}

/// A pipe that nobody reads any more.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

fn run(project: &TempProject, arguments: &[&str], stdout: Stdio, stderr: Stdio) -> Output {
    let mut command = program("envctl");
    command.args(arguments).current_dir(project.path()).stdin(Stdio::null()).stdout(stdout).stderr(stderr);
    command.spawn().expect("envctl starts").wait_with_output().expect("envctl ends")
}

/// `envctl validate | head -0` with `pipefail` must not pass what is not valid.
#[test]
fn a_reader_that_has_enough_does_not_change_the_answer() {
    let project = project();
    let lines: [(&[&str], i32); 7] = [
        (&["validate", "--env-file", "good.env"], 0),
        (&["validate", "--env-file", "bad.env"], 1),
        (&["validate", "--env-file", "bad.env", "--json"], 1),
        (&["explain", "PORT"], 0),
        (&["export", "--env-file", "good.env"], 0),
        (&["schema", "json"], 0),
        (&["--help"], 0),
    ];
    for (arguments, exit) in lines {
        let output = run(&project, arguments, closed(), Stdio::piped());
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
    }
}

#[test]
fn closed_messages_do_not_change_the_answer() {
    let project = project();
    let lines: [(&[&str], i32); 5] = [
        (&["export", "--env-file", "bad.env"], 1),
        (&["export", "--env-file", "good.env", "--output", "out.env"], 0),
        (&["export", "--env-file", "good.env", "--format", "json", "--output", "out.env"], 6),
        (&["validate", "--env-file", "missing.env"], 2),
        (&["validate", "--unknown"], 2),
    ];
    for (arguments, exit) in lines {
        let output = run(&project, arguments, Stdio::piped(), closed());
        assert_eq!(output.status.code(), Some(exit), "{arguments:?}");
    }
    assert_eq!(project.read("out.env"), "PORT=80\n");
}

#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_written_is_a_failure() {
    let project = project();
    let full = || File::options().write(true).open("/dev/full").expect("Linux has it");
    for arguments in [&["validate", "--env-file", "good.env"][..], &["schema", "json"], &["config", "--json"]]
    {
        let output = run(&project, arguments, full().into(), Stdio::piped());
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(told, "error: cannot write the answer: the disk is full\n", "{arguments:?}");
    }
}
