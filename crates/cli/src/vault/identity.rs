//! The file that opens vaults: identities of age or an SSH key, found or made.

use std::io;
use std::path::PathBuf;

use envctl_vault::Identity;
use envschema::SecretValue;

use crate::edge::Edge;
use crate::error::CliError;
use crate::read;
use crate::settings::Loaded;
use crate::write::write_file;

/// Where the identities of this machine are, or would be.
pub(crate) struct IdentityFile {
    pub(crate) path: PathBuf,
}

impl IdentityFile {
    /// The file that the settings name, or `envctl/identity.txt` in the user's folder for such things.
    ///
    /// # Errors
    ///
    /// `NoIdentityFile` if there is no such folder.
    pub(crate) fn of(edge: &Edge, loaded: &Loaded) -> Result<Self, CliError> {
        let named = |name| edge.environment.get_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let given = loaded.settings.vault.as_ref().and_then(|vault| vault.identity.as_deref());
        let given = given.map(|path| loaded.path_of_setting(edge, "vault.identity", path));
        let by_itself = || {
            let config = named("XDG_CONFIG_HOME").filter(|folder| folder.is_absolute());
            let config = config.or_else(|| Some(named("HOME")?.join(".config")))?;
            Some(config.join("envctl/identity.txt"))
        };
        Ok(Self { path: given.or_else(by_itself).ok_or(CliError::NoIdentityFile)? })
    }

    /// The identities; none if the file is not there.
    ///
    /// # Errors
    ///
    /// `Unreadable`, `NotText`, and `Vault` for a file that holds no identity.
    pub(crate) fn read(&self) -> Result<Vec<Identity>, CliError> {
        let bytes = match read::file(&self.path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(CliError::Unreadable { path: self.path.clone(), error }),
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: self.path.clone() })?;
        let file = self.path.display().to_string();
        Ok(Identity::parse(&file, &SecretValue::from(text))?)
    }

    /// Makes an identity if there is none yet, and says where it is.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read), and what the system says of the file.
    pub(crate) fn make_if_missing(&self, edge: &mut Edge) -> Result<bool, CliError> {
        if self.path.exists() {
            return Ok(false);
        }
        if let Some(folder) = self.path.parent() {
            let failed = |error| CliError::Unwritable { path: self.path.clone(), error };
            std::fs::create_dir_all(folder).map_err(failed)?;
        }
        let (identity, text) = Identity::generate(None);
        #[expect(
            clippy::disallowed_methods,
            reason = "written to the file that opens vaults, for its owner only"
        )]
        write_file(&self.path, &self.path, text.expose().as_bytes(), false)?;
        let path = self.path.display();
        edge.tell(&format!(
            "made an identity, which opens your vaults: {path}\n  its public key is {}\n  keep a copy of the file, \
             and never commit it: what is encrypted for nobody else cannot be read without it",
            identity.public_key()
        ));
        Ok(true)
    }
}
