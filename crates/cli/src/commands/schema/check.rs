//! `envctl schema check`: the mistakes of contracts, and what is proven of those that have none.

use std::path::PathBuf;

use envschema::Schema;
use envschema::proof::{self, Proofs};

use crate::arguments::{ProjectArguments, SchemaCheckArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{own_schema, settings};
use crate::read;
use crate::render::{CheckReport, Checked, counted, in_one_line};

pub(super) fn check(arguments: &SchemaCheckArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let schemas = if arguments.files.is_empty() {
        let project = ProjectArguments { project: arguments.project.clone(), ..ProjectArguments::default() };
        let settings = settings(edge, &project, None);
        vec![settings.and_then(|settings| own_schema(edge, &settings, &project))]
    } else {
        let parse = |file: &PathBuf| {
            let path = edge.path(file);
            let schema = envctl_engine::contract(&path, file, read::file(&path))?;
            Ok((file.clone(), schema))
        };
        arguments.files.iter().map(parse).collect()
    };
    let mut exit = Exit::Yes;
    let mut checked = Vec::new();
    // Every file is looked at before the answer is given.
    for (at, schema) in schemas.into_iter().enumerate() {
        match schema {
            Ok((file, schema)) => {
                let file = file.display().to_string();
                let proofs = proof::examine(&schema);
                if exit == Exit::Yes && !proofs.is_empty() {
                    exit = Exit::No;
                }
                if arguments.json {
                    checked.push(Checked::read(file, &schema, &proofs));
                } else {
                    tell(edge, &file, &schema, &proofs)?;
                }
            }
            Err(error) => {
                exit = match &error {
                    CliError::Schema { .. } => Exit::Usage,
                    error => error.exit(),
                };
                if arguments.json {
                    let asked = arguments.files.get(at).map(|file| file.display().to_string());
                    checked.push(Checked::refused(asked, &error));
                } else {
                    edge.tell_error(&error);
                }
            }
        }
    }
    if arguments.json {
        edge.print_json(&CheckReport::new(exit == Exit::Yes, checked))?;
    }
    Ok(exit)
}

fn tell(edge: &mut Edge, file: &str, schema: &Schema, proofs: &Proofs) -> Result<(), CliError> {
    let undecided = match proofs.undecided() {
        0 => String::new(),
        count => format!(", {} not decided", counted(count, "question")),
    };
    let file = in_one_line(file);
    if proofs.is_empty() {
        let variables = counted(schema.variables().len(), "variable");
        let name = schema.base().name();
        writeln!(edge.output, "{file}: {name} with {variables}, no mistakes{undecided}")?;
        return Ok(());
    }
    let text = proofs.render(edge.messages_look.colour);
    let warnings = counted(proofs.iter().len(), "warning");
    edge.tell(&format!("{text}\n\n{file} has no mistakes, but {warnings}{undecided}"));
    Ok(())
}
