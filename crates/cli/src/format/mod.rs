//! The forms in which values leave. Each that prints texts prints them so that its reader reads them back byte
//! for byte, or refuses by name. Typed JSON holds what the texts mean: numbers of type `number` become 64-bit
//! floats, and JSON values are written anew.

mod dotenv;
mod json;
mod shell;

use envctl_resolver::Resolution;
use envschema::{Finding, SecretValue, State, Variable};
use zeroize::Zeroizing;

use crate::arguments::ExportFormat;

/// One variable to be printed.
pub(crate) struct Exported<'a> {
    pub(crate) variable: &'a Variable,
    pub(crate) value: &'a SecretValue,
}

/// Every variable with a valid value, in the contract's order.
pub(crate) fn exported(resolution: &Resolution) -> Vec<Exported<'_>> {
    resolution
        .iter()
        .filter(|(_, state, _)| *state == State::Resolved)
        .filter_map(|(variable, _, resolved)| {
            let chosen = resolved.chosen.as_ref()?;
            Some(Exported { variable, value: &chosen.value })
        })
        .collect()
}

/// Prints in a form. `Err` holds what cannot be printed, one finding for each variable.
pub(crate) fn print(
    format: ExportFormat,
    typed: bool,
    resolution: &Resolution,
) -> Result<Zeroizing<String>, Vec<Finding>> {
    let values = exported(resolution);
    match format {
        ExportFormat::Dotenv => dotenv::print(resolution.contract(), &values),
        ExportFormat::Json if typed => Ok(json::typed(resolution, &values)),
        ExportFormat::Json => Ok(json::text(&values)),
        ExportFormat::Shell => shell::print(&values),
    }
}
