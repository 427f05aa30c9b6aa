//! [`Variable`]: one entry of a contract, and what it says of itself.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use crate::condition::Condition;
use crate::generator::GeneratorForm;
use crate::template::{Part, Reference, Template};
use crate::text::Span;
use crate::types::ValueType;

/// Who may see a variable's value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Visibility {
    /// Masked everywhere.
    #[default]
    Secret,
    /// Shown to people who run envctl.
    Plain,
    /// Shown to everybody: it may be shipped to a browser.
    Public,
}

/// Whether a variable has to be there.
#[derive(Clone, Debug, PartialEq)]
pub enum Presence {
    /// Always.
    Required,
    /// Never.
    Optional,
    /// While the condition holds. While it does not, the variable is not needed.
    When(Box<Condition>),
}

/// What an empty value is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Empty {
    /// The variable is not set.
    #[default]
    Unset,
    /// A value like others (`allow_empty = true`).
    Value,
    /// An error (`allow_empty = false`): the program that reads it fails.
    Error,
}

/// That a variable should no longer be used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecation {
    /// The variable to use.
    pub replacement: Option<String>,
    /// Why, or what to do.
    pub message: Option<String>,
}

/// How to make a value that nothing gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generate {
    /// What is made.
    pub form: GeneratorForm,
    /// What is put in front.
    pub prefix: String,
    /// Whether a person has to agree first.
    pub ask: bool,
}

/// One variable of a contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    /// The name.
    pub name: Arc<str>,
    /// Who may see it.
    pub visibility: Visibility,
    /// What an empty value is.
    pub empty: Empty,
    /// What a value looks like.
    pub example: Option<String>,
    /// The value if nothing gives one.
    pub default: Option<Arc<str>>,
    /// Stack outputs that hold it, the first that is there wins.
    pub outputs: Vec<String>,
    /// Templates that build it, the first that can be completed wins.
    pub derive: Vec<Template>,
    /// What a value has to look like.
    pub kind: ValueType,
    /// Whether it has to be there.
    pub presence: Presence,
    /// Its key in the stack's configuration.
    pub config: Option<String>,
    /// One sentence about it.
    pub about: Option<String>,
    /// The number of its group in [`Contract::groups`].
    pub group: Option<usize>,
    /// What happens when it is absent.
    pub without: Option<String>,
    /// What a report says in place of "NAME is not set" when it is missing.
    pub missing: Option<String>,
    /// A page to read.
    pub docs: Option<String>,
    /// That it should no longer be used.
    pub deprecated: Option<Box<Deprecation>>,
    /// How to make a value.
    pub generate: Option<Box<Generate>>,
    /// Where the contract defines it.
    pub span: Span,
}

impl Variable {
    /// Whether a text is a value for it: of its type, or empty where the contract allows that.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        match (text.is_empty(), self.empty) {
            (true, Empty::Value) => true,
            (true, Empty::Error) => false,
            _ => self.kind.accepts(text).is_ok(),
        }
    }

    /// What its templates refer to, in order.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        self.derive.iter().flat_map(|template| &template.parts).filter_map(|part| match part {
            Part::Reference { to, .. } => Some(to),
            Part::Text(_) => None,
        })
    }

    /// Whether its value is masked.
    #[must_use]
    pub fn is_secret(&self) -> bool {
        self.visibility == Visibility::Secret
    }
}

impl fmt::Display for Visibility {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secret => "secret",
            Self::Plain => "plain",
            Self::Public => "public",
        })
    }
}
