//! `envctl export --output`: what becomes of a file that exists, with and without consent, and when writing fails.
#![cfg(target_os = "linux")]

mod again;
mod asked;
mod failing;
mod killed;
mod template;

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use envctl_testkit::TempProject;

use crate::support::program;

pub(crate) use failing::in_mounts;

const CONTRACT: &str = r#"
    [schema]
    name = "shop"
    [environments.prod]
    [vars.PORT]
    type = "port"
    visibility = "plain"
    default = 3000
    [vars.API_KEY]
    [vars.SESSION_SECRET]
    generate = "hex:16"
"#;

/// A file with a value that will change, and a value that is only in it.
const BEFORE: &str = "# The shop's\nPORT=80\nOTHER='canary-other-4b1d' # not of the contract\n";

/// A project whose `out.env` would change.
fn project() -> TempProject {
    TempProject::new()
        .file("envschema.toml", CONTRACT)
        .file(".env.prod", "API_KEY=canary-key-4b1d\nSESSION_SECRET=canary-session-4b1d\n")
        .file("out.env", BEFORE)
}

/// `envctl export` for prod.
fn export(project: &TempProject, options: &[&str]) -> Command {
    let mut command = program("envctl");
    command.args(["export", "-e", "prod"]).args(options).current_dir(project.path()).stdin(Stdio::null());
    command
}

/// The exit code and the messages.
fn ended(command: &mut Command) -> (Option<i32>, String) {
    let output = command.output().expect("envctl runs");
    (output.status.code(), String::from_utf8(output.stderr).expect("text"))
}

/// All that tells whether a file was touched: its bytes, its number, its mode and the time of its last change.
fn state(project: &TempProject, path: &str) -> (Vec<u8>, u64, u32, SystemTime) {
    let about = fs::metadata(project.join(path)).expect("a file");
    let bytes = fs::read(project.join(path)).expect("a file");
    (bytes, about.ino(), mode(project, path), about.modified().expect("a time"))
}

fn mode(project: &TempProject, path: &str) -> u32 {
    fs::metadata(project.join(path)).expect("a file").permissions().mode() & 0o7777
}

fn set_mode(project: &TempProject, path: &str, mode: u32) {
    fs::set_permissions(project.join(path), PermissionsExt::from_mode(mode)).expect("a file of ours");
}

/// The names of the new files that runs have left in a folder.
fn leftovers(project: &TempProject, folder: &str) -> Vec<String> {
    let entries = fs::read_dir(project.join(folder)).expect("a folder");
    let names = entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".envctl-")).collect()
}
