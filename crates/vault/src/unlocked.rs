//! [`Unlocked`]: the vault while its values can be read and set.

use std::fmt;

use envctl_resolver::producers::RandomSource;
use envschema::SecretValue;

use crate::document::{Entry, is_name};
use crate::error::VaultError;
use crate::seal::{Bound, DataKey, Role};
use crate::splice::{Splices, comment_start, line_start, next_line};
use crate::vault::Vault;
use crate::write::{base64, value_line};

/// A vault that was opened. Values stay encrypted until they are asked for.
///
/// Every change gives a new [text](Unlocked::text), which the caller writes. A change that fails changes nothing.
#[derive(Clone)]
pub struct Unlocked {
    pub(crate) vault: Vault,
    pub(crate) key: DataKey,
    order: Vec<String>,
}

/// What [`Unlocked::set`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Set {
    /// The name is new.
    Added,
    /// The name had another value, or one that could not be read.
    Changed,
    /// The name had this value already: no byte was changed.
    Same,
}

impl Unlocked {
    pub(crate) const fn new(vault: Vault, key: DataKey) -> Self {
        Self { vault, key, order: Vec::new() }
    }

    /// The vault as everybody sees it.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The whole text, to be written. It has no secret.
    #[must_use]
    pub fn text(&self) -> &str {
        self.vault.text()
    }

    /// The names that have values, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.vault.names()
    }

    /// The value of a name.
    ///
    /// # Errors
    /// [`VaultError::NotInVault`]; [`VaultError::Tampered`] if the value was changed, or sealed for another name, another
    /// vault or another key.
    pub fn get(&self, name: &str) -> Result<SecretValue, VaultError> {
        self.open(self.entry(name)?)
    }

    /// All values in the order of the file.
    ///
    /// # Errors
    /// [`VaultError::Tampered`] for every value that cannot be read.
    pub fn values(&self) -> Result<Vec<(&str, SecretValue)>, Vec<VaultError>> {
        let (mut values, mut errors) = (Vec::new(), Vec::new());
        for entry in &self.vault.document.values {
            match self.open(entry) {
                Ok(value) => values.push((entry.name.as_str(), value)),
                Err(error) => errors.push(error),
            }
        }
        if errors.is_empty() { Ok(values) } else { Err(errors) }
    }

    /// The order in which new names are put between those that are there, such as a contract's. A new name comes after the
    /// nearest one before it in this order that the vault has; without one, before the nearest one after it; without an
    /// order, at the end.
    ///
    /// With an order, branches that add different names put them in different places, which git can merge.
    pub fn keep_order<'n>(&mut self, names: impl IntoIterator<Item = &'n str>) -> &mut Self {
        self.order = names.into_iter().map(str::to_owned).collect();
        self
    }

    /// Gives a name a value. A name that the vault has keeps its line and the comment behind it; no other line changes.
    ///
    /// # Errors
    /// [`VaultError::BadName`] and [`VaultError::Random`].
    pub fn set(
        &mut self,
        name: &str,
        value: &SecretValue,
        random: &mut dyn RandomSource,
    ) -> Result<Set, VaultError> {
        if !is_name(name) {
            return Err(VaultError::BadName { at: self.vault.at_file(), name: name.to_owned() });
        }
        let old = self.entry(name).ok();
        if old.is_some_and(|entry| self.open(entry).is_ok_and(|old| old == *value)) {
            return Ok(Set::Same);
        }
        let sealed = self.seal(&self.key, name, value, random)?;
        let mut splices = Splices::new(self.text());
        let done = match old {
            Some(entry) => {
                splices.replace(entry.sealed.span.clone(), base64(&sealed));
                Set::Changed
            }
            None => {
                splices.insert_lines(self.place(name), &[value_line(name, &sealed)]);
                Set::Added
            }
        };
        self.take(splices.finish())?;
        Ok(done)
    }

    /// Takes the line of a name away. Other lines, comments included, stay.
    ///
    /// Whoever has an earlier version of the file and can read it still has the value.
    ///
    /// # Errors
    /// [`VaultError::NotInVault`].
    pub fn remove(&mut self, name: &str) -> Result<(), VaultError> {
        let mut splices = Splices::new(self.text());
        splices.remove_lines(&self.entry(name)?.span);
        self.take(splices.finish())
    }

    /// Reads the changed text back, so that nothing is given out that cannot be read.
    pub(crate) fn take(&mut self, text: String) -> Result<(), VaultError> {
        self.vault = Vault::read(self.vault.file.clone(), text)?;
        Ok(())
    }

    pub(crate) fn open(&self, entry: &Entry) -> Result<SecretValue, VaultError> {
        self.key.open_value(&self.bound(&entry.name), &entry.sealed.bytes).ok_or_else(|| {
            VaultError::Tampered { at: self.vault.at(entry.span.start), name: entry.name.clone() }
        })
    }

    pub(crate) fn seal(
        &self,
        key: &DataKey,
        name: &str,
        value: &SecretValue,
        random: &mut dyn RandomSource,
    ) -> Result<Vec<u8>, VaultError> {
        key.seal_value(&self.bound(name), value, random)
            .map_err(|source| VaultError::Random { at: self.vault.at_file(), source })
    }

    fn bound<'n>(&'n self, name: &'n str) -> Bound<'n> {
        Bound { id: &self.vault.document.id, role: Role::Value(name) }
    }

    fn entry(&self, name: &str) -> Result<&Entry, VaultError> {
        let entries = &self.vault.document.values;
        entries.iter().find(|entry| entry.name == name).ok_or_else(|| VaultError::NotInVault {
            at: self.vault.at_file(),
            name: name.to_owned(),
            meant: envschema::nearest(name, self.names()).map(str::to_owned),
        })
    }

    /// Where the line of a new name begins.
    fn place(&self, name: &str) -> usize {
        let (text, document) = (self.text(), &self.vault.document);
        let find = |name: &String| document.values.iter().find(|entry| entry.name == *name);
        let after = |entry: &Entry| next_line(text, entry.span.end);
        if let Some(index) = self.order.iter().position(|other| other == name) {
            let (before, rest) = self.order.split_at(index);
            if let Some(entry) = before.iter().rev().find_map(find) {
                return after(entry);
            }
            if let Some(entry) = rest.iter().find_map(find) {
                return comment_start(text, line_start(text, entry.span.start));
            }
        }
        document.values.last().map_or_else(|| next_line(text, document.values_header), after)
    }
}

impl fmt::Debug for Unlocked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Unlocked").field(&self.vault).finish()
    }
}
