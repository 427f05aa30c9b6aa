//! How things look: colour, width and symbols, and the human and JSON forms of results.

mod explanation;
mod findings;
mod look;
mod report;

pub use look::Look;

pub(crate) use explanation::{Explanation, explanation_text, place_text};
pub(crate) use findings::{findings_text, report_text};
pub(crate) use look::Tone;
pub(crate) use report::{Report, counted};
