//! [`Vault`]: the file while it is locked.

use std::fmt;
use std::sync::Arc;

use envctl_resolver::producers::RandomSource;

use crate::ask::{Ask, Question};
use crate::document::{Block, Document};
use crate::error::{At, BadWrapping, VaultError};
use crate::identity::Identity;
use crate::recipient::{NewRecipient, Recipient};
use crate::seal::{Bound, DataKey, ID, Role, encode};
use crate::splice::line_of;
use crate::unlocked::Unlocked;
use crate::wrap::unwrap_passphrase;
use crate::write::block_lines;

/// How a new vault begins.
const COMMENT: &str = "# A vault of envctl: each value is encrypted by itself, for the recipients below.";

/// A vault's text, read and locked: its names and recipients are known, and no value. The text has no secret.
#[derive(Clone)]
pub struct Vault {
    pub(crate) file: Arc<str>,
    pub(crate) text: String,
    pub(crate) document: Document,
}

impl Vault {
    /// A new vault for these recipients, without values. `file` names it in errors.
    ///
    /// The id and the key come from `random`; what age needs to wrap the key, from the operating system.
    ///
    /// # Errors
    /// [`VaultError::NoRecipients`], [`VaultError::DuplicateRecipient`], [`VaultError::Unwrappable`] and
    /// [`VaultError::Random`].
    pub fn create(
        file: &str,
        recipients: &[NewRecipient],
        random: &mut dyn RandomSource,
    ) -> Result<Unlocked, VaultError> {
        let at = At { file: Arc::from(file), line: None };
        if recipients.is_empty() {
            return Err(VaultError::NoRecipients { at });
        }
        let failed = |source| VaultError::Random { at: at.clone(), source };
        let mut id = [0; ID];
        random.fill(&mut id).map_err(failed)?;
        let key = DataKey::draw(random).map_err(failed)?;
        let mut lines =
            vec![COMMENT.to_owned(), "version = 1".to_owned(), format!("id = \"{}\"", encode(&id))];
        for recipient in recipients {
            lines.push(String::new());
            lines.extend(block_lines(&at, &id, &key, recipient, random)?);
        }
        lines.extend([String::new(), "[values]".to_owned(), String::new()]);
        Ok(Unlocked::new(Self::read(at.file, lines.join("\n"))?, key))
    }

    /// Reads a vault. `file` names it in errors.
    ///
    /// # Errors
    /// [`VaultError::Syntax`], [`VaultError::Unmerged`], [`VaultError::Version`], [`VaultError::Missing`],
    /// [`VaultError::UnknownKey`], [`VaultError::Form`], [`VaultError::Base64`], [`VaultError::BadRecipient`],
    /// [`VaultError::BadAbout`], [`VaultError::DuplicateRecipient`] and [`VaultError::BadName`], each with its line.
    pub fn parse(file: &str, text: &str) -> Result<Self, VaultError> {
        Self::read(Arc::from(file), text.to_owned())
    }

    pub(crate) fn read(file: Arc<str>, text: String) -> Result<Self, VaultError> {
        let document = Document::parse(&file, &text)?;
        Ok(Self { file, text, document })
    }

    /// The file as the caller named it.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The names that have values, in the order of the file. Whether the values are intact is not known yet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.document.values.iter().map(|entry| entry.name.as_str())
    }

    /// The recipients, in the order of the file. Whether they are those that a recipient has put there is not known
    /// yet.
    pub fn recipients(&self) -> impl Iterator<Item = &Recipient> {
        self.document.recipients.iter().map(|block| &block.recipient)
    }

    /// Opens the vault with the first identity that fits. What needs no question is tried first, then SSH keys that ask
    /// for their passphrase, then the vault's own passphrase.
    ///
    /// # Errors
    /// - [`VaultError::NoIdentity`] if none fits, or if what fits needs a passphrase and `ask` gives none.
    /// - [`VaultError::WrongPassphrase`], [`VaultError::Wrapped`] if one fits and does not open.
    /// - [`VaultError::Unsealed`] if a block of a recipient was not written by somebody who can read the vault.
    pub fn unlock(&self, identities: &[Identity], ask: &mut dyn Ask) -> Result<Unlocked, VaultError> {
        let key = self.unwrap_key(identities, ask)?;
        let unsealed: Vec<_> =
            self.document.recipients.iter().filter(|block| !self.confirms(&key, block)).collect();
        if let Some(first) = unsealed.first() {
            return Err(VaultError::Unsealed {
                at: self.at(first.span.start),
                recipients: unsealed.iter().map(|block| block.recipient.to_string()).collect(),
            });
        }
        Ok(Unlocked::new(self.clone(), key))
    }

    fn unwrap_key(&self, identities: &[Identity], ask: &mut dyn Ask) -> Result<DataKey, VaultError> {
        let mut failed = None;
        let mut not_asked = None;
        for is_encrypted in [false, true] {
            for identity in identities.iter().filter(|identity| identity.is_encrypted() == is_encrypted) {
                let Some(block) =
                    self.document.recipients.iter().find(|block| identity.fits(&block.recipient))
                else {
                    continue;
                };
                match identity.unwrap(&block.wrapped.bytes, ask) {
                    Ok(Some(Ok(key))) => return Ok(key),
                    Ok(Some(Err(reason))) => failed = failed.or_else(|| Some(self.unreadable(block, reason))),
                    Ok(None) => not_asked = Some(identity.question().to_string()),
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
        }
        if let Some(block) = self.passphrase_block() {
            match self.ask_passphrase(block, ask) {
                Err(VaultError::NotAsked { .. }) => {
                    not_asked = not_asked.or_else(|| Some(self.question().to_string()));
                }
                Err(error) => return Err(failed.unwrap_or(error)),
                Ok((_, key)) => return Ok(key),
            }
        }
        Err(failed.unwrap_or_else(|| VaultError::NoIdentity {
            at: self.at_file(),
            recipients: self.recipients().map(ToString::to_string).collect(),
            not_asked,
        }))
    }

    /// The passphrase, which has been proved right, and the key that it gives.
    pub(crate) fn ask_passphrase(
        &self,
        block: &Block,
        ask: &mut dyn Ask,
    ) -> Result<(envschema::SecretValue, DataKey), VaultError> {
        let at = self.at(block.span.start);
        let Some(passphrase) = ask.passphrase(&self.question()) else {
            return Err(VaultError::NotAsked { at });
        };
        match unwrap_passphrase(&block.wrapped.bytes, &passphrase) {
            Ok(key) => Ok((passphrase, key)),
            Err(BadWrapping::OtherKey) => Err(VaultError::WrongPassphrase { at }),
            Err(reason) => Err(self.unreadable(block, reason)),
        }
    }

    fn question(&self) -> Question {
        Question::Vault { file: self.file.to_string() }
    }

    fn passphrase_block(&self) -> Option<&Block> {
        self.document.recipients.iter().find(|block| block.recipient.key().is_none())
    }

    fn unreadable(&self, block: &Block, reason: BadWrapping) -> VaultError {
        VaultError::Wrapped { at: self.at(block.span.start), recipient: block.recipient.to_string(), reason }
    }

    fn confirms(&self, key: &DataKey, block: &Block) -> bool {
        let role = Role::Recipient {
            key: block.recipient.key.as_str(),
            about: block.recipient.about(),
            wrapped: &block.wrapped.bytes,
        };
        key.confirms(&Bound { id: &self.document.id, role }, &block.seal.bytes)
    }

    /// A place in the file.
    pub(crate) fn at(&self, offset: usize) -> At {
        At { file: self.file.clone(), line: Some(line_of(&self.text, offset)) }
    }

    /// The file as a place.
    pub(crate) fn at_file(&self) -> At {
        At { file: self.file.clone(), line: None }
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.names().collect();
        f.debug_struct("Vault").field("file", &self.file).field("names", &names).finish_non_exhaustive()
    }
}
