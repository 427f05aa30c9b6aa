//! [`Output`]: what a path to be written means, what is there already, and what may be done to it.

use std::fs::{self, FileType, Metadata};
use std::io;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::{Born, Written, atomic, leftover};
use crate::error::CliError;
use crate::read;

/// How many links are followed; a chain as long as this is a circle.
const MOST_LINKS: usize = 40;

/// A file to be written. Links are followed: the name that is replaced is the one at their end.
pub(crate) struct Output<'p> {
    /// The path as the user gave it.
    shown: &'p Path,
    target: PathBuf,
    existing: Option<Metadata>,
}

impl<'p> Output<'p> {
    /// Looks at what is there, and removes what runs that were killed have left beside it.
    ///
    /// # Errors
    ///
    /// `NotAFile` for what is there and holds no bytes of its own: a device, pipe, socket or folder. It is neither
    /// read nor written. `Unwritable` with what the system says.
    pub(crate) fn open(path: &Path, shown: &'p Path) -> Result<Self, CliError> {
        let failed = |error| CliError::Unwritable { path: shown.to_owned(), error };
        let target = follow(path).map_err(failed)?;
        // By the path as given: what the links of `/dev` and `/proc` lead to has no other name.
        let existing = match fs::metadata(path) {
            Ok(existing) if existing.is_file() => Some(existing),
            Ok(other) => {
                return Err(CliError::NotAFile { path: shown.to_owned(), kind: kind_of(other.file_type()) });
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
        };
        leftover::remove(atomic::folder_of(&target));
        Ok(Self { shown, target, existing })
    }

    /// Whether there is a file already.
    pub(crate) fn exists(&self) -> bool {
        self.existing.is_some()
    }

    /// What the file holds already.
    ///
    /// # Errors
    ///
    /// `Unreadable` with what the system says.
    pub(crate) fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, CliError> {
        let unreadable = |error| CliError::Unreadable { path: self.shown.to_owned(), error };
        self.existing.as_ref().map(|_| read::file(&self.target).map_err(unreadable)).transpose()
    }

    /// Whether the file holds just these bytes. One of another size is not read.
    ///
    /// # Errors
    ///
    /// `Unwritable` with what the system says.
    pub(super) fn holds(&self, bytes: &[u8]) -> Result<bool, CliError> {
        match &self.existing {
            Some(about) if about.len() == bytes.len() as u64 => {
                Ok(*Zeroizing::new(fs::read(&self.target).map_err(|error| self.failed(error))?) == bytes)
            }
            _ => Ok(false),
        }
    }

    /// Writes the file, whose old bytes were `before`; a new one is for its owner only.
    ///
    /// # Errors
    ///
    /// `ChangedMeanwhile` if the file is not as it was any more; it is left as it is. `NotOurs` for a file of another
    /// user that would become ours; `Unwritable` with what the system says.
    pub(crate) fn write(&self, bytes: &[u8], before: Option<&[u8]>) -> Result<Written, CliError> {
        self.put(bytes, before, Born::Private)
    }

    /// The same for a file without secrets: a new one is for everybody whom the process lets read its files.
    ///
    /// # Errors
    ///
    /// As [`write`](Self::write).
    pub(crate) fn write_shared(&self, bytes: &[u8], before: Option<&[u8]>) -> Result<Written, CliError> {
        self.put(bytes, before, Born::Shared)
    }

    pub(super) fn put(&self, bytes: &[u8], before: Option<&[u8]>, born: Born) -> Result<Written, CliError> {
        let path = || self.shown.to_owned();
        atomic::replace(&self.target, bytes, self.exists(), before, born).map_err(
            |failure| match failure {
                atomic::Failure::Changed => CliError::ChangedMeanwhile { path: path() },
                atomic::Failure::Owner => CliError::NotOurs { path: path() },
                atomic::Failure::System(error) => self.failed(error),
            },
        )?;
        Ok(match &self.existing {
            Some(existing) => Written::Replaced { shared: is_shared(existing) },
            None => Written::Created,
        })
    }

    fn failed(&self, error: io::Error) -> CliError {
        CliError::Unwritable { path: self.shown.to_owned(), error }
    }
}

/// The file that a path means: a link's target, even if it does not exist yet.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(to) = fs::read_link(&target) else { return Ok(target) };
        target = target.parent().unwrap_or(Path::new("")).join(to);
    }
    Err(io::Error::other("its links form a circle"))
}

#[cfg(unix)]
fn kind_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn kind_of(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a device" }
}

/// Whether the group or everybody can read a file.
#[cfg(unix)]
fn is_shared(about: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    about.permissions().mode() & 0o044 != 0
}

/// Who can read it is not told by a mode here.
#[cfg(not(unix))]
fn is_shared(_: &Metadata) -> bool {
    false
}
