//! Files for targets that are files: replaced whole, and only as long as they are what was read.

use std::path::{Path, PathBuf};

use envctl_sync::{ApplyError, Failure, Storage, TargetError};
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::write::Output;

/// A file of the project.
pub(crate) struct FileStorage {
    path: PathBuf,
    /// The path for people.
    shown: PathBuf,
    /// Whether a new file is for everybody who may read the project.
    is_shared: bool,
}

impl FileStorage {
    /// A file that holds secrets: a new one is for its owner only.
    pub(crate) fn private(path: PathBuf, shown: PathBuf) -> Self {
        Self { path, shown, is_shared: false }
    }

    /// A file whose secrets are encrypted.
    pub(crate) fn shared(path: PathBuf, shown: PathBuf) -> Self {
        Self { path, shown, is_shared: true }
    }

    /// The path.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    fn output(&self) -> Result<Output<'_>, TargetError> {
        Output::open(&self.path, &self.shown).map_err(|error| failed(&error))
    }
}

impl Storage for FileStorage {
    fn shown(&self) -> String {
        self.shown.display().to_string()
    }

    fn read(&self) -> Result<Option<Zeroizing<Vec<u8>>>, TargetError> {
        self.output()?.read().map_err(|error| failed(&error))
    }

    fn write(&self, bytes: &[u8], before: Option<&[u8]>) -> Result<(), ApplyError> {
        let output = self.output().map_err(ApplyError::Unchanged)?;
        // A file that is there now and was not when it was read is somebody else's.
        if output.exists() && before.is_none() {
            return Err(ApplyError::Conflict);
        }
        let written = match self.is_shared {
            true => output.write_shared(bytes, before),
            false => output.write(bytes, before),
        };
        match written {
            Ok(_) => Ok(()),
            Err(CliError::ChangedMeanwhile { .. }) => Err(ApplyError::Conflict),
            Err(error) => Err(ApplyError::Unchanged(failed(&error))),
        }
    }

    fn remove(&self, before: &[u8]) -> Result<(), ApplyError> {
        let now = self.read().map_err(ApplyError::Unchanged)?;
        if now.is_none_or(|now| *now != before) {
            return Err(ApplyError::Conflict);
        }
        let removed = std::fs::remove_file(&self.path);
        removed.map_err(|error| {
            let path = self.shown.clone();
            ApplyError::Unchanged(failed(&CliError::Unwritable { path, error }))
        })
    }
}

fn failed(error: &CliError) -> TargetError {
    TargetError {
        kind: match error {
            CliError::NotAFile { .. } => Failure::Settings,
            _ => Failure::Outage,
        },
        code: None,
        message: error.to_string(),
        help: error.help(),
    }
}
