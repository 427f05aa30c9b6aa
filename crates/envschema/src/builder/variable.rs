//! One variable of a contract built in code.

use std::fmt::Display;

use super::{entry, text, texts};
use crate::document::{
    BoundSpec, DefaultSpec, DeprecatedSpec, DeprecatedTable, GenerateSpec, GenerateTable, OneOrMany,
    RequiredSpec, VariableTable,
};
use crate::text::Spanned;

/// Builds one variable for a [`SchemaBuilder`](super::SchemaBuilder): required and secret unless it says otherwise.
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until it is given to `SchemaBuilder::variable`"]
pub struct VariableBuilder {
    pub(super) name: String,
    pub(super) table: VariableTable,
}

impl VariableBuilder {
    /// A required secret string called `name`.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), table: VariableTable::default() }
    }

    /// The variable with a table of the format, for all that has no method here.
    pub fn from_table(name: &str, table: VariableTable) -> Self {
        Self { name: name.to_owned(), table }
    }

    /// What it is for and where its value comes from, in one sentence.
    pub fn about(mut self, about: &str) -> Self {
        self.table.about = text(about);
        self
    }

    /// The group it is shown in.
    pub fn group(mut self, id: &str) -> Self {
        self.table.group = text(id);
        self
    }

    /// The type by its name, one of [`ValueType::NAMES`](crate::ValueType::NAMES).
    pub fn kind(mut self, name: &str) -> Self {
        self.table.r#type = text(name);
        self
    }

    /// An `enum` of these values.
    pub fn values<T: Into<String>>(mut self, values: impl IntoIterator<Item = T>) -> Self {
        self.table.values = texts(values).into();
        self.kind("enum")
    }

    /// The least and the greatest value: numbers, or texts such as `"30s"` for durations and sizes.
    pub fn bounds(mut self, min: Option<BoundSpec>, max: Option<BoundSpec>) -> Self {
        self.table.min = min.map(Spanned::from).into();
        self.table.max = max.map(Spanned::from).into();
        self
    }

    /// What the value begins with.
    pub fn prefix(mut self, prefix: &str) -> Self {
        self.table.prefix = text(prefix);
        self
    }

    /// A regular expression that matches the whole value.
    pub fn pattern(mut self, pattern: &str) -> Self {
        self.table.pattern = text(pattern);
        self
    }

    /// It need not be there.
    pub fn optional(mut self) -> Self {
        self.table.required = RequiredSpec::Flag(false).into();
        self
    }

    /// It has to be there while a condition holds.
    pub fn required_when(mut self, condition: &str) -> Self {
        self.table.required = RequiredSpec::When(condition.to_owned()).into();
        self
    }

    /// Shown to people who run the system, but not to everybody.
    pub fn plain(mut self) -> Self {
        self.table.visibility = text("plain");
        self
    }

    /// Shown to everybody, browsers included.
    pub fn public(mut self) -> Self {
        self.table.visibility = text("public");
        self
    }

    /// The value if nothing gives one: a text, or a number or boolean that stands for its text.
    pub fn default(mut self, default: impl Display) -> Self {
        self.table.default = DefaultSpec::Text(default.to_string()).into();
        self
    }

    /// What a value looks like.
    pub fn example(mut self, example: &str) -> Self {
        self.table.example = DefaultSpec::Text(example.to_owned()).into();
        self
    }

    /// What happens when it is absent.
    pub fn without(mut self, without: &str) -> Self {
        self.table.without = text(without);
        self
    }

    /// What a report says in place of "NAME is not set" when it is missing.
    pub fn missing(mut self, missing: &str) -> Self {
        self.table.missing = text(missing);
        self
    }

    /// Its key in the stack's configuration.
    pub fn config(mut self, key: &str) -> Self {
        self.table.config = text(key);
        self
    }

    /// It should no longer be used; `replacement` is the variable to use.
    pub fn deprecated(mut self, replacement: Option<&str>) -> Self {
        let replacement = replacement.map(text).unwrap_or_default();
        let table = DeprecatedTable { replacement, ..DeprecatedTable::default() };
        self.table.deprecated = DeprecatedSpec::Table(table).into();
        self
    }

    /// How to make a value, such as `base64:32`. With `ask`, only when a person agrees.
    pub fn generate(mut self, form: &str, ask: bool) -> Self {
        let table = GenerateTable { form: text(form), ask: ask.into(), ..GenerateTable::default() };
        self.table.generate = GenerateSpec::Table(table).into();
        self
    }

    /// The stack outputs that hold it; the first one that is there wins.
    pub fn output<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.table.output = OneOrMany::Many(texts(names)).into();
        self
    }

    /// A template that builds it.
    pub fn derive(mut self, template: &str) -> Self {
        self.table.derive = OneOrMany::One(template.to_owned().into()).into();
        self
    }

    /// Whether an empty value is a value (`true`) or an error (`false`) instead of "not set".
    pub fn allow_empty(mut self, allow: bool) -> Self {
        self.table.allow_empty = allow.into();
        self
    }

    /// Other attributes in one environment: those that `over` sets.
    pub fn on(mut self, environment: &str, over: Self) -> Self {
        entry(&mut self.table.on, environment, over.table);
        self
    }
}
