//! [`Wanted`]: what a target is to hold.

use std::collections::HashSet;
use std::sync::Arc;

use envschema::{Place, SecretValue};

/// One record that a target is to hold. A plan refuses a record that is named twice, and one with two entries of a key.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The record: a secret, a parameter, a file.
    pub name: String,
    /// Its entries, in the order of the contract; one whose key is empty for a record of one value.
    pub entries: Vec<WantedEntry>,
    /// Keys that the contract knows for it and that have no value here. What the target holds of them stays.
    pub unset: Vec<String>,
    /// Keys that the contract knows for it and that this run leaves alone.
    pub aside: Vec<String>,
    /// Keys that are to go, if they are there. One that has an entry stays.
    pub remove: Vec<String>,
    /// Whether nothing in it is secret.
    pub open: bool,
}

impl Wanted {
    /// A record that is to hold nothing, and to go.
    pub(crate) fn nothing(name: String) -> Self {
        Self {
            name,
            entries: Vec::new(),
            unset: Vec::new(),
            aside: Vec::new(),
            remove: Vec::new(),
            open: false,
        }
    }

    /// The keys that are to go and have no entry.
    pub(crate) fn removed(&self) -> impl Iterator<Item = &str> {
        let has_entry = |key: &&str| self.entries.iter().any(|entry| entry.key == *key);
        self.remove.iter().map(String::as_str).filter(move |key| !has_entry(key))
    }

    /// A key that two entries have.
    pub(crate) fn repeated_key(&self) -> Option<&str> {
        let mut seen = HashSet::new();
        self.entries.iter().map(|entry| entry.key.as_str()).find(|key| !seen.insert(*key))
    }
}

/// One entry that a record is to have.
#[derive(Clone, Debug)]
pub struct WantedEntry {
    /// The key there; empty in a record of one value.
    pub key: String,
    /// The variable.
    pub variable: Arc<str>,
    /// The value.
    pub value: SecretValue,
    /// Where the value came from.
    pub place: Place,
}
