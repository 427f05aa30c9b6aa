//! systemd's own library, asked by the calls that its service manager makes for `EnvironmentFile=`.

use std::path::{Path, PathBuf};
use std::process::Command;

use envctl_dotenv::Dialect;

use super::{Driver, Real, folder, random_files_are_read_alike, written_values_come_back};

const SYSTEMD: Real =
    Real { name: "systemd", dialect: Dialect::Systemd, batch: 200, driver: Driver::Program(systemd) };

#[test]
fn systemd_reads_back_what_is_written_for_it() {
    written_values_come_back(&SYSTEMD);
}

#[test]
fn systemd_reads_files_as_our_rules_do() {
    random_files_are_read_alike(&SYSTEMD, |_| None);
}

fn systemd() -> Option<Command> {
    let mut command = Command::new("python3");
    command.arg(folder().join("systemd.py")).arg(library()?);
    Some(command)
}

/// Its name ends in the version of systemd.
fn library() -> Option<PathBuf> {
    let folders = ["/usr/lib/systemd", "/usr/lib/x86_64-linux-gnu/systemd", "/lib/systemd"];
    let files = folders.iter().filter_map(|folder| Path::new(folder).read_dir().ok()).flatten().flatten();
    let is_library = |path: &PathBuf| {
        path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libsystemd-shared-"))
    };
    files.map(|file| file.path()).find(is_library)
}
