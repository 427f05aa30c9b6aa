//! The reading that most readers share, and the spelling that nearly all of them read alike.

use std::borrow::Cow;

use super::{Outside, Rules};
use crate::reading::{Effect, Reading};
use crate::{Document, Severity, portable};

pub(super) const RULES: Rules = Rules {
    name: "portable",
    title: "most readers",
    checked: "all the others",
    read,
    spellings: |value| portable::write(value, None).map(Cow::into_owned).into_iter().collect(),
    takes_name: portable::is_name,
};

fn read(text: &str, _outside: Outside<'_>) -> Reading {
    let document = Document::parse(text);
    let mut reading = Reading::default();
    for entry in document.entries() {
        reading.set(entry.name(), entry.value(), entry.line());
    }
    for problem in document.problems().iter().filter(|problem| problem.severity() == Severity::Error) {
        reading.remark(problem.line(), Effect::Skips, problem.kind().reason());
    }
    reading
}
