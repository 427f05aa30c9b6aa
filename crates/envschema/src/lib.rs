//! The contract of a deployment's environment: which variables a system reads, what their values look like,
//! when each has to be there, and what has to hold between them.
//!
//! A program usually meets its environment one variable at a time, and fails at the first that is missing. A
//! contract says all of it in one file, `envschema.toml`, so that an environment can be judged as a whole before
//! anything starts: everything that is missing or wrong is told at once, with the reason and what to do.
//!
//! # A first contract
//!
//! ```
//! use std::collections::BTreeMap;
//!
//! use envschema::Schema;
//!
//! // A variable is required and secret unless it says otherwise.
//! let text = r#"
//! [schema]
//! name = "shop"
//!
//! [environments.dev]
//! [environments.prod]
//!
//! [conditions]
//! mail = 'MAIL_ENABLED && environment == "prod"'
//!
//! [vars.PORT]
//! type = "port"
//! visibility = "plain"
//! default = 3000
//!
//! [vars.DATABASE_URL]
//! about = "Connection URL of the database"
//! type = "url"
//! schemes = ["postgres", "postgresql"]
//!
//! [vars.MAIL_ENABLED]
//! type = "boolean"
//! visibility = "plain"
//! required = false
//! default = false
//!
//! [vars.MAIL_KEY]
//! about = "Key of the mail service"
//! required = 'mail'
//! "#;
//!
//! // Reading checks the contract as a whole. Mistakes come all at once, each with its line underlined.
//! let schema = Schema::parse("envschema.toml", text)?;
//!
//! // A contract is judged as it counts for one environment: overrides and conditions may depend on it.
//! let contract = schema.contract(Some("prod"), None)?;
//! let values = BTreeMap::from([("PORT", "http"), ("DATABASE_URL", "postgres://db/shop"), ("MAIL_ENABLED", "true")]);
//! let findings = contract.validate(&values);
//!
//! assert!(!findings.is_valid());
//! let lines: Vec<String> = findings.iter().map(|one| format!("{}: {}", one.code, one.message)).collect();
//! assert_eq!(lines, [
//!     "invalid: PORT is not valid: expected a port from 1 to 65535, found \"http\"",
//!     "missing: MAIL_KEY is not set; it is required because MAIL_ENABLED is true and environment == \"prod\"",
//! ]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What is where
//!
//! | module | what |
//! |---|---|
//! | [`document`] | the contract as written: one struct for each table, read with places, going on after mistakes |
//! | `builder` | the same contract built in code: [`Schema::builder`] |
//! | `load` | from the written to the checked: names looked up, every mistake a [`Diagnostic`] |
//! | `contract`, `variable` | the checked contract: [`Contract`] for one environment, its [`Variable`]s |
//! | [`types`] | what a value has to look like: [`ValueType`] |
//! | `condition` | `DEPLOYMENT == "cloud" && has(REGION)`: read, checked, judged, and told as a [`Why`] |
//! | [`template`] | `postgres://${output.user}@${output.host}/shop`: how a value is built from others |
//! | `selection` | a part of a contract, such as what one service gets: [`Selection`] |
//! | `rule`, `generator` | what holds between variables, and how a missing value is made |
//! | [`proof`] | what can be proven of a contract before anything is set: what can never be |
//! | `assess` | judging [`Values`]: the [`State`] of each variable and the [`Findings`] |
//!
//! This crate is pure: it reads no file, no environment and no clock, prints nothing and draws no random number.
//! Finding the values is the work of `envctl-resolver`. No finding, reason or error ever repeats a secret.
//!
//! With the feature `json-schema`, `json_schema()` describes the format for editors.

mod assess;
mod builder;
mod code;
mod condition;
mod contract;
mod diagnostic;
pub mod document;
mod finding;
mod generator;
mod kind;
mod load;
mod name;
mod naming;
mod place;
pub mod proof;
mod rule;
mod secret;
mod selection;
mod suggest;
pub mod template;
mod text;
pub mod types;
mod variable;

pub use assess::{Assessment, Given, Standing, State, Values};
pub use builder::{RuleBuilder, SchemaBuilder, VariableBuilder};
pub use condition::{Asks, Condition, ConditionId, Shown, VariableId, Why};
pub use contract::{Contract, Environment, Group, Guard, NamedCondition, UnknownSelection};
pub use diagnostic::{Diagnostic, DiagnosticCode, SchemaErrors};
#[cfg(feature = "json-schema")]
pub use document::json_schema;
pub use finding::{Code, Finding, Findings, Severity};
pub use generator::{GeneratorError, GeneratorForm};
pub use kind::Kind;
pub use load::{BROWSER_PREFIXES, Schema};
pub use naming::NamingError;
pub use place::Place;
pub use rule::{Rule, RuleKind};
pub use secret::SecretValue;
pub use selection::Selection;
pub use suggest::nearest;
pub use text::{SourceText, Span, Spanned};
pub use types::{Mismatch, TypedValue, ValueType};
pub use variable::{Deprecation, Empty, Generate, Presence, Variable, Visibility};
