//! One rule of a contract built in code.

use super::{text, texts};
use crate::document::{RequiresTable, RuleTable};

/// Builds one rule for a [`SchemaBuilder`](super::SchemaBuilder).
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until it is given to `SchemaBuilder::rule`"]
pub struct RuleBuilder {
    pub(super) table: RuleTable,
}

impl RuleBuilder {
    /// Exactly one of these is set.
    pub fn one_of<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { one_of: texts(names).into(), ..RuleTable::default() } }
    }

    /// One of these or more are set.
    pub fn at_least_one<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { at_least_one: texts(names).into(), ..RuleTable::default() } }
    }

    /// All of these are set, or none.
    pub fn all_or_none<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { all_or_none: texts(names).into(), ..RuleTable::default() } }
    }

    /// At most one of these is set.
    pub fn excludes<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { excludes: texts(names).into(), ..RuleTable::default() } }
    }

    /// No two of these have the same value.
    pub fn distinct<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { distinct: texts(names).into(), ..RuleTable::default() } }
    }

    /// When `name` is set, `then` have to be.
    pub fn requires<T: Into<String>>(name: &str, then: impl IntoIterator<Item = T>) -> Self {
        let requires =
            RequiresTable { r#if: text(name), then: texts(then).into(), ..RequiresTable::default() };
        Self { table: RuleTable { requires: requires.into(), ..RuleTable::default() } }
    }

    /// The condition holds.
    pub fn assert(condition: &str) -> Self {
        Self { table: RuleTable { assert: text(condition), ..RuleTable::default() } }
    }

    /// What to tell when the rule is broken.
    pub fn message(mut self, message: &str) -> Self {
        self.table.message = text(message);
        self
    }

    /// The rule counts only while this condition holds.
    pub fn when(mut self, condition: &str) -> Self {
        self.table.when = text(condition);
        self
    }
}
