//! One file for each command.

mod call;
mod completions;
mod config;
mod diff;
mod dotenv;
mod drift;
mod explain;
mod export;
mod generate;
mod get;
mod init;
mod lint;
mod man;
mod pull;
mod rotate;
mod run;
mod scan;
mod schema;
mod stack;
mod status;
mod sync;
mod validate;
mod vault;

use crate::arguments::Command;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;

pub(crate) use export::export;
pub(crate) use sync::sync;
pub(crate) use validate::validate;

/// Carries out a command.
pub(crate) fn run(command: &Command, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        Command::Validate(arguments) => validate(arguments, edge),
        Command::Status(arguments) => status::status(arguments, edge),
        Command::Explain(arguments) => explain::explain(arguments, edge),
        Command::Export(arguments) => export(arguments, edge),
        Command::Diff(arguments) => diff::diff(arguments, edge),
        Command::Run(arguments) => run::run(arguments, edge),
        Command::Sync(arguments) => sync(arguments, edge),
        Command::Pull(arguments) => pull::pull(arguments, edge),
        Command::Vault(arguments) => vault::vault(&arguments.command, edge),
        Command::Rotate(arguments) => rotate::rotate(arguments, edge),
        Command::Drift(arguments) => drift::drift(arguments, edge),
        Command::Generate(arguments) => generate::generate(arguments, edge),
        Command::Init(arguments) => init::init(arguments, edge),
        Command::Lint(arguments) => lint::lint(arguments, edge),
        Command::Scan(arguments) => scan::scan(arguments, edge),
        Command::Get(arguments) => get::get(arguments, edge),
        Command::Dotenv(arguments) => dotenv::dotenv(&arguments.command, edge),
        Command::Stack(arguments) => stack::stack(&arguments.command, edge),
        Command::Schema(arguments) => schema::schema(&arguments.command, edge),
        Command::Config(arguments) => config::config(arguments, edge),
        Command::Call(arguments) => call::call(arguments, edge),
        Command::Completions(arguments) => completions::completions(arguments, edge),
        Command::Man(arguments) => man::man(arguments, edge),
    }
}
