//! What needs a cloud, handed to the program that has one: the same command line with the SDK of the cloud linked in.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::edge::{Edge, HANDED_OVER, program, was_handed_over};

/// The program that has the cloud linked in.
const PROGRAM: &str = "envctl-cloud";

/// The program, beside this one or on the PATH; never this one itself under another name.
fn find(edge: &Edge) -> Option<PathBuf> {
    if was_handed_over() {
        return None;
    }
    let beside = program().as_deref().and_then(Path::parent).map(|folder| folder.join(PROGRAM));
    let path = edge.environment.get_os("PATH").map(std::env::split_paths);
    let on_path =
        path.into_iter().flatten().filter(|folder| folder.is_absolute()).map(|folder| folder.join(PROGRAM));
    let itself = program().and_then(|program| program.canonicalize().ok());
    let is_other = |found: &PathBuf| found.canonicalize().ok() != itself;
    beside.into_iter().chain(on_path).find(|program| is_executable(program) && is_other(program))
}

/// Becomes the program, with the same arguments; `command` goes before them if this program has only that one. Comes back
/// if there is no such program, or if it cannot be run.
pub(crate) fn hand_over(
    edge: &Edge,
    arguments: &[OsString],
    command: Option<&str>,
) -> Option<std::io::Error> {
    let program = find(edge)?;
    let arguments =
        command.map(OsStr::new).into_iter().chain(arguments.iter().skip(1).map(OsString::as_os_str));
    Some(become_program(&program, arguments, edge))
}

#[cfg(unix)]
fn is_executable(program: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    program.metadata().is_ok_and(|about| about.is_file() && about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(program: &Path) -> bool {
    program.is_file()
}

#[cfg(unix)]
fn become_program<'a>(
    program: &Path,
    arguments: impl Iterator<Item = &'a OsStr>,
    edge: &Edge,
) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    let mut command = std::process::Command::new(program);
    command.args(arguments).env_clear().envs(edge.environment.iter()).env(HANDED_OVER, "1");
    command.exec()
}

#[cfg(not(unix))]
fn become_program<'a>(
    program: &Path,
    arguments: impl Iterator<Item = &'a OsStr>,
    edge: &Edge,
) -> std::io::Error {
    let mut command = std::process::Command::new(program);
    match command.args(arguments).env_clear().envs(edge.environment.iter()).env(HANDED_OVER, "1").status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
