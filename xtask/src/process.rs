//! Running another program: its failure names the whole command.

use std::process::{Command, ExitStatus, Output, Stdio};

use crate::Failure;

/// `cargo` in the root of the workspace, with these arguments and without standard input.
#[must_use]
pub fn cargo(args: &[&str]) -> Command {
    let mut command = Command::new("cargo");
    command.args(args).current_dir(crate::workspace::root()).stdin(Stdio::null());
    command
}

/// Runs a program that prints for itself.
///
/// # Errors
/// [`Failure::Start`] if it cannot be started, [`Failure::Command`] if it ends with an error.
pub fn run(command: &mut Command) -> Result<(), Failure> {
    let status = command.status().map_err(|source| Failure::Start { command: shown(command), source })?;
    success(command, status)
}

/// Runs a program and takes what it writes to standard output; its messages go through.
///
/// # Errors
/// [`Failure::Start`] if it cannot be started, [`Failure::Command`] if it ends with an error.
pub fn output(command: &mut Command) -> Result<String, Failure> {
    let Output { status, stdout, .. } = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| Failure::Start { command: shown(command), source })?;
    success(command, status)?;
    Ok(String::from_utf8_lossy(&stdout).into_owned())
}

/// Whether a program can be started at all.
#[must_use]
pub fn exists(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok()
}

/// The command as a person would type it.
#[must_use]
pub fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn success(command: &Command, status: ExitStatus) -> Result<(), Failure> {
    if status.success() {
        return Ok(());
    }
    Err(Failure::Command { command: shown(command), status: status.to_string() })
}
