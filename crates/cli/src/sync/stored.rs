//! What targets hold, as layers: a value that nothing else gives is not made anew if a target has it already.

use std::collections::HashMap;
use std::sync::Arc;

use envctl_resolver::{Layer, LayerKind};
use envctl_sync::{Failure, Held, Observed, TargetError};
use envschema::{Contract, Place, SecretValue};

use super::open::open;
use super::records::Record;
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
    all_layers(edge, project.contract.environment(), chosen, input, &is_kept)
}

/// All that targets hold, by the names of variables.
///
/// # Errors
///
/// As [`stored`].
pub(crate) fn all_held(
    edge: &mut Edge,
    environment: Option<&str>,
    chosen: Vec<Chosen>,
    input: &InputArguments,
) -> Result<Vec<Layer>, CliError> {
    all_layers(edge, environment, chosen, input, &|_, _| true)
}

/// What targets hold of the variables that `takes` takes. An outage is never "not set".
fn all_layers(
    edge: &mut Edge,
    environment: Option<&str>,
    chosen: Vec<Chosen>,
    input: &InputArguments,
    takes: Takes<'_>,
) -> Result<Vec<Layer>, CliError> {
    let opened = open(edge, environment, chosen, input, None)?;
    let mut layers = Vec::new();
    for opened in &opened {
        let Told { layers: told, failed, going: _ } = layers_of(opened, &opened.observe(), takes);
        if let Some(failed) = failed {
            return Err(failed.into());
        }
        layers.extend(told);
    }
    Ok(layers)
}

/// Whether a variable of a contract is read from what a target holds.
type Takes<'a> = &'a dyn Fn(&Contract, &str) -> bool;

/// What the records of a place told.
pub(super) struct Told {
    /// One layer for each record that could be read.
    pub(super) layers: Vec<Layer>,
    /// The first record that is there and could not be read.
    pub(super) failed: Option<SyncError>,
    /// The first record that is going to be deleted: what it holds is out of sight.
    pub(super) going: Option<String>,
}

/// What one place holds of the variables that `takes` takes.
pub(super) fn layers_of(opened: &Opened, observed: &[Observed], takes: Takes<'_>) -> Told {
    let mut told = Told { layers: Vec::new(), failed: None, going: None };
    let records =
        opened.members.iter().flat_map(|member| member.records.iter().map(move |one| (member, one)));
    for ((member, record), observed) in records.zip(observed) {
        if let Observed::Scheduled { .. } = observed {
            told.going.get_or_insert_with(|| record.name.clone());
        }
        match held(&member.name, record, observed) {
            Ok(None) => {}
            Ok(Some(held)) => told.layers.push(layer(opened, &member.part.contract, record, held, takes)),
            Err(error) => told.failed = told.failed.or(Some(error)),
        }
    }
    told
}

/// The layers without what an earlier one gives alike: it would lose to that, or be passed over for the same reason. Of many
/// records with the same variables hardly more than one is left to look at, for each of as many targets.
pub(super) fn distinct(layers: &[Layer]) -> Vec<Layer> {
    let mut seen: HashMap<&str, Vec<&SecretValue>> = HashMap::new();
    let mut left = Vec::new();
    for layer in layers {
        let mut own = Layer::new(layer.kind(), layer.source());
        for (name, candidate) in layer.iter() {
            let earlier = seen.entry(name).or_default();
            if !earlier.contains(&&candidate.value) {
                earlier.push(&candidate.value);
                own.insert(name, candidate.value.clone(), candidate.place.clone());
            }
        }
        if !own.is_empty() {
            left.push(own);
        }
    }
    left
}

/// What a record holds; none if there is none.
fn held<'o>(target: &str, record: &Record, observed: &'o Observed) -> Result<Option<&'o Held>, SyncError> {
    match observed {
        Observed::Held(held) => Ok(Some(held)),
        Observed::Absent | Observed::Scheduled { .. } => Ok(None),
        Observed::Unknown(error) => Err(SyncError::target(target, error.clone())),
        Observed::Unusable { what, help } => {
            let message = format!("{} cannot be read: {what}", record.name);
            let (kind, help) = (Failure::Rejected, Some(help.clone()));
            Err(SyncError::target(target, TargetError { kind, code: None, message, help }))
        }
    }
}

fn layer(opened: &Opened, contract: &Contract, record: &Record, held: &Held, takes: Takes<'_>) -> Layer {
    let source: Arc<str> = format!("{} {}", opened.to.name(), record.name).into();
    let mut layer = Layer::new(LayerKind::Stored, source.clone());
    for (key, variable) in &record.keys {
        if layer.get(variable).is_some() || !takes(contract, variable) {
            continue;
        }
        if let Some(value) = held.entry(key).and_then(|entry| entry.value.clone()) {
            let place = Place::Stored { source: source.clone(), name: key.as_str().into() };
            layer.insert(variable.clone(), value, place);
        }
    }
    layer
}

/// A default that the contract changes is to reach the target, so what the target has of it does not count; what was made
/// once does.
pub(super) fn is_kept(contract: &Contract, name: &str) -> bool {
    contract
        .variable(name)
        .is_some_and(|(_, variable)| variable.default.is_none() || variable.generate.is_some())
}
