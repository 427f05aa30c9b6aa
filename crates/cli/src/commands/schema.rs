//! `envctl schema`: the contract itself.

use std::path::PathBuf;

use crate::arguments::{InputArguments, SchemaCheckArguments, SchemaCommand};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{parse_schema, settings};

pub(crate) fn schema(command: &SchemaCommand, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        SchemaCommand::Json => {
            edge.print_json(&envschema::json_schema())?;
            Ok(Exit::Yes)
        }
        SchemaCommand::Check(arguments) => check(arguments, edge),
    }
}

fn check(arguments: &SchemaCheckArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let files =
        if arguments.files.is_empty() { vec![own(arguments, edge)?] } else { arguments.files.clone() };
    let mut exit = Exit::Yes;
    for file in files {
        match parse_schema(&file, std::fs::read(edge.path(&file))) {
            Ok(schema) => {
                let count = schema.variables().len();
                let line = format!(
                    "{}: {} with {count} variables, no mistakes\n",
                    file.display(),
                    schema.base().name()
                );
                edge.output.write_all(line.as_bytes())?;
            }
            // Every file is looked at before the answer is given.
            Err(CliError::Schema { errors }) => {
                edge.tell_schema_errors(&errors)?;
                exit = Exit::Usage;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(exit)
}

/// The project's own contract.
fn own(arguments: &SchemaCheckArguments, edge: &Edge) -> Result<PathBuf, CliError> {
    let input = InputArguments { project: arguments.project.clone(), ..InputArguments::default() };
    let loaded = settings(edge, &input)?;
    Ok(loaded.shown_folder.join(&loaded.settings.schema))
}
