//! `envctl vault set NAME`.

use envctl_vault::Set;
use envschema::SecretValue;

use crate::arguments::VaultSetArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::read;
use crate::vault::{LockedFile, TerminalAsk, VaultCommandError, VaultFile};

pub(crate) fn set(arguments: &VaultSetArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let name = name_alone(arguments)?;
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let key = locked.file.key_of(name);
    if !arguments.allow_undeclared {
        locked.file.declared(key)?;
    }
    let mut ask = TerminalAsk::of(edge);
    // Before the value is asked for: who cannot open the vault need not type it.
    let mut open = locked.unlock(edge, &mut ask)?;
    let value = value(arguments, edge, &ask, key)?;
    locked.file.check(key, &value)?;
    let done = open.set(key, &value, &mut *edge.random)?;
    locked.write(&open)?;
    let file = locked.file.name();
    edge.tell(&match done {
        Set::Added => format!("{key} is in {file} now"),
        Set::Changed => format!("{key} has a new value in {file}"),
        Set::Same => format!("{key} has that value already; {file} is as it was"),
    });
    Ok(Exit::Yes)
}

/// The name, if nothing looks like a value.
fn name_alone(arguments: &VaultSetArguments) -> Result<&str, VaultCommandError> {
    let name = arguments.name.split('=').next().unwrap_or_default();
    let is_alone = match arguments.rest.as_slice() {
        [] => true,
        [only] => only == "-",
        _ => false,
    };
    if is_alone && name == arguments.name {
        return Ok(name);
    }
    Err(VaultCommandError::ValueAsArgument { name: name.to_owned() })
}

fn value(
    arguments: &VaultSetArguments,
    edge: &mut Edge,
    ask: &TerminalAsk,
    name: &str,
) -> Result<SecretValue, CliError> {
    let (bytes, path) = match &arguments.from_file {
        Some(path) => {
            let unreadable = |error| CliError::Unreadable { path: path.clone(), error };
            (read::file(&edge.path(path)).map_err(unreadable)?, path.clone())
        }
        None if arguments.rest.is_empty() => {
            let nobody = || VaultCommandError::NoValue { name: name.to_owned() };
            return Ok(ask.secret(&format!("the value of {name}")).ok_or_else(nobody)?);
        }
        None => {
            let failed = |error| CliError::Input { option: "-", error };
            (edge.read_input().map_err(failed)?, "standard input".into())
        }
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path })?;
    Ok(SecretValue::from(read::without_last_break(text)))
}
