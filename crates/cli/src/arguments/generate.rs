//! `envctl generate`.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{InputArguments, ProjectArguments};

pub(crate) const ABOUT: &str = "Write types, a JSON Schema, an example or a reference from the contract";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Write types, a JSON Schema, an example or a reference from the contract

Only the contract is read: no values, no stack, and of secrets no more than their examples. Without \
`--environment`, the contract counts as it is for every environment, and what only some ask for is optional.

A file that envctl generated is replaced; another one only with `--yes`. `--check` writes nothing: exit code 1 if \
the file is not what would be written.")]
#[command(after_help = "\
Examples:
  envctl generate env-example --output .env.example
  envctl generate typescript --output src/env.d.ts
  envctl generate rust --output src/env.rs
  envctl generate markdown --target worker --output docs/worker.md
  envctl generate typescript --output src/env.d.ts --check     in CI: is it fresh?")]
pub(crate) struct GenerateArguments {
    /// What to write
    #[arg(value_name = "WHAT", value_enum)]
    pub(crate) form: GeneratedForm,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Change nothing; exit code 1 if the file is not what would be written
    #[arg(long, requires = "output")]
    pub(crate) check: bool,
    /// Replace a file that envctl did not generate
    #[arg(long, requires = "output", conflicts_with = "check")]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
    /// A profile of the contract, such as the least that a deployment needs
    #[arg(long, value_name = "NAME", help_heading = "Where things are")]
    pub(crate) profile: Option<String>,
    /// A target of the project: only its variables, under its own names
    #[arg(long, value_name = "NAME", help_heading = "Where things are")]
    pub(crate) target: Option<String>,
    /// The contract of the stack's configuration (`stack_schema`) in place of the environment's
    #[arg(long, conflicts_with_all = ["schema", "target"], help_heading = "Where things are")]
    pub(crate) stack: bool,
}

impl GenerateArguments {
    /// Where the contract is; values are not asked for.
    pub(crate) fn input(&self) -> InputArguments {
        InputArguments {
            project: self.project.clone(),
            profile: self.profile.clone(),
            target: self.target.clone(),
            stack: self.stack,
            ..InputArguments::default()
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum GeneratedForm {
    /// An env file with every variable, what it is for and when it is needed
    EnvExample,
    /// Types for TypeScript, in which a choice decides what is there
    #[value(name = "typescript")]
    TypeScript,
    /// Structs for Rust, read with serde; secrets are of the crate `secrecy`
    Rust,
    /// A JSON Schema of the environment as an object of texts
    JsonSchema,
    /// A reference of all variables for a guide
    Markdown,
}

impl GeneratedForm {
    /// The word on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::EnvExample => "env-example",
            Self::TypeScript => "typescript",
            Self::Rust => "rust",
            Self::JsonSchema => "json-schema",
            Self::Markdown => "markdown",
        }
    }
}
