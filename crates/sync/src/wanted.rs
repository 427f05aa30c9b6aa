//! [`Wanted`]: what a target is to hold.

use std::sync::Arc;

use envschema::{Place, SecretValue};

/// One record that a target is to hold.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// The record: a secret, a parameter, a file.
    pub name: String,
    /// Its entries, in the order of the contract; one whose key is empty for a record of one value.
    pub entries: Vec<WantedEntry>,
    /// Keys that the contract knows for it and that have no value here. What the target holds of them stays.
    pub unset: Vec<String>,
    /// Keys that are to go, if they are there.
    pub remove: Vec<String>,
    /// Whether nothing in it is secret.
    pub open: bool,
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
