//! What is in one profile of several, where a contract is the same for every environment.

use super::super::Notes;
use super::tree::Entry;

/// Takes a variable over by `read`, as an optional one, unless an earlier profile has it.
pub(super) fn add(profile: &str, entry: &Entry, notes: &mut Notes, read: impl FnOnce(&mut Notes)) {
    let name = &entry.key;
    if notes.variables.iter().any(|noted| noted.name == *name) {
        let what = format!("{name} in profile `{profile}`");
        notes.left(entry.line, what, "a contract is the same for every environment");
    } else {
        read(notes);
        let what = format!("{name} in profile `{profile}` only");
        notes.left(entry.line, what, "it became an optional variable of every environment");
    }
}

/// Tells that a value which stands where a table was expected is not taken over.
pub(super) fn tell_value(declared: &Entry, notes: &mut Notes) {
    if declared.node.word().is_some() {
        let what = format!("the value of {}", declared.key);
        notes.left(declared.line, what, "a table was expected, and it may be a secret in use");
    }
}
