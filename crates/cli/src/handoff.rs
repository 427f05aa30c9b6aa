//! What needs a cloud, handed to the program that has one: the same command line with the SDK of the cloud linked in.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use crate::edge::{Edge, program};

/// The program that has the cloud linked in.
const PROGRAM: &str = "envctl-cloud";

/// The program, beside this one or on the PATH.
fn find(edge: &Edge) -> Option<PathBuf> {
    let beside = program().as_deref().and_then(Path::parent).map(|folder| folder.join(PROGRAM));
    let path = edge.environment.get_os("PATH").map(std::env::split_paths);
    let on_path =
        path.into_iter().flatten().filter(|folder| folder.is_absolute()).map(|folder| folder.join(PROGRAM));
    beside.into_iter().chain(on_path).find(|program| program.is_file())
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
fn become_program<'a>(
    program: &Path,
    arguments: impl Iterator<Item = &'a OsStr>,
    edge: &Edge,
) -> std::io::Error {
    use std::os::unix::process::CommandExt;
    let mut command = std::process::Command::new(program);
    command.args(arguments).env_clear().envs(edge.environment.iter());
    command.exec()
}

#[cfg(not(unix))]
fn become_program<'a>(
    program: &Path,
    arguments: impl Iterator<Item = &'a OsStr>,
    edge: &Edge,
) -> std::io::Error {
    let mut command = std::process::Command::new(program);
    match command.args(arguments).env_clear().envs(edge.environment.iter()).status() {
        Ok(status) => std::process::exit(status.code().unwrap_or(1)),
        Err(error) => error,
    }
}
