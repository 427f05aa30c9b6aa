//! What this machine keeps of runs: the key of plans, and how far a run got.

use std::io;
use std::path::{Path, PathBuf};

use envctl_resolver::producers::RandomSource;
use envctl_sync::token::Key;
use envschema::Contract;
use zeroize::Zeroizing;

use super::SyncError;
use super::journal::JournalFile;
use super::storage::FileStorage;
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::read;
use crate::write::write_file;

/// The file of the key.
const KEY: &str = "key";

/// The folder in which this machine keeps what is known of runs.
pub(crate) struct State {
    pub(crate) folder: PathBuf,
}

impl State {
    /// The folder: `state` of the settings, or `envctl` in the user's folder for such things.
    ///
    /// # Errors
    ///
    /// `NoState` if there is neither.
    pub(crate) fn of(edge: &Edge, project: &Project) -> Result<Self, SyncError> {
        let given = project.loaded.settings.state.as_deref();
        let given = given.map(|folder| project.loaded.path_of_setting(edge, "state", folder));
        let named = |name| edge.environment.get_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let by_itself = || {
            let state = named("XDG_STATE_HOME").filter(|folder| folder.is_absolute());
            let state = state.or_else(|| Some(named("HOME")?.join(".local/state")))?;
            Some(state.join("envctl"))
        };
        Ok(Self { folder: given.or_else(by_itself).ok_or(SyncError::NoState)? })
    }

    /// The key of this machine for what is read only; one of this run if there is none yet, which nothing is written for.
    ///
    /// # Errors
    ///
    /// As [`key`](Self::key).
    pub(crate) fn reading_key(edge: &mut Edge, project: &Project) -> Result<Key, CliError> {
        match Self::of(edge, project) {
            Ok(state) if state.folder.join(KEY).exists() => state.key(&mut *edge.random),
            _ => Ok(Key::new(*drawn(&mut *edge.random)?)),
        }
    }

    /// The key of this machine; made if there is none yet.
    ///
    /// # Errors
    ///
    /// `State` with what the system says, `BadKey` for a file that is no key.
    pub(crate) fn key(&self, random: &mut dyn RandomSource) -> Result<Key, CliError> {
        let path = self.folder.join(KEY);
        match read::file(&path) {
            Ok(bytes) => <[u8; Key::LENGTH]>::try_from(&bytes[..])
                .map(Key::new)
                .map_err(|_| SyncError::BadKey { path }.into()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let bytes = drawn(random)?;
                self.make_folder()?;
                match write_file(&path, &path, &*bytes, false) {
                    Ok(_) => Ok(Key::new(*bytes)),
                    // Another run was faster; its key is the one that counts.
                    Err(CliError::WouldOverwrite { .. } | CliError::ChangedMeanwhile { .. }) => {
                        self.key(random)
                    }
                    Err(error) => Err(error),
                }
            }
            Err(error) => Err(SyncError::State { path, error }.into()),
        }
    }

    /// Where is kept how far runs got of a contract in an environment.
    ///
    /// # Errors
    ///
    /// `State` if there is no such folder and none can be made, or no file in it.
    pub(crate) fn journal(&self, contract: &Contract) -> Result<JournalFile, SyncError> {
        self.make_folder()?;
        let environment = contract.environment().map(|name| format!(".{name}")).unwrap_or_default();
        let file = format!("journal.{}{environment}.json", contract.name());
        // Names of contracts may hold what paths do not.
        let file = file.replace(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c), "_");
        let path = self.folder.join(file);
        JournalFile::open(FileStorage::private(path.clone(), path))
    }

    /// Makes the folder, for its owner only.
    fn make_folder(&self) -> Result<(), SyncError> {
        make_private(&self.folder).map_err(|error| SyncError::State { path: self.folder.clone(), error })
    }
}

fn drawn(random: &mut dyn RandomSource) -> Result<Zeroizing<[u8; Key::LENGTH]>, CliError> {
    let mut bytes = Zeroizing::new([0; Key::LENGTH]);
    random.fill(&mut *bytes).map_err(|error| CliError::Produce(error.into()))?;
    Ok(bytes)
}

#[cfg(unix)]
fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_private(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}
