//! How things look for people: colour, width and symbols, one finding, all about one variable.

mod checked;
pub(crate) mod columns;
mod explanation;
mod finding;
mod look;
pub(crate) mod mark;

pub use look::Look;

pub(crate) use checked::{CheckReport, Checked};
pub(crate) use explanation::{Explanation, explanation_text, place_text};
pub(crate) use finding::push_finding;
pub(crate) use look::Tone;

/// `1 error`, `2 errors`
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
