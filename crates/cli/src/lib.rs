//! The command line of envctl, as a library: `envctl` and its thin binaries are three lines over it.
//!
//! [`Edge`] is everything a command takes from the process around it; a test builds its own and reads what was
//! written. [`run`] carries out one command line and gives the exit code, from the one table [`Exit::TABLE`].
//!
//! # Map
//! - `arguments`: the command line; `settings`: `envctl.toml`, `ENVCTL_*` and options, each with its origin
//! - `project`: settings, contract and environment of one run; `gather` and `stack`: its
//!   sources, resolved
//! - `status`: environments seen as a whole; `comparison`: two of them, or of files
//! - `target`: parts of the contract with names of their own; `select`: what of a resolution leaves
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
mod gather;
mod generate;
mod init;
mod layout;
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
mod target;
mod write;

use std::process::ExitCode;

use clap::Parser;
use envctl_engine::read;

use arguments::{Arguments, ExportOnly, ValidateOnly};
use error::CliError;

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
    process::<Arguments>(edge, |arguments, edge| commands::run(&arguments.command, edge))
}

/// `envctl-validate`.
#[must_use]
pub fn run_validate(edge: Edge) -> ExitCode {
    process::<ValidateOnly>(edge, |only, edge| commands::validate(&only.arguments, edge))
}

/// `envctl-export`.
#[must_use]
pub fn run_export(edge: Edge) -> ExitCode {
    process::<ExportOnly>(edge, |only, edge| commands::export(&only.arguments, edge))
}

/// Carries out one command line on a given edge; what `envctl` does, for tests and embedders.
pub fn execute(edge: &mut Edge) -> Exit {
    conclude::<Arguments>(edge, |arguments, edge| commands::run(&arguments.command, edge))
}

fn process<A: Parser>(mut edge: Edge, command: impl Fn(&A, &mut Edge) -> Result<Exit, CliError>) -> ExitCode {
    let exit = conclude(&mut edge, command);
    edge.leave();
    exit.into()
}

fn conclude<A: Parser>(edge: &mut Edge, command: impl Fn(&A, &mut Edge) -> Result<Exit, CliError>) -> Exit {
    let outcome = match A::try_parse_from(std::mem::take(&mut edge.arguments)) {
        Ok(arguments) => command(&arguments, edge),
        Err(error) => edge.print_clap(&error),
    };
    let outcome = outcome.and_then(|exit| Ok(edge.output.flush().map(|()| exit)?));
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
