//! Finding secret values where they should not be: in files, in git's index and in its history.
//!
//! [`Needles`] are the values in every encoding that is looked for, in one automaton. `files` walks folders, `git`
//! asks what is staged or was ever committed and `objects` streams it; all of them hand text to `stream`. What they
//! [`Found`] becomes the findings of each environment in `leaks`. A value is never told, nor the line that it is in.

mod files;
mod forms;
mod git;
mod leaks;
mod needles;
mod objects;
mod own;
mod sieve;
mod stream;

pub(crate) use files::search_files;
pub(crate) use git::{search_history, search_staged};
pub(crate) use leaks::Leaks;
pub(crate) use needles::Needles;
pub(crate) use own::OwnFiles;

use stream::Hit;

/// What a search found.
#[derive(Default)]
pub(crate) struct Found {
    /// Where there is something, in any order.
    finds: Vec<Find>,
    /// What could not be read, and why.
    unread: Vec<(String, String)>,
    /// How many files, or objects of git, were read.
    texts: u64,
    /// How many bytes they have.
    bytes: u64,
    /// Whether git's history was searched, whose commits and tags are read too.
    is_history: bool,
    /// Whether git has the latest commits only.
    is_shallow: bool,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.finds.extend(other.finds);
        self.unread.extend(other.unread);
        self.texts += other.texts;
        self.bytes += other.bytes;
    }
}

/// Needles in one text.
struct Find {
    /// The path from the working folder; if it holds a value itself, without that.
    path: String,
    whence: Whence,
    hits: Vec<Hit>,
}

/// What kind of text it is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Whence {
    /// The name of a file.
    Name,
    /// A file.
    File,
    /// A file that the values come from, and that git has, or could come to have.
    Own { tracked: bool },
    /// What git is about to commit.
    Index,
    /// A file as it was committed, with the first commit that has it so.
    Commit(String),
    /// A commit or tag itself.
    Message(String),
}
