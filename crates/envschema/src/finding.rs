//! [`Finding`]: one thing to know about a resolved environment. It never holds a secret.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::code::codes;
use crate::condition::Why;
use crate::place::Place;

codes! {
    /// What kind of finding it is.
    pub enum Code {
        Missing = "missing": "A variable that has to be there is not.",
        Invalid = "invalid": "A value is not of the variable's type.",
        Placeholder = "placeholder": "A value is only an example, a reminder or a `${NAME}` that nobody expands; it counts as not set.",
        Conflict = "conflict": "A rule across variables is broken.",
        Unknown = "unknown": "A name that the contract does not have.",
        Removed = "removed": "A name that the contract no longer has.",
        Deprecated = "deprecated": "A variable that should no longer be used.",
        Exposed = "exposed": "A secret value is also the value of a public variable.",
        Duplicate = "duplicate": "A file gives a variable more than once.",
        Stale = "stale": "The existing value differs from what a live source gives.",
        Unreadable = "unreadable": "A line or file cannot be read.",
        Unchosen = "unchosen": "The contract depends on the environment, and none was chosen.",
        Unavailable = "unavailable": "An optional source failed; what it knows is missing.",
        Leaked = "leaked": "A secret value stands where it should not.",
        Tracked = "tracked": "A file that holds the secret values is in git, or is not ignored by it.",
        Divergent = "divergent": "Readers of env files see different values of a variable.",
        Rejected = "rejected": "A reader of env files refuses the whole file, or does with it what cannot be told.",
        Unwritable = "unwritable": "No spelling of a value is read back as it is by the readers of the form.",
    }
}

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The environment is not valid.
    Error,
    /// Worth knowing; the environment is valid.
    Warning,
}

/// One thing to know about a resolved environment.
///
/// As JSON: `{"code", "severity", "variable", "message", "help", "place", "because"}`, all but the first two
/// and the message possibly null.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// What kind of finding.
    #[serde(serialize_with = "code_text")]
    pub code: Code,
    /// How much it matters.
    pub severity: Severity,
    /// The variable, or the name that is not one.
    pub variable: Option<Arc<str>>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// The one thing to do.
    pub help: Option<String>,
    /// Where.
    pub place: Option<Place>,
    /// Why the variable is needed, when a condition made it so. In JSON, the decisive terms as text.
    #[serde(serialize_with = "why_text")]
    pub because: Option<Why>,
}

fn code_text<S: Serializer>(code: &Code, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(code.as_str())
}

#[expect(clippy::ref_option, reason = "the shape that serde asks for")]
fn why_text<S: Serializer>(why: &Option<Why>, serializer: S) -> Result<S::Ok, S::Error> {
    match why {
        Some(why) => serializer.collect_str(why),
        None => serializer.serialize_none(),
    }
}

impl Finding {
    /// A finding about a variable.
    #[must_use]
    pub fn new(
        code: Code,
        severity: Severity,
        variable: impl Into<Arc<str>>,
        message: impl Into<String>,
    ) -> Self {
        Self { variable: Some(variable.into()), ..Self::general(code, severity, message) }
    }

    /// A finding about no variable in particular.
    #[must_use]
    pub fn general(code: Code, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            code,
            severity,
            variable: None,
            message: message.into(),
            help: None,
            place: None,
            because: None,
        }
    }

    /// With the one thing to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// With the place.
    #[must_use]
    pub fn at(mut self, place: Option<Place>) -> Self {
        self.place = place;
        self
    }

    /// With the reason that made the variable needed.
    #[must_use]
    pub fn because(mut self, why: Option<Why>) -> Self {
        self.because = why;
        self
    }
}

/// Everything found about a resolved environment, in the contract's order.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Findings(Vec<Finding>);

impl Findings {
    /// Whether nothing is an error.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        self.0.iter().all(|finding| finding.severity != Severity::Error)
    }

    /// How many findings have a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|finding| finding.severity == severity).count()
    }

    /// The findings, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Finding> {
        self.0.iter()
    }

    /// Adds one.
    pub fn push(&mut self, finding: Finding) {
        self.0.push(finding);
    }

    /// Puts them in an order: by `rank` of the variable, those without one last.
    pub fn sort_by_rank(&mut self, rank: impl Fn(&str) -> Option<usize>) {
        self.0
            .sort_by_cached_key(|finding| finding.variable.as_deref().and_then(&rank).unwrap_or(usize::MAX));
    }

    /// Keeps those that `wanted` takes.
    pub fn retain(&mut self, wanted: impl FnMut(&Finding) -> bool) {
        self.0.retain(wanted);
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Extend<Finding> for Findings {
    fn extend<I: IntoIterator<Item = Finding>>(&mut self, iter: I) {
        self.0.extend(iter);
    }
}

impl FromIterator<Finding> for Findings {
    fn from_iter<I: IntoIterator<Item = Finding>>(iter: I) -> Self {
        Self(iter.into_iter().collect())
    }
}

impl IntoIterator for Findings {
    type Item = Finding;
    type IntoIter = std::vec::IntoIter<Finding>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
