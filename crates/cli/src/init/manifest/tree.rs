//! [`Node`]: what a TOML or YAML file says, with the line of each key.

use zeroize::Zeroizing;

/// A value. It may hold a secret that should not be there, and so has no `Debug`.
#[derive(Clone)]
pub(super) enum Node {
    Nothing,
    Word(Zeroizing<String>),
    List(Vec<(u32, Node)>),
    Table(Vec<Entry>),
}

/// A key of a table with its value.
#[derive(Clone)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) line: u32,
    pub(super) node: Node,
}

impl Node {
    /// The entries of a table; none of anything else.
    pub(super) fn entries(&self) -> &[Entry] {
        match self {
            Self::Table(entries) => entries,
            _ => &[],
        }
    }

    pub(super) fn get(&self, key: &str) -> Option<&Entry> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    pub(super) fn word(&self) -> Option<&str> {
        match self {
            Self::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The text of a key of this table.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.node.word()
    }
}

/// The line of a place in a text, from 1.
pub(super) fn line_at(text: &str, place: usize) -> u32 {
    let before = text.as_bytes().get(..place).unwrap_or(text.as_bytes());
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}
