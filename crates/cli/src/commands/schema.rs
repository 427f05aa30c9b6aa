//! `envctl schema`: the contract itself.

mod check;
mod fmt;

use crate::arguments::SchemaCommand;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;

pub(crate) fn schema(command: &SchemaCommand, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        SchemaCommand::Json => {
            edge.print_json(&envschema::json_schema())?;
            Ok(Exit::Yes)
        }
        SchemaCommand::Check(arguments) => check::check(arguments, edge),
        SchemaCommand::Fmt(arguments) => fmt::fmt(arguments, edge),
    }
}
