//! The portable dialect: the reading that most real readers share, and the spellings that they read back alike.
//!
//! A dialect is these four functions: one scans a line, one gives the value of a quoted text, one chooses a
//! spelling and one writes it. The rest of the crate knows no syntax.

mod escape;
mod read;
mod write;

pub(crate) use escape::value;
pub(crate) use read::scan;
pub(crate) use write::{is_name, is_no_character, write};
