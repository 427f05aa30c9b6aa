//! What a target calls its records, and which variable each key is.

use std::sync::Arc;

use envschema::{Contract, Variable};

use super::{Chosen, SyncError};
use crate::error::CliError;
use crate::project::Project;
use crate::select::Leaving;
use crate::settings::{Layout, To};
use crate::target::{TargetError, VARIABLE};

/// A record of a target, before its values are known.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    pub(crate) name: String,
    /// Its keys in the order of the contract, each with its variable; the key is empty in a record of one value.
    pub(crate) keys: Vec<(String, Arc<str>)>,
    /// Keys that are to go.
    pub(crate) remove: Vec<String>,
    /// Whether nothing in it is secret.
    pub(crate) open: bool,
    /// The name of the variable there, of a record of one value.
    pub(crate) own: Option<String>,
}

impl Record {
    /// Whether what leaves under a name is in it.
    pub(crate) fn is_for(&self, name: &str) -> bool {
        match &self.own {
            Some(own) => own == name,
            None => self.keys.iter().any(|(key, _)| key == name),
        }
    }
}

/// The records of a target in the environment of its project.
///
/// # Errors
///
/// `Lacks`, `NoEnvironment` and `OneName` for names that the settings do not give, `Naming` for one that is no template.
pub(crate) fn records(project: &Project, chosen: &Chosen) -> Result<Vec<Record>, CliError> {
    let leaving = Leaving::new(project, &[])?;
    let variables = project.contract.selected().map(|(_, variable)| variable);
    let variables: Vec<&Variable> =
        variables.filter(|variable| leaves(chosen.to, &leaving, variable)).collect();
    let remove = chosen.settings.remove.clone();
    let naming = Naming { chosen, contract: &project.contract };
    let is_single = chosen.to == To::Ssm
        || chosen.to == To::SecretsManager && chosen.settings.layout == Some(Layout::PerVariable);
    if !is_single {
        let names = |variable: &&Variable| -> Vec<(String, Arc<str>)> {
            leaving.names(variable).map(|name| (name.to_owned(), variable.name.clone())).collect()
        };
        let keys = variables.iter().flat_map(names).collect();
        let open = variables.iter().all(|variable| leaving.is_open(variable));
        return Ok(vec![Record { name: naming.of_bundle(project)?, keys, remove, open, own: None }]);
    }
    let mut records = Vec::new();
    for variable in variables {
        for own in leaving.names(variable) {
            records.push(Record {
                name: naming.of_variable(own)?,
                keys: vec![(String::new(), variable.name.clone())],
                remove: Vec::new(),
                open: leaving.is_open(variable),
                own: Some(own.to_owned()),
            });
        }
    }
    Ok(records)
}

/// Whether the environment has a vault that the settings do not describe: its file is there.
pub(crate) fn has_vault(project: &Project) -> bool {
    let naming = Naming { chosen: &Chosen::vault(), contract: &project.contract };
    naming.vault().is_ok_and(|file| project.path(file.as_ref()).0.exists())
}

/// Whether a variable goes to a place. A secret store that is paid by the secret gets what is secret there.
fn leaves(to: To, leaving: &Leaving, variable: &Variable) -> bool {
    to != To::SecretsManager || !leaving.is_open(variable)
}

struct Naming<'a> {
    chosen: &'a Chosen,
    contract: &'a Contract,
}

impl Naming<'_> {
    fn of_bundle(&self, project: &Project) -> Result<String, CliError> {
        let settings = &self.chosen.settings;
        match self.chosen.to {
            To::SecretsManager | To::Ssm => {
                let template = settings.secret.as_deref().ok_or_else(|| self.lacks("secret"))?;
                self.complete("secret", template)
            }
            To::Vault => Ok(project.path(self.vault()?.as_ref()).1),
            To::File => {
                let template = settings.path.as_deref().ok_or_else(|| self.lacks("path"))?;
                Ok(project.path(self.complete("path", template)?.as_ref()).1)
            }
            To::Command => Ok(match self.contract.environment() {
                Some(environment) => format!("{}/{environment}/{}", self.contract.name(), self.chosen.name),
                None => format!("{}/{}", self.contract.name(), self.chosen.name),
            }),
        }
    }

    /// The file of a vault, from the project's folder.
    fn vault(&self) -> Result<String, CliError> {
        match (&self.chosen.settings.path, self.contract.environment()) {
            (Some(path), _) => self.complete("path", path),
            (None, Some(environment)) => Ok(format!("{environment}.vault.toml")),
            (None, None) => Ok("vault.toml".to_owned()),
        }
    }

    fn of_variable(&self, own: &str) -> Result<String, CliError> {
        let settings = &self.chosen.settings;
        let (key, given) = match self.chosen.to {
            To::Ssm => ("path", settings.path.as_deref()),
            _ => ("secret", settings.secret.as_deref()),
        };
        let by_itself = match self.contract.environment() {
            Some(_) => format!("/{}/${{environment}}/{VARIABLE}", self.contract.name()),
            None => format!("/{}/{VARIABLE}", self.contract.name()),
        };
        let by_itself = if self.chosen.to == To::Ssm { &by_itself } else { &by_itself[1..] };
        let template = given.unwrap_or(by_itself);
        if !template.contains(VARIABLE) {
            return Err(SyncError::OneName { target: self.chosen.name.clone(), key }.into());
        }
        let parts: Result<Vec<_>, _> =
            template.split(VARIABLE).map(|part| self.complete(key, part)).collect();
        Ok(parts?.join(own))
    }

    fn complete(&self, key: &'static str, template: &str) -> Result<String, CliError> {
        let target = || self.chosen.name.clone();
        let completed = self.contract.name_in_environment(template);
        let completed = completed.map_err(|error| TargetError::Naming { target: target(), key, error })?;
        Ok(completed.ok_or_else(|| SyncError::NoEnvironment { target: target(), key })?)
    }

    fn lacks(&self, key: &'static str) -> SyncError {
        SyncError::Lacks { target: self.chosen.name.clone(), to: self.chosen.to, key }
    }
}
