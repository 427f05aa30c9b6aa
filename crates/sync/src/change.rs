//! [`Change`]: one thing to be done at a target, and what became of it.

use envschema::SecretValue;

use crate::target::{Held, TargetError};

/// What is to be done with one record. It holds values; a [`crate::Plan`] holds none.
#[derive(Clone, Debug)]
pub struct Change<'a> {
    /// The record.
    pub name: &'a str,
    /// What is done.
    pub kind: ChangeKind<'a>,
}

/// What is done with a record.
#[derive(Clone, Debug)]
pub enum ChangeKind<'a> {
    /// It is made, unless somebody made it meanwhile.
    Create(New<'a>),
    /// Its content is replaced, as long as its version is the one that was read.
    Replace {
        /// What was read.
        held: &'a Held,
        /// What it is to be.
        new: New<'a>,
        /// Whether it gets our mark first.
        adopt: bool,
    },
    /// It is brought back from those that are going to be deleted. What it holds is looked at afterwards.
    Restore,
    /// It is to be deleted, after the recovery window if the service has one, as long as its version is the one that was read.
    Remove {
        /// What was read.
        held: &'a Held,
    },
}

/// What a record is to be.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// All that it is to hold.
    pub content: &'a SecretValue,
    /// Makes a repeated request harmless: it is the same for the same content on the same version only, and tells
    /// which version that is ([`crate::token::follows`]). 48 characters of `0-9a-f`.
    pub token: &'a str,
    /// Whether nothing in it is secret, for targets that keep that apart.
    pub open: bool,
}

/// What became of a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The version that is now current.
    pub version: String,
    /// Whether an earlier run, or a request whose answer got lost, had done it already.
    pub already: bool,
    /// What is to be told besides, such as a replica that failed.
    pub notes: Vec<String>,
}

/// Why a change was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ApplyError {
    /// Somebody else wrote meanwhile; theirs stands, and nothing of ours is current.
    #[error("somebody else changed it meanwhile; theirs stands")]
    Conflict,
    /// Somebody else wrote meanwhile, and a service that cannot compare and swap took ours over theirs. What was done about
    /// it, and where theirs is, is told.
    #[error("somebody else changed it meanwhile; {}", .0.join("; "))]
    Overwrote(Vec<String>),
    /// It failed, and nothing was changed.
    #[error("{0}")]
    Unchanged(TargetError),
    /// It failed, and whether it was carried out is not known: running again tells.
    #[error("{0}; whether it was written is not known")]
    Unclear(TargetError),
}
