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
use crate::select::Leaving;

/// One variable to be printed.
pub(crate) struct Exported<'a> {
    /// The name under which it leaves.
    pub(crate) name: &'a str,
    pub(crate) variable: &'a Variable,
    pub(crate) value: &'a SecretValue,
}

/// Every variable that leaves and has a valid value, in the contract's order.
pub(crate) fn exported<'a>(resolution: &'a Resolution, leaving: &'a Leaving) -> Vec<Exported<'a>> {
    resolution
        .iter()
        .filter(|(variable, state, _)| *state == State::Resolved && leaving.takes(variable))
        .filter_map(|(variable, _, resolved)| {
            let chosen = resolved.chosen.as_ref()?;
            Some(Exported { name: leaving.name(variable), variable, value: &chosen.value })
        })
        .collect()
}

/// Prints in a form. `Err` holds what cannot be printed, one finding for each variable.
pub(crate) fn print(
    format: ExportFormat,
    typed: bool,
    resolution: &Resolution,
    leaving: &Leaving,
) -> Result<Zeroizing<String>, Vec<Finding>> {
    let values = exported(resolution, leaving);
    match format {
        ExportFormat::Dotenv => dotenv::print(resolution.contract(), &values),
        ExportFormat::Json if typed => Ok(json::typed(resolution, &values)),
        ExportFormat::Json => Ok(json::text(&values)),
        ExportFormat::Shell => shell::print(&values),
    }
}
