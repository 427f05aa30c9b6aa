//! Who can read an open vault, and its key.

use std::fmt;

use envctl_resolver::producers::RandomSource;

use crate::ask::Ask;
use crate::document::Block;
use crate::error::VaultError;
use crate::recipient::{NewRecipient, Recipient, is_one_line};
use crate::seal::{Bound, DataKey, Role};
use crate::splice::{Splices, line_start, next_line};
use crate::unlocked::Unlocked;
use crate::wrap::{WORK, work_of};
use crate::write::{base64, block_lines, quoted, wrapped_and_sealed};

/// What a new key made new. Its `Display` says that to a person, and what it cannot do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rekeyed {
    /// The recipients that can read the vault from now on.
    pub recipients: Vec<String>,
    /// The names whose values were sealed anew.
    pub names: Vec<String>,
    /// The recipient that was removed.
    pub removed: Option<String>,
}

impl fmt::Display for Rekeyed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (values, recipients) = (self.names.len(), self.recipients.len());
        write!(f, "the vault has a new key; values sealed anew: {values}, recipients: {recipients}")?;
        self.removed.as_ref().map_or(Ok(()), |removed| {
            write!(
                f,
                "; {removed} cannot read what is set from now on, but could read every value until now, and earlier \
                 versions of the file stay readable: change the values that matter where they are used"
            )
        })
    }
}

impl Unlocked {
    /// Lets somebody read the vault. Values and other recipients keep their lines.
    ///
    /// # Errors
    /// [`VaultError::DuplicateRecipient`], [`VaultError::Unwrappable`] and [`VaultError::Random`].
    pub fn add_recipient(
        &mut self,
        new: &NewRecipient,
        random: &mut dyn RandomSource,
    ) -> Result<(), VaultError> {
        let document = &self.vault.document;
        if let Some(block) = document.recipients.iter().find(|block| block.recipient.key == new.recipient.key)
        {
            return Err(VaultError::DuplicateRecipient {
                at: self.vault.at(block.span.start),
                recipient: block.recipient.to_string(),
            });
        }
        let mut lines = vec![String::new()];
        lines.extend(block_lines(&self.vault.at_file(), &document.id, &self.key, new, random)?);
        let mut splices = Splices::new(self.text());
        let last = document.recipients.last().map_or(0, |block| block.span.end);
        splices.insert_lines(next_line(self.text(), last), &lines);
        self.take(splices.finish())
    }

    /// Says anew whose a recipient is, in one line. `which` is the key, or `passphrase`.
    ///
    /// The words are sealed like the rest of the block, so they cannot be changed by hand.
    ///
    /// # Errors
    /// [`VaultError::UnknownRecipient`], [`VaultError::BadAbout`] and [`VaultError::Random`].
    pub fn describe_recipient(
        &mut self,
        which: &str,
        about: &str,
        random: &mut dyn RandomSource,
    ) -> Result<(), VaultError> {
        let block = self.block(which)?;
        let at = self.vault.at(block.span.start);
        if !is_one_line(about) {
            return Err(VaultError::BadAbout { at });
        }
        let role = Role::Recipient {
            key: block.recipient.key.as_str(),
            about: Some(about),
            wrapped: &block.wrapped.bytes,
        };
        let seal = self
            .key
            .seal(&Bound { id: &self.vault.document.id, role }, random)
            .map_err(|source| VaultError::Random { at, source })?;
        let mut splices = Splices::new(self.text());
        match &block.about {
            Some(old) => splices.replace(old.clone(), quoted(about)),
            None => {
                let wrapped = line_start(self.text(), block.wrapped.span.start);
                splices.insert_lines(wrapped, &[format!("about = {}", quoted(about))]);
            }
        }
        splices.replace(block.seal.span.clone(), base64(&seal));
        self.take(splices.finish())
    }

    /// Removes a recipient, and gives the vault a new key: whoever had the old one could read everything that is ever
    /// sealed with it. `which` is the key, or `passphrase`.
    ///
    /// What the removed recipient has read, or can still read in earlier versions of the file, cannot be taken back; only
    /// new passwords and tokens help against that.
    ///
    /// # Errors
    /// [`VaultError::UnknownRecipient`], [`VaultError::LastRecipient`], and those of [`Unlocked::rekey`].
    pub fn remove_recipient(
        &mut self,
        which: &str,
        ask: &mut dyn Ask,
        random: &mut dyn RandomSource,
    ) -> Result<Rekeyed, VaultError> {
        let block = self.block(which)?;
        if self.vault.document.recipients.len() == 1 {
            return Err(VaultError::LastRecipient { at: self.vault.at(block.span.start) });
        }
        let removed = block.recipient.clone();
        let mut splices = Splices::new(self.text());
        splices.remove_lines(&self.with_blank_line_above(block));
        let mut without = self.clone();
        without.take(splices.finish())?;
        let mut done = without.rekey(ask, random)?;
        done.removed = Some(removed.to_string());
        *self = without;
        Ok(done)
    }

    /// Gives the vault a new key: wraps it for every recipient and seals every value anew. The passphrase, if it is a
    /// recipient, is asked for.
    ///
    /// # Errors
    /// - [`VaultError::Tampered`] if a value cannot be read: it would be lost.
    /// - [`VaultError::NotAsked`], [`VaultError::WrongPassphrase`], [`VaultError::Wrapped`] about the passphrase.
    /// - [`VaultError::Unwrappable`] and [`VaultError::Random`].
    pub fn rekey(&mut self, ask: &mut dyn Ask, random: &mut dyn RandomSource) -> Result<Rekeyed, VaultError> {
        let document = &self.vault.document;
        let failed = |source| VaultError::Random { at: self.vault.at_file(), source };
        let key = DataKey::draw(random).map_err(failed)?;
        let mut splices = Splices::new(self.text());
        for block in &document.recipients {
            let to = self.again(block, ask)?;
            let (wrapped, seal) = wrapped_and_sealed(&self.vault.at_file(), &document.id, &key, &to, random)?;
            splices.replace(block.wrapped.span.clone(), base64(&wrapped));
            splices.replace(block.seal.span.clone(), base64(&seal));
        }
        for entry in &document.values {
            let sealed = self.seal(&key, &entry.name, &self.open(entry)?, random)?;
            splices.replace(entry.sealed.span.clone(), base64(&sealed));
        }
        self.take(splices.finish())?;
        self.key = key;
        Ok(Rekeyed {
            recipients: self.vault.recipients().map(Recipient::to_string).collect(),
            names: self.names().map(str::to_owned).collect(),
            removed: None,
        })
    }

    /// A recipient of the vault, to wrap another key for.
    fn again(&self, block: &Block, ask: &mut dyn Ask) -> Result<NewRecipient, VaultError> {
        let passphrase = match block.recipient.key() {
            Some(_) => None,
            None => Some(self.vault.ask_passphrase(block, ask)?.0),
        };
        let work = work_of(&block.wrapped.bytes).unwrap_or(WORK);
        Ok(NewRecipient { recipient: block.recipient.clone(), passphrase, work })
    }

    fn block(&self, which: &str) -> Result<&Block, VaultError> {
        let blocks = &self.vault.document.recipients;
        blocks.iter().find(|block| block.recipient.is_called(which)).ok_or_else(|| {
            VaultError::UnknownRecipient {
                at: self.vault.at_file(),
                recipients: self.vault.recipients().map(ToString::to_string).collect(),
            }
        })
    }

    /// The lines of a block, and the blank line that sets it off from what is above.
    fn with_blank_line_above(&self, block: &Block) -> std::ops::Range<usize> {
        let start = line_start(self.text(), block.span.start);
        let above = line_start(self.text(), start.saturating_sub(1));
        let is_blank = self.text()[above..start].trim().is_empty();
        (if is_blank { above } else { start })..block.span.end
    }
}
