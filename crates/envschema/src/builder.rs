//! Contracts built in code instead of read from TOML.
//!
//! A builder fills the same [`Document`] that a text is read into, and the result goes through the same checks.

use std::fmt::Display;

use crate::diagnostic::SchemaErrors;
use crate::document::{
    BoundSpec, DefaultSpec, DeprecatedSpec, DeprecatedTable, Document, EnvironmentTable, GenerateSpec,
    GenerateTable, GroupTable, OneOrMany, ProfileTable, RequiredSpec, RequiresTable, RuleTable, SchemaTable, Table,
    VariableTable,
};
use crate::load::Schema;
use crate::schema::Guard;
use crate::text::Spanned;

/// Builds a [`Schema`] in code.
///
/// ```
/// use envschema::{RuleBuilder, Schema, VariableBuilder};
///
/// let schema = Schema::builder("shop")
///     .environment("production")
///     .condition("cloud", r#"PROFILE == "cloud""#)
///     .group("core", "Core")
///     .variable(VariableBuilder::new("PROFILE").values(["cloud", "self_host"]).plain().default("self_host"))
///     .variable(VariableBuilder::new("PORT").group("core").kind("port").plain().default(3000))
///     .variable(VariableBuilder::new("CLOUD_ID").required_when("cloud"))
///     .variable(VariableBuilder::new("CLOUD_KEY").optional().without("nothing is uploaded"))
///     .rule(RuleBuilder::all_or_none(["CLOUD_ID", "CLOUD_KEY"]))
///     .build()?;
/// assert_eq!(schema.variables().len(), 4);
///
/// let errors = Schema::builder("shop").variable(VariableBuilder::new("PORT").kind("prot")).build().unwrap_err();
/// assert!(errors.to_string().contains("`PORT`: there is no type `prot`"));
/// # Ok::<(), envschema::SchemaErrors>(())
/// ```
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until `build`"]
pub struct SchemaBuilder {
    name: String,
    document: Document,
}

impl Schema {
    /// Begins a contract for the system called `name`.
    pub fn builder(name: &str) -> SchemaBuilder {
        let table = SchemaTable { name: text(name), ..SchemaTable::default() };
        let document = Document { schema: Some(table.into()), ..Document::default() };
        SchemaBuilder { name: name.to_owned(), document }
    }
}

impl SchemaBuilder {
    /// One sentence about the system.
    pub fn about(mut self, about: &str) -> Self {
        if let Some(table) = &mut self.document.schema {
            table.value.about = text(about);
        }
        self
    }

    /// Adds an environment that anybody may change.
    pub fn environment(self, name: &str) -> Self {
        self.guarded_environment(name, Guard::Lenient)
    }

    /// Adds an environment.
    pub fn guarded_environment(mut self, name: &str, guard: Guard) -> Self {
        let guard = match guard {
            Guard::Lenient => "lenient",
            Guard::Moderate => "moderate",
            Guard::Strict => "strict",
        };
        let table = EnvironmentTable { guard: text(guard), ..EnvironmentTable::default() };
        entry(&mut self.document.environments, name, table);
        self
    }

    /// Adds a named condition.
    pub fn condition(mut self, name: &str, expression: &str) -> Self {
        entry(&mut self.document.conditions, name, expression.to_owned().into());
        self
    }

    /// Adds a heading for variables.
    pub fn group(mut self, id: &str, title: &str) -> Self {
        let group = GroupTable { id: text(id), title: text(title), ..GroupTable::default() };
        self.document.groups.get_or_insert_default().value.push(group);
        self
    }

    /// Adds a variable.
    pub fn variable(mut self, variable: VariableBuilder) -> Self {
        entry(&mut self.document.vars, &variable.name, variable.table);
        self
    }

    /// Adds a rule across variables.
    pub fn rule(mut self, rule: RuleBuilder) -> Self {
        self.document.rules.get_or_insert_default().value.push(rule.table);
        self
    }

    /// Says what to do instead of using a name that was a variable once.
    pub fn removed(mut self, name: &str, instead: &str) -> Self {
        entry(&mut self.document.removed, name, instead.to_owned().into());
        self
    }

    /// Adds another view of the contract: `variables` override those of the contract, or exist in the profile
    /// only. With `others_optional` no other variable is required.
    pub fn profile(
        mut self,
        name: &str,
        others_optional: bool,
        variables: impl IntoIterator<Item = VariableBuilder>,
    ) -> Self {
        let mut table = ProfileTable { others: text(if others_optional { "optional" } else { "keep" }), ..ProfileTable::default() };
        for variable in variables {
            entry(&mut table.vars, &variable.name, variable.table);
        }
        entry(&mut self.document.profiles, name, table);
        self
    }

    /// Checks the contract as a whole.
    ///
    /// # Errors
    /// [`SchemaErrors`] with every mistake, each naming the variable, condition or rule that it is about.
    pub fn build(self) -> Result<Schema, SchemaErrors> {
        Schema::from_document(&self.name, self.document)
    }
}

/// Builds one variable for a [`SchemaBuilder`]: required and secret unless it says otherwise.
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until it is given to `SchemaBuilder::variable`"]
pub struct VariableBuilder {
    name: String,
    table: VariableTable,
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
        self.table.values = Some(texts(values).into());
        self.kind("enum")
    }

    /// The least and the greatest value: numbers, or texts such as `"30s"` for durations and sizes.
    pub fn bounds(mut self, min: Option<BoundSpec>, max: Option<BoundSpec>) -> Self {
        self.table.min = min.map(Spanned::from);
        self.table.max = max.map(Spanned::from);
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
        self.table.required = Some(RequiredSpec::Flag(false).into());
        self
    }

    /// It has to be there while a condition holds.
    pub fn required_when(mut self, condition: &str) -> Self {
        self.table.required = Some(RequiredSpec::When(condition.to_owned()).into());
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
        self.table.default = Some(DefaultSpec::Text(default.to_string()).into());
        self
    }

    /// What a value looks like.
    pub fn example(mut self, example: &str) -> Self {
        self.table.example = Some(DefaultSpec::Text(example.to_owned()).into());
        self
    }

    /// What happens when it is absent.
    pub fn without(mut self, without: &str) -> Self {
        self.table.without = text(without);
        self
    }

    /// It should no longer be used; `replacement` is the variable to use.
    pub fn deprecated(mut self, replacement: Option<&str>) -> Self {
        let table = DeprecatedTable { replacement: replacement.and_then(text), ..DeprecatedTable::default() };
        self.table.deprecated = Some(DeprecatedSpec::Table(table).into());
        self
    }

    /// How to make a value, such as `base64:32`. With `ask`, only when a person agrees.
    pub fn generate(mut self, form: &str, ask: bool) -> Self {
        let table = GenerateTable { form: text(form), ask: Some(ask.into()), ..GenerateTable::default() };
        self.table.generate = Some(GenerateSpec::Table(table).into());
        self
    }

    /// The stack outputs that hold it; the first one that is there wins.
    pub fn output<T: Into<String>>(mut self, names: impl IntoIterator<Item = T>) -> Self {
        self.table.output = Some(OneOrMany::Many(texts(names)).into());
        self
    }

    /// A template that builds it.
    pub fn derive(mut self, template: &str) -> Self {
        self.table.derive = Some(OneOrMany::One(template.to_owned().into()).into());
        self
    }

    /// Whether an empty value is a value (`true`) or an error (`false`) instead of "not set".
    pub fn allow_empty(mut self, allow: bool) -> Self {
        self.table.allow_empty = Some(allow.into());
        self
    }

    /// Other attributes in one environment: those that `over` sets.
    pub fn on(mut self, environment: &str, over: Self) -> Self {
        entry(&mut self.table.on, environment, over.table);
        self
    }
}

/// Builds one rule for a [`SchemaBuilder`].
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until it is given to `SchemaBuilder::rule`"]
pub struct RuleBuilder {
    table: RuleTable,
}

impl RuleBuilder {
    /// Exactly one of these is set.
    pub fn one_of<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { one_of: Some(texts(names).into()), ..RuleTable::default() } }
    }

    /// One of these or more are set.
    pub fn at_least_one<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { at_least_one: Some(texts(names).into()), ..RuleTable::default() } }
    }

    /// All of these are set, or none.
    pub fn all_or_none<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { all_or_none: Some(texts(names).into()), ..RuleTable::default() } }
    }

    /// At most one of these is set.
    pub fn excludes<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { excludes: Some(texts(names).into()), ..RuleTable::default() } }
    }

    /// No two of these have the same value.
    pub fn distinct<T: Into<String>>(names: impl IntoIterator<Item = T>) -> Self {
        Self { table: RuleTable { distinct: Some(texts(names).into()), ..RuleTable::default() } }
    }

    /// When `name` is set, `then` have to be.
    pub fn requires<T: Into<String>>(name: &str, then: impl IntoIterator<Item = T>) -> Self {
        let requires = RequiresTable { r#if: text(name), then: Some(texts(then).into()), ..RequiresTable::default() };
        Self { table: RuleTable { requires: Some(requires.into()), ..RuleTable::default() } }
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

fn text(text: &str) -> Option<Spanned<String>> {
    Some(text.to_owned().into())
}

fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Vec<Spanned<String>> {
    texts.into_iter().map(|text| text.into().into()).collect()
}

/// Puts an entry at the end of a table that may not be there yet.
fn entry<T>(table: &mut Option<Spanned<Table<T>>>, name: &str, entry: T) {
    table.get_or_insert_default().value.0.push((name.to_owned().into(), entry));
}
