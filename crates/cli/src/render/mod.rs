//! How things look for people: colour, width and symbols, one finding, all about one variable.

mod checked;
pub(crate) mod columns;
mod explanation;
mod finding;
mod look;
pub(crate) mod mark;

pub use look::Look;

pub(crate) use envctl_engine::words::{counted, in_one_line, printable, shown, subject};

pub(crate) use checked::{CheckReport, Checked};
pub(crate) use explanation::{explanation_text, place_text};
pub(crate) use finding::push_finding;
pub(crate) use look::Tone;
