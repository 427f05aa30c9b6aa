//! What was found about an environment or a file, as a program that judges hands it on.
//!
//! A [`Report`] has one [`Run`] for each environment. [`document`] makes the JSON form of it; the forms for people and
//! for other programs belong to the command line.

mod about;
mod document;

use envschema::Findings;
use serde_json::{Map, Value};

pub use about::About;
pub use document::{Document, document};

/// Everything that was found, for one document.
pub struct Report<'a> {
    /// What was done: `validate`, ...
    pub command: &'static str,
    /// The contract's file, from the working folder; what stands in no other file is shown there.
    pub contract: &'a str,
    /// At least one, in the order in which they were asked for.
    pub runs: Vec<&'a dyn Run>,
}

/// What was found about one environment.
pub trait Run {
    /// What was judged.
    fn about(&self) -> About<'_>;

    /// What there is to tell.
    fn findings(&self) -> &Findings;

    /// The answer, as it follows the name of what was judged: `is valid`.
    fn verdict(&self) -> &'static str;

    /// What people want to know beside the findings, a sentence each; the first one counts things.
    fn notes(&self) -> Vec<String>;

    /// Every variable that was looked at, for reports of tests.
    fn cases(&self) -> Vec<Case<'_>>;

    /// What only this command has to tell in JSON.
    fn details(&self) -> Map<String, Value>;
}

/// A variable as a test case.
pub struct Case<'a> {
    /// Its name.
    pub name: &'a str,
    /// Why there was nothing to judge.
    pub skipped: Option<String>,
}
