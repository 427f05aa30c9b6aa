//! What targets hold, as layers: a value that nothing else gives is not made anew if a target has it already.

use std::sync::Arc;

use envctl_resolver::{Layer, LayerKind};
use envctl_sync::{Observed, TargetError};
use envschema::{Contract, Place};

use super::open::{Member, open};
use super::{Chosen, Opened, SyncError, chosen};
use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;

/// What the targets hold that the environment's `stored` names.
///
/// # Errors
///
/// As [`open`]; `Target` for one that cannot be read.
pub(crate) fn stored(
    edge: &mut Edge,
    project: &Project,
    input: &InputArguments,
) -> Result<Vec<Layer>, CliError> {
    let names = &project.environment.stored;
    if names.is_empty() || project.is_of_stack() {
        return Ok(Vec::new());
    }
    let targets = &project.loaded.settings.targets;
    let chosen = chosen(targets, names, project.contract.environment())?;
    let mut layers = Vec::new();
    for (opened, observed) in observed(edge, chosen, input)? {
        layers.extend(layers_of(&opened, &observed, &is_kept)?);
    }
    Ok(layers)
}

/// All that targets hold, by the names of variables.
///
/// # Errors
///
/// As [`stored`].
pub(crate) fn held(
    edge: &mut Edge,
    chosen: Vec<Chosen>,
    input: &InputArguments,
) -> Result<Vec<Layer>, CliError> {
    let mut layers = Vec::new();
    for (opened, observed) in observed(edge, chosen, input)? {
        layers.extend(layers_of(&opened, &observed, &|_, _| true)?);
    }
    Ok(layers)
}

fn observed(
    edge: &mut Edge,
    chosen: Vec<Chosen>,
    input: &InputArguments,
) -> Result<Vec<(Opened, Vec<Observed>)>, CliError> {
    let kept = edge.contract.take();
    let opened = open(edge, chosen, input, None)?;
    edge.contract = kept;
    let look = |opened: Opened| {
        let observed = opened.observe();
        (opened, observed)
    };
    Ok(opened.into_iter().map(look).collect())
}

/// The layers of one place, one for each of its records, with the variables that `takes` takes.
///
/// # Errors
///
/// `Target` for a record that cannot be read: an outage is never "not set".
pub(super) fn layers_of(
    opened: &Opened,
    observed: &[Observed],
    takes: &dyn Fn(&Contract, &str) -> bool,
) -> Result<Vec<Layer>, SyncError> {
    let mut layers = Vec::new();
    let mut next = observed.iter();
    for Member { name, part, records, .. } in &opened.members {
        for record in records {
            let Some(observed) = next.next() else { return Ok(layers) };
            let held = match observed {
                Observed::Held(held) => held,
                Observed::Absent | Observed::Scheduled { .. } => continue,
                Observed::Unusable { what, help } => {
                    let error = TargetError {
                        kind: envctl_sync::Failure::Rejected,
                        code: None,
                        message: format!("{} cannot be read: {what}", record.name),
                        help: Some(help.clone()),
                    };
                    return Err(SyncError::target(name, error));
                }
                Observed::Unknown(error) => return Err(SyncError::target(name, error.clone())),
            };
            let source: Arc<str> = format!("{} {}", opened.to.name(), record.name).into();
            let mut layer = Layer::new(LayerKind::Stored, source.clone());
            for (key, variable) in &record.keys {
                if layer.get(variable).is_some() || !takes(&part.contract, variable) {
                    continue;
                }
                if let Some(value) = held.entry(key).and_then(|entry| entry.value.clone()) {
                    let place = Place::Stored { source: source.clone(), name: key.as_str().into() };
                    layer.insert(variable.clone(), value, place);
                }
            }
            layers.push(layer);
        }
    }
    Ok(layers)
}

/// A default that the contract changes is to reach the target, so what the target has of it does not count; what was made
/// once does.
pub(super) fn is_kept(contract: &Contract, name: &str) -> bool {
    contract
        .variable(name)
        .is_some_and(|(_, variable)| variable.default.is_none() || variable.generate.is_some())
}
