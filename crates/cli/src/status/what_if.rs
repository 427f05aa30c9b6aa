//! Reading `--what-if`: values that a variable might have.

use envctl_resolver::{Layer, LayerKind};
use envschema::{Contract, Place, SecretValue};

use crate::error::CliError;

/// The option, as places tell it.
pub(crate) const OPTION: &str = "--what-if";

/// The values as a layer that goes before all others; none if none is given.
///
/// # Errors
///
/// What is no `NAME=VALUE`, a name that the contract lacks, a secret, and a value that the variable does not take. No
/// error repeats a value.
pub(crate) fn what_if(contract: &Contract, given: &[String]) -> Result<Option<Layer>, CliError> {
    if given.is_empty() {
        return Ok(None);
    }
    let mut layer = Layer::new(LayerKind::Override, OPTION);
    for given in given {
        let (name, value) =
            given.split_once('=').filter(|(name, _)| !name.is_empty()).ok_or(CliError::BadWhatIf)?;
        let Some((_, variable)) = contract.variable(name) else {
            return Err(CliError::no_variable(contract, name));
        };
        if variable.is_secret() {
            return Err(CliError::SecretWhatIf { name: name.to_owned() });
        }
        if !variable.accepts(value) || (value.is_empty() && variable.empty == envschema::Empty::Unset) {
            return Err(CliError::wrong_value(variable, value));
        }
        layer.insert(name, SecretValue::from(value), Place::Given { how: OPTION.into() });
    }
    Ok(Some(layer))
}
