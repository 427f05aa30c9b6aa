//! What refers to a target's records from outside: read from the target itself, each proved to lead to a value.

use std::collections::BTreeMap;

use envctl_engine::format::References;
use envctl_sync::Observed;

use super::open::open;
use super::{Chosen, SyncError};
use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::settings::{Layout, To};

/// The references to `names`, which are those that variables leave under.
///
/// # Errors
///
/// `NotThere` and `NoKey` for what a container would not find, `Target` for what cannot be looked at.
pub(crate) fn references(
    edge: &mut Edge,
    environment: Option<&str>,
    chosen: Chosen,
    input: &InputArguments,
    names: &[&str],
) -> Result<References, CliError> {
    let is_bundle = chosen.to == To::SecretsManager && chosen.settings.layout != Some(Layout::PerVariable);
    let target = chosen.name.clone();
    let opened = open(edge, environment, vec![chosen], input, None)?;
    let mut each = BTreeMap::new();
    for opened in &opened {
        for (record, observed) in opened.records().zip(opened.observe()) {
            let wanted: Vec<&str> = names.iter().copied().filter(|name| record.is_for(name)).collect();
            if wanted.is_empty() {
                continue;
            }
            let not_there = || SyncError::NotThere { target: target.clone(), record: record.name.clone() };
            let held = match observed {
                Observed::Held(held) => held,
                Observed::Absent | Observed::Scheduled { .. } | Observed::Unusable { .. } => {
                    return Err(not_there().into());
                }
                Observed::Unknown(error) => return Err(SyncError::target(&*record.name, error).into()),
            };
            let reference = held.reference.clone().ok_or_else(not_there)?;
            if !is_bundle {
                each.extend(wanted.into_iter().map(|name| (name.to_owned(), reference.clone())));
                continue;
            }
            let is_text = |name: &&&str| held.entry(name).is_some_and(|entry| entry.value.is_some());
            if let Some(name) = wanted.iter().find(|name| !is_text(name)) {
                let (record, key) = (record.name.clone(), (*name).to_owned());
                return Err(SyncError::NoKey { target, record, key }.into());
            }
            return Ok(References::Bundle(reference));
        }
    }
    match names.iter().find(|name| !is_bundle && !each.contains_key(**name)) {
        Some(name) => Err(SyncError::NotThere { target, record: (*name).to_owned() }.into()),
        None => Ok(References::Each(each)),
    }
}
