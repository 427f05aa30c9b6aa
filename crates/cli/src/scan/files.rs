//! Files and folders, as git sees them: what it ignores is left out, what it has is not.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkBuilder, WalkState};

use crate::edge::Edge;
use crate::error::CliError;
use crate::read;

use super::git::Git;
use super::needles::Needles;
use super::own::OwnFiles;
use super::stream::Stream;
use super::{Find, Found, Whence};

/// Searches files, and everything in folders but what git ignores and the folder `.git`; `-` is standard input.
pub(crate) fn search_files(
    edge: &mut Edge,
    needles: &Needles,
    own: &OwnFiles,
    paths: &[PathBuf],
) -> Result<Found, CliError> {
    let mut found = Found::default();
    for given in paths {
        if given.as_os_str() == "-" {
            found.add(input(edge, needles)?);
            continue;
        }
        let path = edge.path(given);
        let unreadable = |error| CliError::Unreadable { path: given.clone(), error };
        let about = path.metadata().map_err(unreadable)?;
        let git = Git::around(&path);
        let mut searcher = Searcher::new(needles, &edge.folder);
        if about.is_dir() {
            // To be listed, and to be entered.
            path.read_dir().and_then(|_| path.join(".").metadata()).map_err(unreadable)?;
            found.add(walk(edge, needles, &path));
            // What was committed before it was ignored.
            if let Some(git) = &git {
                git.tracked_and_ignored(edge, &path)?.iter().for_each(|path| searcher.file(path));
            }
        } else {
            // Whatever is named is searched, pipes too, or it is told that it cannot be.
            searcher.named(&path).map_err(unreadable)?;
        }
        found.add(searcher.found);
        found.finds = judged(edge, own, git.as_ref(), found.finds)?;
    }
    Ok(found)
}

fn input(edge: &mut Edge, needles: &Needles) -> Result<Found, CliError> {
    let mut searcher = Searcher::new(needles, Path::new(""));
    match searcher.stream.search(&mut edge.input) {
        Ok((hits, bytes)) => searcher.keep("-", hits, bytes),
        Err(error) => return Err(CliError::Input { option: "-", error }),
    }
    Ok(searcher.found)
}

/// Goes through a folder with several threads; the order in which things are found is left to chance.
fn walk(edge: &Edge, needles: &Needles, path: &Path) -> Found {
    let all = Mutex::new(Found::default());
    let walk = WalkBuilder::new(path)
        .hidden(false)
        .ignore(false)
        .require_git(false)
        .filter_entry(|entry| entry.depth() == 0 || entry.file_name() != ".git")
        .build_parallel();
    walk.run(|| {
        let mut worker = Worker { searcher: Searcher::new(needles, &edge.folder), all: &all };
        Box::new(move |entry| {
            worker.searcher.entry(entry);
            WalkState::Continue
        })
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// A searcher of one thread, which hands over what it found at the end.
struct Worker<'a> {
    searcher: Searcher<'a>,
    all: &'a Mutex<Found>,
}

impl Drop for Worker<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.add(std::mem::take(&mut self.searcher.found));
    }
}

struct Searcher<'a> {
    needles: &'a Needles,
    stream: Stream<'a>,
    /// The folder that shown paths start from.
    folder: &'a Path,
    found: Found,
}

impl<'a> Searcher<'a> {
    fn new(needles: &'a Needles, folder: &'a Path) -> Self {
        Self { needles, stream: Stream::new(needles), folder, found: Found::default() }
    }

    fn entry(&mut self, entry: Result<DirEntry, ignore::Error>) {
        match entry {
            // A link leads to what is found at its own place, or lies elsewhere.
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => self.file(entry.path()),
            Ok(_) => {}
            Err(error) => {
                let path = path_of(&error).map(|path| self.shown(path)).unwrap_or_default();
                let reason = error.io_error().map_or_else(|| "it cannot be read".to_owned(), read::said);
                self.unread(&path, reason);
            }
        }
    }

    fn file(&mut self, path: &Path) {
        match self.named(path) {
            Ok(()) => {}
            // It was taken away meanwhile.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => self.unread(&self.shown(path), read::said(&error)),
        }
    }

    fn named(&mut self, path: &Path) -> io::Result<()> {
        let (hits, bytes) = self.stream.search(&mut File::open(path)?)?;
        self.keep(&self.shown(path), hits, bytes);
        Ok(())
    }

    fn keep(&mut self, path: &str, hits: Vec<super::stream::Hit>, bytes: u64) {
        self.found.texts += 1;
        self.found.bytes += bytes;
        self.found.keep(self.needles, path, Whence::File, hits);
    }

    fn unread(&mut self, path: &str, reason: String) {
        self.found.unread.push((self.needles.masked(path).0, reason));
    }

    /// A path as the user would write it.
    fn shown(&self, path: &Path) -> String {
        let path = path.strip_prefix(self.folder).unwrap_or(path);
        path.strip_prefix(".").unwrap_or(path).display().to_string()
    }
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

/// Takes away what stands in the project's own files, unless git has them, or could come to have them.
fn judged(edge: &Edge, own: &OwnFiles, git: Option<&Git>, finds: Vec<Find>) -> Result<Vec<Find>, CliError> {
    let mut judged = Vec::with_capacity(finds.len());
    for mut find in finds {
        let path = edge.path(Path::new(&find.path));
        if find.whence == Whence::File && own.contains(&path) {
            match git.map(|git| git.state_of(edge, &path)).transpose()? {
                Some(super::git::State::Tracked) => find.whence = Whence::Own { tracked: true },
                Some(super::git::State::Untracked) => find.whence = Whence::Own { tracked: false },
                Some(super::git::State::Ignored) | None => continue,
            }
        }
        judged.push(find);
    }
    Ok(judged)
}
