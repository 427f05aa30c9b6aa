//! `envctl vault list`.

use serde::Serialize;

use super::VERSION;
use crate::arguments::VaultListArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::render::{Tone, counted, in_one_line};
use crate::vault::{LockedFile, VaultFile};

#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    vault: &'a str,
    environment: Option<&'a str>,
    values: Vec<Named<'a>>,
    recipients: usize,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    /// The variable of the contract that it is.
    variable: Option<&'a str>,
}

pub(crate) fn list(arguments: &VaultListArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let LockedFile { file, vault, .. } = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let recipients = vault.recipients().count();
    let values: Vec<Named<'_>> = vault
        .names()
        .map(|name| Named { name, variable: file.variable(name).map(|variable| &*variable.name) })
        .collect();
    if arguments.json {
        let (name, environment) = (file.name(), file.environment());
        edge.print_json(&Listed { version: VERSION, vault: &name, environment, values, recipients })?;
        return Ok(Exit::Yes);
    }
    let look = edge.output_look;
    let width = values.iter().map(|value| value.name.chars().count()).max().unwrap_or_default();
    let mut text = String::new();
    for Named { name, variable } in &values {
        let name = in_one_line(name);
        match variable {
            None if file.is_of_contract() => {
                let note = look.paint(Tone::Warning, "not in the contract");
                text.push_str(&format!("{name:<width$}  {note}\n"));
            }
            _ => text.push_str(&format!("{name}\n")),
        }
    }
    edge.output.write_all(text.as_bytes())?;
    edge.output.flush()?;
    let (values, recipients) = (counted(values.len(), "value"), counted(recipients, "recipient"));
    edge.tell(&format!("{}: {values} for {recipients}", file.name()));
    Ok(Exit::Yes)
}
