//! `envctl vault get NAME`.

use envctl_vault::VaultError;
use envschema::SecretValue;
use serde::Serialize;

use super::VERSION;
use crate::arguments::VaultGetArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::vault::{LockedFile, TerminalAsk, VaultFile};

#[derive(Serialize)]
struct Got<'a> {
    version: u32,
    vault: &'a str,
    name: &'a str,
    value: Option<&'a str>,
}

pub(crate) fn get(arguments: &VaultGetArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let name = locked.file.key_of(&arguments.name);
    let open = locked.unlock(edge, &mut TerminalAsk::of(edge))?;
    let (value, error) = match open.get(name) {
        Ok(value) => (Some(value), None),
        Err(error @ VaultError::NotInVault { .. }) => (None, Some(error)),
        Err(error) => return Err(error.into()),
    };
    if arguments.json {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        let value = value.as_ref().map(SecretValue::expose);
        edge.print_json(&Got { version: VERSION, vault: &locked.file.name(), name, value })?;
    } else if let Some(value) = &value {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        edge.output.write_all(value.expose().as_bytes())?;
        if !arguments.no_newline {
            edge.output.write_all(b"\n")?;
        }
    }
    match error {
        Some(error) => {
            edge.output.flush()?;
            Err(error.into())
        }
        None => Ok(Exit::Yes),
    }
}
