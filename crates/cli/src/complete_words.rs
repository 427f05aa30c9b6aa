//! Words that depend on those before them: the commands of `envctl man`, and the command of `envctl run`.

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::path::Path;

use clap_complete::engine::{CompletionCandidate, PathCompleter, ValueCompleter};

/// The commands below those that are named already.
pub(crate) struct CommandNames {
    pub(crate) all: clap::Command,
    /// The words before the one to complete.
    pub(crate) before: Vec<OsString>,
}

impl ValueCompleter for CommandNames {
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let named = self.before.iter().skip_while(|word| *word != "man").skip(1);
        let named = named.filter(|word| !word.to_string_lossy().starts_with('-'));
        let mut command = &self.all;
        for word in named {
            match command.find_subcommand(word) {
                Some(below) => command = below,
                None => return Vec::new(),
            }
        }
        let begins = |name: &&str| current.to_str().is_some_and(|current| name.starts_with(current));
        let names = command.get_subcommands().map(clap::Command::get_name);
        names.filter(|name| *name != "help").filter(begins).map(CompletionCandidate::new).collect()
    }
}

/// Programs and files.
pub(crate) struct Programs {
    /// The folders of programs, as `PATH` has them; empty where no program is asked for.
    pub(crate) path: OsString,
    pub(crate) files: PathCompleter,
}

impl ValueCompleter for Programs {
    fn complete(&self, current: &OsStr) -> Vec<CompletionCandidate> {
        let mut candidates = Vec::new();
        if let Some(current) = current.to_str().filter(|current| !current.contains('/')) {
            let folders = std::env::split_paths(&self.path).filter(|folder| folder.is_absolute());
            let names: BTreeSet<String> = folders.flat_map(|folder| programs(&folder, current)).collect();
            candidates.extend(names.into_iter().map(CompletionCandidate::new));
        }
        candidates.extend(self.files.complete(current));
        candidates
    }
}

/// The programs of a folder whose names begin so; none of one that cannot be read.
fn programs(folder: &Path, beginning: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let names = entries.flatten().filter_map(|entry| {
        let name = entry.file_name().into_string().ok()?;
        (name.starts_with(beginning) && is_program(&entry.path())).then_some(name)
    });
    names.collect()
}

fn is_program(path: &Path) -> bool {
    path.metadata().is_ok_and(|about| about.is_file() && may_be_run(&about))
}

#[cfg(unix)]
fn may_be_run(about: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    about.permissions().mode() & 0o111 != 0
}

#[cfg(not(unix))]
fn may_be_run(_: &std::fs::Metadata) -> bool {
    true
}
