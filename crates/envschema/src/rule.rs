//! Rules across variables.

use crate::condition::{Condition, VariableId};
use crate::text::Span;

/// A rule across variables, checked.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// What has to hold.
    pub kind: RuleKind,
    /// What to tell when it does not.
    pub message: Option<String>,
    /// While it counts; always if absent.
    pub when: Option<Condition>,
    /// Where the contract states it.
    pub span: Span,
}

/// What a rule asks.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum RuleKind {
    /// Exactly one is set.
    OneOf(Vec<VariableId>),
    /// One or more are set.
    AtLeastOne(Vec<VariableId>),
    /// All are set, or none.
    AllOrNone(Vec<VariableId>),
    /// At most one is set.
    Excludes(Vec<VariableId>),
    /// No two have the same value.
    Distinct(Vec<VariableId>),
    /// When the first is set, the others are.
    Requires(VariableId, Vec<VariableId>),
    /// The condition holds.
    Assert(Condition),
}
