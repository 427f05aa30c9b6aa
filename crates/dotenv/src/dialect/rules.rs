//! [`Rules`]: what a dialect's file has to say.

use crate::reading::Reading;

/// The variables of the process that reads, for readers that expand references to them.
pub(crate) type Outside<'e> = &'e dyn Fn(&str) -> Option<String>;

/// How one reader reads, and how values are spelt for it.
pub(crate) struct Rules {
    /// Its name on command lines.
    pub(crate) name: &'static str,
    /// What people call it.
    pub(crate) title: &'static str,
    /// The programs and versions that the rules were checked against.
    pub(crate) checked: &'static str,
    /// What the reader makes of a text.
    pub(crate) read: fn(&str, Outside<'_>) -> Reading,
    /// Spellings of a value that may survive, the preferred one of equal length first. Whether one does is found out by
    /// reading it, so none has to be right.
    pub(crate) spellings: fn(&str) -> Vec<String>,
    /// Whether the reader takes a name as it is.
    pub(crate) takes_name: fn(&str) -> bool,
}
