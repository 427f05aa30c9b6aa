//! [`LockedFile`]: a vault's file as it was read, opened and written.

use std::io;

use envctl_vault::{Unlocked, Vault};
use zeroize::Zeroizing;

use super::{IdentityFile, TerminalAsk, VaultCommandError, VaultFile};
use crate::edge::Edge;
use crate::error::CliError;
use crate::read;
use crate::write::Output;

/// A vault's file as it was read. What opens it is not needed for names and recipients.
pub(crate) struct LockedFile {
    pub(crate) file: VaultFile,
    pub(crate) vault: Vault,
    bytes: Zeroizing<Vec<u8>>,
}

impl LockedFile {
    /// Reads the file.
    ///
    /// # Errors
    ///
    /// `NoVault`, `Unreadable`, `NotText`, and what is wrong with its form.
    pub(crate) fn read(file: VaultFile) -> Result<Self, CliError> {
        let path = || file.shown.clone();
        let bytes = read::file(&file.path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                VaultCommandError::NoVault { path: path(), init: file.command("init") }.into()
            }
            _ => CliError::Unreadable { path: path(), error },
        })?;
        let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: path() })?;
        let vault = Vault::parse(&file.name(), text)?;
        Ok(Self { file, vault, bytes })
    }

    /// Opens it with the identities of this machine, or with a passphrase. New names take their place in the contract's
    /// order.
    ///
    /// # Errors
    ///
    /// What stands in the way of reading the identities; `Vault` if none opens it.
    pub(crate) fn unlock(&self, edge: &Edge, ask: &mut TerminalAsk) -> Result<Unlocked, CliError> {
        let identities = IdentityFile::of(edge, &self.file.loaded)?.read()?;
        let mut open = self.vault.unlock(&identities, ask)?;
        open.keep_order(self.file.names());
        Ok(open)
    }

    /// Writes what it has become; whether that is something else.
    ///
    /// # Errors
    ///
    /// `ChangedMeanwhile` if somebody else wrote it since it was read, and what the system says.
    pub(crate) fn write(&self, open: &Unlocked) -> Result<bool, CliError> {
        let text = open.text().as_bytes();
        if text == self.bytes.as_slice() {
            return Ok(false);
        }
        let output = Output::open(&self.file.path, &self.file.shown)?;
        output.write_shared(text, Some(&self.bytes))?;
        Ok(true)
    }
}
