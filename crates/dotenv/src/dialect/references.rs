//! References to other variables: the escapes that keep a `$` from being one, and [`Room`], a limit for what references may add, since a few lines that double a value would fill the memory.

use std::cell::Cell;
use std::collections::HashMap;

/// The variables of a file so far; none where the value cannot be told.
pub(super) type Values<'t> = HashMap<&'t str, Option<String>>;

/// Why a value cannot be told when there is no room.
pub(super) const NO_ROOM: &str = "references add more to values than is followed here";

/// The bytes that the references of one file may add, which is far more than an environment can carry.
pub(super) struct Room {
    left: Cell<usize>,
    is_lost: Cell<bool>,
}

impl Room {
    pub(super) const fn new() -> Self {
        Self { left: Cell::new(8 << 20), is_lost: Cell::new(false) }
    }

    /// Takes the room that a value needs; nothing if there is none, or if the value cannot be told.
    pub(super) fn take<'v>(&self, value: Option<&'v str>) -> Option<&'v str> {
        let left = value.and_then(|value| self.left.get().checked_sub(value.len()));
        match left {
            Some(left) => self.left.set(left),
            None => self.is_lost.set(true),
        }
        value.filter(|_| left.is_some())
    }

    /// What was made of the values taken since the last call, if they are all told.
    pub(super) fn told(&self, expanded: String) -> Option<String> {
        (!self.is_lost.take()).then_some(expanded)
    }
}

/// The text without the backslashes that are before anything but `$`.
pub(super) fn unescape(text: &str) -> String {
    let mut unescaped = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match chars.clone().next() {
            Some(escaped) if c == '\\' && escaped != '$' => {
                unescaped.push(escaped);
                chars.next();
            }
            _ => unescaped.push(c),
        }
    }
    unescaped
}
