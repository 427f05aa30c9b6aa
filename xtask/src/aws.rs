//! `aws`: installs the stand-in for AWS that tests call; and the check that it is one.

use std::process::{Command, Stdio};

use crate::installed::{self, Set};
use crate::{Failure, Task, process, workspace};

/// The task that installs.
pub const TASK: Task = Task {
    name: "aws",
    usage: "",
    about: "installs the stand-in for AWS that tests call, under target/aws",
    run: |args| {
        args.end()?;
        installed::install(SETS)
    },
};

/// What is installed.
pub const SETS: &[Set] = &[Set {
    name: "aws",
    folder: "target/aws",
    source: "tests/aws",
    files: &["requirements.txt"],
    program: "python3",
    install: installed::python,
}];

/// Installs the stand-in, and checks that it keeps what a sync depends on of AWS.
///
/// # Errors
/// Those of [`installed::install`]; [`Failure::Command`] if a check does not hold: it has said which.
pub fn check() -> Result<(), Failure> {
    installed::install(SETS)?;
    let python = workspace::root().join("target/aws/bin/python3");
    if !python.exists() {
        return Ok(());
    }
    let mut command = Command::new(python);
    command.args(["-B", "check.py"]).current_dir(workspace::root().join("tests/aws")).stdin(Stdio::null());
    process::run(&mut command)
}
