//! What git knows: which files it has and ignores, what is staged, and everything that was ever committed.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

use envctl_resolver::runner::{Command, RunError};
use zeroize::Zeroizing;

use crate::edge::Edge;
use crate::error::CliError;

use super::needles::Needles;
use super::objects::{Kind, Objects};
use super::own::OwnFiles;
use super::stream::Stream;
use super::{Found, Whence};

/// Variables that tell git where the repository is; in a hook they name the index that counts.
pub(super) const PASSED: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_CEILING_DIRECTORIES",
    "XDG_CONFIG_HOME",
];

/// Listing a long history takes its time, and its list is long.
const DEADLINE: Duration = Duration::from_secs(3600);
const LIMIT: usize = 1 << 30;

/// So much of an object's name is told.
const SHORT: usize = 12;

/// A repository, by a folder in it.
pub(super) struct Git {
    folder: PathBuf,
}

/// What git does with a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Tracked,
    Ignored,
    Untracked,
}

impl Git {
    /// The repository that a file or folder is in.
    pub(super) fn around(path: &Path) -> Option<Self> {
        let path = std::fs::canonicalize(path).ok()?;
        let folder = if path.is_dir() { path } else { path.parent()?.to_owned() };
        let is_in_one = folder.ancestors().any(|folder| folder.join(".git").exists());
        is_in_one.then_some(Self { folder })
    }

    /// The repository around the working folder, or the one that git's own variables name; `option` needs it.
    fn here(edge: &Edge, option: &'static str) -> Result<Self, CliError> {
        let folder = edge.absolute_folder();
        let is_in_one = edge.environment.get_os("GIT_DIR").is_some() || Self::around(&folder).is_some();
        if is_in_one { Ok(Self { folder }) } else { Err(CliError::NoRepository { option }) }
    }

    /// Files that git has although it is told to ignore them, in this folder and below.
    pub(super) fn tracked_and_ignored(&self, edge: &Edge, folder: &Path) -> Result<Vec<PathBuf>, CliError> {
        let listed = self
            .run_for_bytes(edge, &["ls-files", "-z", "--cached", "--ignored", "--exclude-standard"])
            .map_err(CliError::Git)?;
        let paths = listed.split(|byte| *byte == 0).filter(|path| !path.is_empty());
        Ok(paths.map(|path| folder.join(path_of(path))).filter(|path| path.is_file()).collect())
    }

    /// What git does with a file of the repository.
    pub(super) fn state_of(&self, edge: &Edge, path: &Path) -> Result<State, CliError> {
        let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let path = path.to_string_lossy();
        if !self.ask(edge, &["--literal-pathspecs", "ls-files", "-z", "--", &path])?.is_empty() {
            return Ok(State::Tracked);
        }
        match self.run(edge, &["check-ignore", "--quiet", "--", &path]) {
            Ok(_) => Ok(State::Ignored),
            Err(RunError::Failed { status: Some(1), .. }) => Ok(State::Untracked),
            Err(error) => Err(CliError::Git(error)),
        }
    }

    /// What the index is compared with: the last commit, or nothing before the first one.
    fn base(&self, edge: &Edge) -> Result<String, CliError> {
        match self.run(edge, &["rev-parse", "--verify", "--quiet", "HEAD^{tree}"]) {
            Ok(tree) => Ok(tree.trim().to_owned()),
            Err(RunError::Failed { status: Some(1), .. }) => {
                Ok(self.ask(edge, &["hash-object", "-t", "tree", "--stdin"])?.trim().to_owned())
            }
            Err(error) => Err(CliError::Git(error)),
        }
    }

    /// The first commit with each of these files as it is.
    fn first_commits<T>(
        &self,
        edge: &Edge,
        files: &[(String, String, T)],
    ) -> Result<HashMap<String, String>, CliError> {
        let wanted: HashSet<&str> = files.iter().map(|(object, ..)| object.as_str()).collect();
        let log = [
            "log",
            "--all",
            "--reverse",
            "--format=%H",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--no-show-signature",
            "-m",
            "--root",
        ];
        let log = self.ask(edge, &log)?;
        let mut first: HashMap<String, String> = HashMap::new();
        let mut commit = "";
        for line in log.lines() {
            match line.strip_prefix(':') {
                Some(change) => {
                    let object = change.split(' ').nth(3).filter(|object| wanted.contains(object));
                    if let Some(object) = object {
                        first.entry(object.to_owned()).or_insert_with(|| commit.to_owned());
                    }
                }
                None if !line.is_empty() => commit = line,
                None => {}
            }
        }
        Ok(first)
    }

    /// Where the top of the repository is from the working folder.
    fn top(&self, edge: &Edge) -> Result<Top, CliError> {
        let places = self.ask(edge, &["rev-parse", "--show-prefix", "--show-cdup"])?;
        let mut lines = places.lines().map(str::to_owned);
        Ok(Top { down: lines.next().unwrap_or_default(), up: lines.next().unwrap_or_default() })
    }

    fn ask(&self, edge: &Edge, arguments: &[&str]) -> Result<String, CliError> {
        self.run(edge, arguments).map_err(CliError::Git)
    }

    fn run(&self, edge: &Edge, arguments: &[&str]) -> Result<String, RunError> {
        Ok(String::from_utf8_lossy(&self.run_for_bytes(edge, arguments)?).into_owned())
    }

    fn run_for_bytes(&self, edge: &Edge, arguments: &[&str]) -> Result<Zeroizing<Vec<u8>>, RunError> {
        let command = Command::new("git")
            .args(["--no-optional-locks"].iter().chain(arguments).copied())
            .folder(&self.folder)
            .pass(PASSED)
            .deadline(DEADLINE)
            .output_limit(LIMIT);
        Ok(edge.runner.run(&command)?.stdout)
    }
}

/// A path as git has it: any bytes.
#[cfg(unix)]
fn path_of(bytes: &[u8]) -> &Path {
    use std::os::unix::ffi::OsStrExt;

    Path::new(std::ffi::OsStr::from_bytes(bytes))
}

/// A path as git has it: always UTF-8 there.
#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

/// How to get from the top of the repository down to the working folder, and up again.
struct Top {
    down: String,
    up: String,
}

impl Top {
    /// A path of git, which starts from the top, as the user would write it.
    fn shown(&self, path: &str) -> String {
        path.strip_prefix(&self.down).map_or_else(|| format!("{}{path}", self.up), str::to_owned)
    }
}

/// Parts that end with a zero byte.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split_terminator('\0')
}

/// Searches what is staged, as it will be committed.
pub(crate) fn search_staged(edge: &mut Edge, needles: &Needles, own: &OwnFiles) -> Result<Found, CliError> {
    let git = Git::here(edge, "--staged")?;
    let top = git.top(edge)?;
    let listed = git.ask(
        edge,
        &[
            "diff-index",
            "--cached",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--diff-filter=d",
            &git.base(edge)?,
        ],
    )?;
    let mut objects = Vec::new();
    let mut listed = parts(&listed);
    while let (Some(change), Some(path)) = (listed.next(), listed.next()) {
        let mut words = change.split(' ').skip(1);
        // A submodule is a commit of another repository.
        if let (Some(mode), Some(object)) = (words.next(), words.nth(1))
            && mode != "160000"
            && object.contains(|c| c != '0')
        {
            objects.push((object.to_owned(), top.shown(path)));
        }
    }
    let mut found = Found::default();
    let mut stream = Stream::new(needles);
    Objects::of(edge, &git.folder).each(&objects, |(_, path), _, text| {
        let (hits, bytes) = stream.search(text)?;
        found.texts += 1;
        found.bytes += bytes;
        let is_own = own.contains(&edge.path(Path::new(path)));
        let whence = if is_own { Whence::Own { tracked: true } } else { Whence::Index };
        found.keep(needles, path, whence, hits);
        Ok(())
    })?;
    Ok(found)
}

/// Searches every file of every commit that a branch or tag leads to, and the commits and tags themselves.
pub(crate) fn search_history(edge: &mut Edge, needles: &Needles) -> Result<Found, CliError> {
    let git = Git::here(edge, "--history")?;
    let top = git.top(edge)?;
    let is_shallow = git.ask(edge, &["rev-parse", "--is-shallow-repository"])?.trim() == "true";
    let listed = git.ask(edge, &["rev-list", "--objects", "--all"])?;
    let objects: Vec<(String, String)> = listed
        .lines()
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(object, path)| (object.to_owned(), top.shown(path)))
        .collect();
    drop(listed);
    let mut found = Found { is_shallow, is_history: true, ..Found::default() };
    let mut files = Vec::new();
    let mut stream = Stream::new(needles);
    Objects::of(edge, &git.folder).each(&objects, |(object, path), kind, text| {
        if kind == Kind::Tree {
            return Ok(());
        }
        let (hits, bytes) = stream.search(text)?;
        found.texts += 1;
        found.bytes += bytes;
        if kind == Kind::Blob && !hits.is_empty() {
            files.push((object.clone(), path.clone(), hits));
        } else {
            let short = object.get(..SHORT).unwrap_or(object);
            found.keep(needles, path, Whence::Message(short.to_owned()), hits);
        }
        Ok(())
    })?;
    let commits = if files.is_empty() { HashMap::new() } else { git.first_commits(edge, &files)? };
    for (object, path, hits) in files {
        let commit = commits.get(&object).cloned().unwrap_or(object);
        let short = commit.get(..SHORT).unwrap_or(&commit);
        found.keep(needles, &path, Whence::Commit(short.to_owned()), hits);
    }
    Ok(found)
}
