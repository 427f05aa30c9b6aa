//! What has to hold of the targets of a project.

use std::collections::HashMap;

use envschema::{Contract, Schema, UnknownSelection, nearest};

use super::{TargetError, Targets, needs, variables};
use crate::settings::TargetSettings;

/// Words of `--only` and `--to` that no target can take.
const RESERVED: [&str; 4] = ["secret", "plain", "public", "all"];

/// Checks every target; `run` is the contract of the run's environment.
pub(super) fn all(targets: &Targets, schema: &Schema, run: &Contract) -> Result<(), TargetError> {
    let mut outside: Vec<(&str, String)> = Vec::new();
    for (name, settings) in targets {
        check_name(name)?;
        let environment = settings.environment.as_deref().or(run.environment());
        let contract = schema
            .contract(environment, settings.profile.as_deref())
            .map_err(|error| unknown(name, error))?;
        of_contract(name, settings, &contract)?;
        let service = needs::outside(name, "service", settings.service.as_deref(), &contract)?;
        needs::secret(name, settings, &contract)?;
        let service = service.unwrap_or_else(|| name.clone());
        if let Some((other, _)) = outside.iter().find(|(_, other)| *other == service) {
            let (target, other) = ((*other).to_owned(), name.clone());
            return Err(TargetError::SameService { target, other, service });
        }
        outside.push((name, service));
    }
    needs::check(targets, &outside, schema, run)
}

fn check_name(name: &str) -> Result<(), TargetError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    let reserved = RESERVED.contains(&name);
    if reserved || !name.starts_with(|c: char| c.is_ascii_alphanumeric()) || !name.bytes().all(allowed) {
        return Err(TargetError::Name { name: name.to_owned(), reserved });
    }
    Ok(())
}

fn unknown(target: &str, error: UnknownSelection) -> TargetError {
    TargetError::NotInContract {
        target: target.to_owned(),
        key: error.kind,
        near: nearest(&error.name, error.known.iter().map(String::as_str)).map(str::to_owned),
        name: error.name,
    }
}

/// Names of variables and groups, presences, and names there.
fn of_contract(target: &str, settings: &TargetSettings, contract: &Contract) -> Result<(), TargetError> {
    let not_in_contract = |key, name: &str, near: Option<&str>| TargetError::NotInContract {
        target: target.to_owned(),
        key,
        name: name.to_owned(),
        near: near.map(str::to_owned),
    };
    for name in settings.vars.iter().flatten() {
        if contract.variable(name).is_none() {
            return Err(not_in_contract("vars", name, contract.nearest(name)));
        }
    }
    for name in settings.groups.iter().flatten() {
        let groups = contract.groups().iter().map(|group| group.id.as_str());
        if !groups.clone().any(|group| group == name) {
            return Err(not_in_contract("groups", name, nearest(name, groups)));
        }
    }
    let ids = variables(settings, contract);
    let its: Vec<&str> = ids.iter().map(|id| &*contract.variables()[*id].name).collect();
    let keys =
        [("required", &settings.required), ("optional", &settings.optional), ("plain", &settings.plain)];
    let named = keys.into_iter().flat_map(|(key, names)| names.iter().map(move |name| (key, name)));
    for (key, name) in named
        .chain(settings.names.keys().map(|name| ("names", name)))
        .chain(settings.also.values().map(|name| ("also", name)))
    {
        if contract.variable(name).is_none() {
            return Err(not_in_contract(key, name, nearest(name, its.iter().copied())));
        }
        if !its.contains(&name.as_str()) {
            let target = target.to_owned();
            return Err(TargetError::NotItsVariable { target, key, name: name.clone() });
        }
    }
    if let Some(name) = settings.required.iter().find(|name| settings.optional.contains(name)) {
        return Err(TargetError::BothPresences { target: target.to_owned(), name: name.clone() });
    }
    check_names(target, settings, &its)
}

/// Names there: such as variables can have, and no two alike.
fn check_names(target: &str, settings: &TargetSettings, its: &[&str]) -> Result<(), TargetError> {
    let mut taken: HashMap<&str, &str> = HashMap::new();
    let own = its
        .iter()
        .map(|variable| (*variable, settings.names.get(*variable).map_or(*variable, String::as_str)));
    let also = settings.also.iter().map(|(own, variable)| (variable.as_str(), own.as_str()));
    for (variable, own) in own.chain(also) {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if own.is_empty() || own.starts_with(|c: char| c.is_ascii_digit()) || !own.bytes().all(allowed) {
            return Err(TargetError::BadOwnName {
                target: target.to_owned(),
                variable: variable.to_owned(),
                own: own.to_owned(),
            });
        }
        if let Some(first) = taken.insert(own, variable) {
            return Err(TargetError::Clash {
                target: target.to_owned(),
                first: first.to_owned(),
                second: variable.to_owned(),
                own: own.to_owned(),
            });
        }
    }
    Ok(())
}
