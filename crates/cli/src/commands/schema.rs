//! `envctl schema`: the contract itself.

use std::path::PathBuf;

use crate::arguments::{ProjectArguments, SchemaCheckArguments, SchemaCommand};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{own_schema, parse_schema, settings};
use crate::read;
use crate::render::counted;

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
    let schemas = if arguments.files.is_empty() {
        let project = ProjectArguments { project: arguments.project.clone(), ..ProjectArguments::default() };
        vec![own_schema(edge, &settings(edge, &project, None)?, &project)]
    } else {
        let parse = |file: &PathBuf| {
            let path = edge.path(file);
            let schema = parse_schema(&path, file, read::file(&path))?;
            Ok((file.clone(), schema))
        };
        arguments.files.iter().map(parse).collect()
    };
    let mut exit = Exit::Yes;
    for schema in schemas {
        match schema {
            Ok((file, schema)) => {
                let variables = counted(schema.variables().len(), "variable");
                let name = schema.base().name();
                writeln!(edge.output, "{}: {name} with {variables}, no mistakes", file.display())?;
            }
            // Every file is looked at before the answer is given.
            Err(CliError::Schema { errors }) => {
                edge.tell_schema_errors(&errors);
                exit = Exit::Usage;
            }
            Err(error) => {
                edge.tell_error(&error);
                exit = error.exit();
            }
        }
    }
    Ok(exit)
}
