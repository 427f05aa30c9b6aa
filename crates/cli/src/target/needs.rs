//! `needs`: which targets have to be there before others. A need names a target, or what it is called outside.

use envschema::{Contract, Schema, nearest};

use super::{TargetError, Targets, VARIABLE};
use crate::settings::{Layout, TargetSettings};

/// What a target, or one that it needs, is called outside in the environment of the contract.
pub(super) fn outside(
    target: &str,
    key: &'static str,
    template: Option<&str>,
    contract: &Contract,
) -> Result<Option<String>, TargetError> {
    let Some(template) = template else { return Ok(None) };
    contract.name_in_environment(template).map_err(|error| TargetError::Naming {
        target: target.to_owned(),
        key,
        error,
    })
}

/// What the one secret with the values of a target is called outside. With one for each variable there is no such name;
/// how theirs is written is checked all the same.
pub(super) fn secret(
    target: &str,
    settings: &TargetSettings,
    contract: &Contract,
) -> Result<Option<String>, TargetError> {
    let Some(template) = settings.secret.as_deref() else { return Ok(None) };
    if settings.layout != Some(Layout::PerVariable) {
        return outside(target, "secret", Some(template), contract);
    }
    for part in template.split(VARIABLE) {
        outside(target, "secret", Some(part), contract)?;
    }
    Ok(None)
}

/// Every needed target is there, and none needs itself through others. `names` are all targets with what each is
/// called outside, in the order of `targets`.
pub(super) fn check(
    targets: &Targets,
    names: &[(&str, String)],
    schema: &Schema,
    run: &Contract,
) -> Result<(), TargetError> {
    let mut edges: Vec<Vec<usize>> = Vec::with_capacity(targets.len());
    for ((target, settings), (_, outside_name)) in targets.iter().zip(names) {
        let mut needed = Vec::with_capacity(settings.needs.len());
        // What a target is always for was found to be in the contract already.
        let fixed = settings.environment.as_deref().and_then(|name| schema.contract(Some(name), None).ok());
        for need in &settings.needs {
            let called = outside(target, "needs", Some(need), fixed.as_ref().unwrap_or(run))?;
            let called = called.unwrap_or_else(|| need.clone());
            // Without an environment, what targets are called outside is not known; how it is written is.
            let is_needed = |((name, outside), other): (&(&str, String), &TargetSettings)| {
                *name == need || *outside == called || other.service.as_deref() == Some(need)
            };
            let found = names.iter().zip(targets.values()).position(is_needed);
            needed.push(found.ok_or_else(|| {
                let known = names.iter().map(|(name, _)| *name);
                let outside = names.iter().map(|(_, outside)| outside.as_str());
                TargetError::NeedsUnknown {
                    target: outside_name.clone(),
                    near: nearest(need, known).or_else(|| nearest(&called, outside)).map(str::to_owned),
                    needed: called,
                }
            })?);
        }
        edges.push(needed);
    }
    match cycle(&edges) {
        None => Ok(()),
        Some(chain) => {
            Err(TargetError::Cycle { chain: chain.into_iter().map(|id| names[id].1.clone()).collect() })
        }
    }
}

/// A closed chain of needs, if there is one: it begins and ends with the same target.
fn cycle(edges: &[Vec<usize>]) -> Option<Vec<usize>> {
    let mut done = vec![false; edges.len()];
    for start in 0..edges.len() {
        // The way from the start, each with how many of its needs were followed.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        while let Some((at, followed)) = way.last_mut() {
            let (at, next) = (*at, edges[*at].get(*followed).copied());
            *followed += 1;
            match next {
                _ if done[at] => drop(way.pop()),
                None => {
                    done[at] = true;
                    way.pop();
                }
                Some(next) => {
                    if let Some(begin) = way.iter().position(|(on_way, _)| *on_way == next) {
                        return Some(way[begin..].iter().map(|(id, _)| *id).chain([next]).collect());
                    }
                    way.push((next, 0));
                }
            }
        }
    }
    None
}
