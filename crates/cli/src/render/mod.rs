//! How things look for people: colour, width and symbols, one finding, all about one variable.

mod checked;
pub(crate) mod columns;
mod explanation;
mod finding;
mod look;
pub(crate) mod mark;
mod printable;

use envschema::Contract;

pub use look::Look;

pub(crate) use checked::{CheckReport, Checked};
pub(crate) use explanation::{Explanation, explanation_text, place_text};
pub(crate) use finding::push_finding;
pub(crate) use look::Tone;
pub(crate) use printable::{in_one_line, printable, shown};

/// What is looked at, in the order in which it is said: the contract's name, the environment, the profile and the
/// target. A profile that is made for a target usually has its name, which is said once.
pub(crate) fn subject(contract: &Contract) -> Vec<&str> {
    let profile = contract.profile().filter(|profile| contract.part() != Some(profile));
    [Some(contract.name()), contract.environment(), profile, contract.part()].into_iter().flatten().collect()
}

/// `1 error`, `2 errors`
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
