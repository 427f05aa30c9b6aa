//! `envctl completions SHELL`.

use crate::arguments::CompletionsArguments;
use crate::complete;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;

pub(crate) fn completions(arguments: &CompletionsArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    complete::register(arguments.shell, &mut edge.output)?;
    Ok(Exit::Yes)
}
