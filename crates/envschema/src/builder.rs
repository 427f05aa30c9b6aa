//! Contracts built in code instead of read from TOML.
//!
//! A builder fills the same [`Document`] that a text is read into, and the result goes through the same checks.

mod rule;
mod variable;

use crate::contract::Guard;
use crate::diagnostic::SchemaErrors;
use crate::document::{Document, EnvironmentTable, Field, GroupTable, ProfileTable, SchemaTable, Table};
use crate::load::Schema;
use crate::text::Spanned;

pub use rule::RuleBuilder;
pub use variable::VariableBuilder;

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
        let document = Document { schema: table.into(), ..Document::default() };
        SchemaBuilder { name: name.to_owned(), document }
    }
}

impl SchemaBuilder {
    /// One sentence about the system.
    pub fn about(mut self, about: &str) -> Self {
        self.document.schema.get_or_insert_default().value.about = text(about);
        self
    }

    /// Describes the configuration of a Pulumi stack; `namespace` is that of keys that carry none.
    pub fn pulumi_config(mut self, namespace: &str) -> Self {
        let table = &mut self.document.schema.get_or_insert_default().value;
        table.kind = text("pulumi-config");
        table.namespace = text(namespace);
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
        let mut table = ProfileTable {
            others: text(if others_optional { "optional" } else { "keep" }),
            ..ProfileTable::default()
        };
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

fn text(text: &str) -> Field<String> {
    text.to_owned().into()
}

fn texts<T: Into<String>>(texts: impl IntoIterator<Item = T>) -> Vec<Spanned<String>> {
    texts.into_iter().map(|text| text.into().into()).collect()
}

/// Puts an entry at the end of a table that may not be there yet.
fn entry<T>(table: &mut Field<Table<T>>, name: &str, entry: T) {
    table.get_or_insert_default().value.0.push((name.to_owned().into(), entry));
}
