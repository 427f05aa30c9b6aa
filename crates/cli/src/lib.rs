//! The command line of envctl, as a library: `envctl` and its thin binaries are three lines over it.
//!
//! [`Edge`] is everything a command takes from the process around it; a test builds its own and reads what was
//! written. [`run`] carries out one command line and gives the exit code, from the one table [`Exit::TABLE`].
//!
//! # Map
//! - `arguments`: the command line; `settings`: `envctl.toml`, `ENVCTL_*` and options, each with its origin
//! - `facts`: what is known of the AWS account
//! - `project`: settings, contract and environment of one run; `gather` and `stack`: its
//!   sources, resolved
//! - `status`: environments seen as a whole; `comparison`: two of them, or of files
//! - `target`: parts of the contract with names of their own; `select`: what of a resolution leaves
//! - `sync`: targets opened, read, planned and written; `vault`: the one that needs no account; `progress`: long work
//! - `handoff`: what needs a cloud, handed to the program that has one
//! - `stack_plan`: what is to be set in a stack's configuration
//! - `commands`: one file each
//! - `render` and `report`: how things look, and findings in every form; what they tell is `envctl-engine`'s
//! - `supervise` and `redact`: commands that run with what was resolved, and what they print
//! - `layout`: the one way in which a contract is laid out
//! - `complete`: what shells ask for when a command line is completed
//! - `generate`: types, schemas, examples and references that follow from a contract
//! - `init`: a first contract from what a project has already
//! - `scan`: looking for secret values in files and git; `spelling`: the encodings that `redact` and `scan` know
//! - `env_file`: env files that exist or follow a template, with new values; `ask`: questions on a terminal
//! - `write`: files, whole
//! - `arns`: where secrets are in AWS
//! - `edge`, `exit`, `error`: the outside, the exit codes, and why a command could not answer

mod arguments;
mod arns;
mod ask;
mod commands;
mod comparison;
mod complete;
mod complete_words;
mod edge;
mod env_file;
mod error;
mod exit;
mod facts;
mod gather;
mod generate;
mod handoff;
mod init;
mod layout;
mod progress;
mod project;
mod redact;
mod render;
mod report;
mod scan;
mod select;
mod settings;
mod spelling;
mod stack;
mod stack_plan;
mod status;
mod supervise;
mod sync;
mod target;
mod vault;
mod write;

use std::process::ExitCode;

use clap::Parser;
use envctl_engine::read;

use arguments::{Arguments, ExportOnly, SyncOnly, ValidateOnly};
use error::CliError;
use sync::SyncError;

pub use edge::Edge;
pub use exit::Exit;
pub use redact::{Redactor, TooLarge};
pub use render::Look;

/// `envctl`.
#[must_use]
pub fn run(mut edge: Edge) -> ExitCode {
    if let Some((shell, words)) = complete::asked(&edge) {
        let answer = complete::answer(shell, words, &edge);
        let written = edge.output.write_all(&answer).and_then(|()| edge.output.flush());
        return if written.is_ok() { Exit::Yes } else { Exit::Outside }.into();
    }
    process::<Arguments>(edge, None, |arguments, edge| commands::run(&arguments.command, edge))
}

/// `envctl-validate`.
#[must_use]
pub fn run_validate(edge: Edge) -> ExitCode {
    process::<ValidateOnly>(edge, Some("validate"), |only, edge| commands::validate(&only.arguments, edge))
}

/// `envctl-export`.
#[must_use]
pub fn run_export(edge: Edge) -> ExitCode {
    process::<ExportOnly>(edge, Some("export"), |only, edge| commands::export(&only.arguments, edge))
}

/// `envctl-sync`.
#[must_use]
pub fn run_sync(edge: Edge) -> ExitCode {
    process::<SyncOnly>(edge, Some("sync"), |only, edge| commands::sync(&only.arguments, edge))
}

/// Carries out one command line on a given edge; what `envctl` does, for tests and embedders.
pub fn execute(edge: &mut Edge) -> Exit {
    let outcome = outcome::<Arguments>(edge, |arguments, edge| commands::run(&arguments.command, edge));
    conclude(edge, outcome)
}

/// `command` is the one that the program has, if it has only one.
fn process<A: Parser>(
    mut edge: Edge,
    command: Option<&str>,
    carry_out: impl Fn(&A, &mut Edge) -> Result<Exit, CliError>,
) -> ExitCode {
    let arguments = edge.arguments.clone();
    let mut outcome = outcome(&mut edge, carry_out);
    if let Err(CliError::Sync(SyncError::NeedsCloud { .. })) = &outcome
        && let Some(error) = handoff::hand_over(&edge, &arguments, command)
    {
        outcome = Err(CliError::Handoff(error));
    }
    let exit = conclude(&mut edge, outcome);
    edge.leave();
    exit.into()
}

fn outcome<A: Parser>(
    edge: &mut Edge,
    carry_out: impl Fn(&A, &mut Edge) -> Result<Exit, CliError>,
) -> Result<Exit, CliError> {
    let exit = match A::try_parse_from(std::mem::take(&mut edge.arguments)) {
        Ok(arguments) => carry_out(&arguments, edge),
        Err(error) => edge.print_clap(&error),
    }?;
    edge.output.flush()?;
    Ok(exit)
}

fn conclude(edge: &mut Edge, outcome: Result<Exit, CliError>) -> Exit {
    match outcome {
        Ok(exit) => exit,
        Err(error) => {
            edge.tell_error(&error);
            error.exit()
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
