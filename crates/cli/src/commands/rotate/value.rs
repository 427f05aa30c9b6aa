//! A new value.

use std::path::Path;

use envctl_resolver::producers::generate;
use envschema::{SecretValue, Variable};

use crate::edge::Edge;
use crate::error::CliError;
use crate::read;
use crate::sync::SyncError;

/// Made by the generator of the contract, or read from a file.
///
/// # Errors
///
/// `NoValue` for an empty one, `NoGenerator` if there is neither, and what the system says of the file.
pub(super) fn new_value(
    from: Option<&Path>,
    edge: &mut Edge,
    variable: &Variable,
) -> Result<SecretValue, CliError> {
    let value = match (from, &variable.generate) {
        (Some(file), _) => given(edge, file)?,
        (None, Some(how)) => generate(how.form, &how.prefix, &mut *edge.random)?,
        (None, None) => return Err(SyncError::NoGenerator { name: variable.name.to_string() }.into()),
    };
    if value.is_empty() {
        return Err(SyncError::NoValue.into());
    }
    Ok(value)
}

fn given(edge: &mut Edge, file: &Path) -> Result<SecretValue, CliError> {
    let bytes = if file.as_os_str() == "-" {
        edge.read_input().map_err(|error| CliError::Input { option: "--value-from", error })?
    } else {
        let unreadable = |error| CliError::Unreadable { path: file.to_owned(), error };
        read::file(&edge.path(file)).map_err(unreadable)?
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: file.to_owned() })?;
    Ok(SecretValue::from(read::without_last_break(text)))
}
