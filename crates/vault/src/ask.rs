//! [`Ask`]: passphrases come from a person.

use std::fmt;

use envschema::SecretValue;

/// What a passphrase is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// The passphrase that is a recipient of the vault.
    Vault {
        /// The vault's file.
        file: String,
    },
    /// The passphrase of an SSH private key that fits the vault.
    SshKey {
        /// The key's file.
        file: String,
    },
}

impl fmt::Display for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Vault { file } | Self::SshKey { file } => write!(f, "the passphrase of {file}"),
        }
    }
}

/// Asks a person, once for each question.
pub trait Ask {
    /// The passphrase; `None` if nobody can be asked.
    fn passphrase(&mut self, question: &Question) -> Option<SecretValue>;
}

/// Nobody can be asked.
#[derive(Clone, Copy, Debug, Default)]
pub struct CannotAsk;

impl Ask for CannotAsk {
    fn passphrase(&mut self, _: &Question) -> Option<SecretValue> {
        None
    }
}
