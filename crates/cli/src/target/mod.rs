//! Targets: parts of the contract with a presence and names of their own, as `envctl.toml` describes them.

mod check;
mod error;
mod needs;

use std::collections::{BTreeMap, HashSet};

use envschema::{Contract, Schema, Selection, VariableId, nearest};

use crate::settings::TargetSettings;

pub(crate) use error::TargetError;

/// What stands for the variable in names that each variable has one of.
pub(crate) const VARIABLE: &str = "${variable}";

/// Every target of the project, by name.
pub(crate) type Targets = BTreeMap<String, TargetSettings>;

/// The target that a run is for.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// Its name in `envctl.toml`.
    pub(crate) name: String,
    /// Variables that are called differently there, with their names there.
    names: BTreeMap<String, String>,
    /// Second names, each with its variable.
    also: BTreeMap<String, String>,
    /// Variables that may stand in the open there.
    open: Vec<String>,
    /// What the secret with its values is called there, if that is said and the environment is known.
    pub(crate) secret: Option<String>,
}

impl Target {
    /// What a variable is called there.
    pub(crate) fn own_name<'a>(&'a self, variable: &'a str) -> &'a str {
        self.names.get(variable).map_or(variable, String::as_str)
    }

    /// What else a variable is called there.
    pub(crate) fn other_names<'a>(&'a self, variable: &'a str) -> impl Iterator<Item = &'a str> {
        self.also.iter().filter(move |(_, of)| *of == variable).map(|(name, _)| name.as_str())
    }

    /// Whether a variable may stand in the open there, although the contract calls it secret.
    pub(crate) fn is_open(&self, variable: &str) -> bool {
        self.open.iter().any(|open| open == variable)
    }

    /// Variables that are called differently there, with their names there.
    pub(crate) fn renamed(&self) -> impl Iterator<Item = (&str, &str)> {
        self.names.iter().map(|(variable, own)| (variable.as_str(), own.as_str()))
    }

    /// Whether another variable of it is called like this one.
    pub(crate) fn takes_name_of(&self, variable: &str) -> bool {
        self.renamed().any(|(of, own)| own == variable && of != variable)
    }
}

/// The settings of a target.
pub(crate) fn find<'t>(targets: &'t Targets, name: &str) -> Result<&'t TargetSettings, TargetError> {
    targets.get(name).ok_or_else(|| TargetError::Unknown {
        name: name.to_owned(),
        near: nearest(name, targets.keys().map(String::as_str)).map(str::to_owned),
        known: targets.keys().cloned().collect(),
    })
}

/// The environments for which every target of a project was checked.
#[derive(Debug, Default)]
pub(crate) struct Checked(HashSet<Option<String>>);

/// The target with its part of a contract. Every target of the project is checked, once for each environment: one that is
/// mistyped would only be found when it is needed.
pub(crate) fn select(
    targets: &Targets,
    name: &str,
    schema: &Schema,
    contract: &Contract,
    checked: &mut Checked,
) -> Result<(Target, Contract), TargetError> {
    let environment = contract.environment().map(str::to_owned);
    if !checked.0.contains(&environment) {
        check::all(targets, schema, contract)?;
        checked.0.insert(environment);
    }
    let settings = find(targets, name)?;
    let ids = |names: &[String]| {
        names.iter().filter_map(|name| contract.variable(name).map(|(id, _)| id)).collect::<Vec<_>>()
    };
    let selection = Selection {
        name: name.to_owned(),
        variables: variables(settings, contract),
        required: ids(&settings.required),
        optional: ids(&settings.optional),
    };
    let names = settings.names.iter().filter(|(variable, own)| variable != own);
    let names = names.map(|(variable, own)| (variable.clone(), own.clone())).collect();
    let target = Target {
        name: name.to_owned(),
        names,
        also: settings.also.clone(),
        open: settings.plain.clone(),
        secret: needs::secret(name, settings, contract)?,
    };
    Ok((target, contract.select(&selection)))
}

/// The variables of a target, those that the contract has.
pub(crate) fn variables(settings: &TargetSettings, contract: &Contract) -> Vec<VariableId> {
    if settings.vars.is_none() && settings.groups.is_none() {
        return (0..contract.variables().len()).collect();
    }
    let names: HashSet<&str> = settings.vars.iter().flatten().map(String::as_str).collect();
    let groups: HashSet<&str> = settings.groups.iter().flatten().map(String::as_str).collect();
    let group = |id: usize| contract.groups()[id].id.as_str();
    let variables = contract.variables().iter().enumerate();
    let wanted = variables.filter(|(_, variable)| {
        names.contains(&*variable.name) || variable.group.is_some_and(|id| groups.contains(group(id)))
    });
    wanted.map(|(id, _)| id).collect()
}
