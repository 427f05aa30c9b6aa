//! A contract read from its file, with the files that it extends: each path starts from the folder of the file that it
//! stands in.

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use envschema::{Schema, SchemaErrors, SourceText};
use zeroize::Zeroizing;

use crate::read;
use crate::words::shown;

/// Why there is no contract.
#[derive(Debug, thiserror::Error)]
pub enum ContractError {
    /// The file cannot be read.
    #[error("cannot read {}: {}", shown(.path), read::said(.error))]
    Unreadable {
        /// Its path for people.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file is not UTF-8 text.
    #[error("{} is not UTF-8 text", shown(.path))]
    NotText {
        /// Its path for people.
        path: PathBuf,
    },
    /// The text is no contract.
    #[error("{errors}")]
    Mistakes {
        /// Every mistake, in all files.
        errors: SchemaErrors,
    },
}

/// The contract in a file that was read, and in those that it extends. `shown` is its path for people.
///
/// # Errors
///
/// `Unreadable` if reading failed, `NotText`, `Mistakes`.
pub fn contract(
    path: &Path,
    shown: &Path,
    read: io::Result<Zeroizing<Vec<u8>>>,
) -> Result<Schema, ContractError> {
    let bytes = read.map_err(|error| ContractError::Unreadable { path: shown.to_owned(), error })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| ContractError::NotText { path: shown.to_owned() })?;
    let mut files = ContractFiles::new(path, shown);
    Schema::read(&shown.display().to_string(), text, &mut |from, path| files.find(from, path))
        .map_err(|errors| ContractError::Mistakes { errors })
}

/// The files of one contract.
struct ContractFiles<'p> {
    path: &'p Path,
    shown: &'p Path,
    /// Those that were met so far, the contract's own first; none before something is asked for.
    known: Vec<Known>,
}

struct Known {
    path: PathBuf,
    /// The path for people, by which the contract tells its files apart.
    shown: PathBuf,
    /// The path without links, by which a file is found again however it is reached.
    real: PathBuf,
}

impl<'p> ContractFiles<'p> {
    /// The files of the contract at `path`, which people are shown as `shown`. Looks at nothing yet.
    fn new(path: &'p Path, shown: &'p Path) -> Self {
        Self { path, shown, known: Vec::new() }
    }

    /// The file that a path means in the file shown as `from`.
    ///
    /// # Errors
    ///
    /// Why it cannot be read, in a few words.
    fn find(&mut self, from: &str, path: &str) -> Result<SourceText, String> {
        let real = |path: &Path| fs::canonicalize(path).map_err(|error| read::said(&error));
        if self.known.is_empty() {
            let (path, shown) = (self.path.to_owned(), self.shown.to_owned());
            self.known.push(Known { real: real(&path)?, path, shown });
        }
        let own = self.known.iter().find(|known| known.shown.as_os_str() == from);
        let own = own.ok_or("the file that names it is not known")?;
        let beside = |file: &Path| file.parent().unwrap_or(Path::new("")).join(path);
        let (mut path, mut shown) = (beside(&own.path), beside(&own.shown));
        let real_path = real(&path)?;
        let at = self.known.iter().position(|known| known.real == real_path).unwrap_or_else(|| {
            // `infra/../common.toml` is told as `common.toml`, unless `infra` is a link to elsewhere.
            if fs::canonicalize(folded(&path)).is_ok_and(|folded| folded == real_path) {
                (path, shown) = (folded(&path), folded(&shown));
            }
            self.known.push(Known { path, shown, real: real_path });
            self.known.len() - 1
        });
        let Known { path, shown, .. } = &self.known[at];
        let bytes = read::file(path).map_err(|error| read::said(&error))?;
        let text = std::str::from_utf8(&bytes).map_err(|_| "it is not UTF-8 text")?;
        Ok(SourceText::new(&shown.display().to_string(), text))
    }
}

/// A path in which no folder is left again.
fn folded(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for part in path.components() {
        let inside = matches!(folded.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if inside => drop(folded.pop()),
            part => folded.push(part),
        }
    }
    folded
}
