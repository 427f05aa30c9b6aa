//! [`VaultFile`]: the vault that a command is about, and the names that it takes.

use std::path::PathBuf;
use std::sync::Arc;

use envschema::{Contract, SecretValue, Standing, Variable};

use super::VaultCommandError;
use crate::arguments::{InputArguments, ProjectArguments, WhichVaultArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::{Project, settings};
use crate::settings::{Loaded, To};
use crate::sync::{Chosen, SyncError, chosen, records};

/// A vault's file, which need not be there yet.
pub(crate) struct VaultFile {
    pub(crate) path: PathBuf,
    /// The path for people.
    pub(crate) shown: PathBuf,
    pub(crate) loaded: Arc<Loaded>,
    /// The contract that it keeps values for; none for a file outside of a project.
    contract: Option<Contract>,
    /// The names of values, in the contract's order, each with its variable.
    keys: Vec<(String, Arc<str>)>,
    /// The target that describes it.
    target: Option<String>,
    /// The word of `stored` that means it; none for any file.
    stored: Option<String>,
    /// The options that name it, as they were given.
    options: String,
}

impl VaultFile {
    /// The file that is given; otherwise the one that `envctl sync --to vault`, or to the target, writes.
    ///
    /// # Errors
    ///
    /// What is wrong with the project; `OtherTarget`, `SeveralTargets`.
    pub(crate) fn find(edge: &mut Edge, which: &WhichVaultArguments) -> Result<Self, CliError> {
        match &which.file {
            Some(file) => Self::given(edge, which, file),
            None => Self::of_project(edge, which),
        }
    }

    fn given(edge: &mut Edge, which: &WhichVaultArguments, file: &std::path::Path) -> Result<Self, CliError> {
        let (loaded, contract) = match Project::open(edge, &input(which, None)) {
            Ok(project) => (project.loaded, Some(project.contract)),
            Err(CliError::NoContract { .. }) => {
                (Arc::new(settings(edge, &input(which, None).project, which.environment.as_deref())?), None)
            }
            Err(error) => return Err(error),
        };
        let variables = contract.iter().flat_map(Contract::variables);
        let keys = variables.map(|variable| (variable.name.to_string(), variable.name.clone())).collect();
        let (path, shown) = (edge.path(file), file.to_owned());
        Ok(Self { path, shown, loaded, contract, keys, target: None, stored: None, options: options(which) })
    }

    fn of_project(edge: &mut Edge, which: &WhichVaultArguments) -> Result<Self, CliError> {
        let project = Project::open(edge, &input(which, which.target.as_deref()))?;
        let chosen = of_vaults(&project, which.target.as_deref())?;
        let described = chosen.described.then(|| chosen.name.clone());
        let project = match &described {
            Some(target) if which.target.is_none() => Project::open(edge, &input(which, Some(target)))?,
            _ => project,
        };
        let record = records(&project, &chosen)?.swap_remove(0);
        // The name for people starts from the working folder.
        let shown = PathBuf::from(record.name);
        Ok(Self {
            path: edge.path(&shown),
            shown,
            loaded: project.loaded,
            contract: Some(project.contract),
            keys: record.keys,
            stored: Some(chosen.name),
            target: described,
            options: options(which),
        })
    }

    /// The file, for people.
    pub(crate) fn name(&self) -> String {
        self.shown.display().to_string()
    }

    /// A command about this vault, such as `envctl vault init -e prod`.
    pub(crate) fn command(&self, words: &str) -> String {
        format!("envctl vault {words}{}", self.options)
    }

    /// The environment, if the contract has it.
    pub(crate) fn environment(&self) -> Option<&str> {
        self.contract.as_ref().and_then(Contract::environment)
    }

    /// The environment, and the word of its `stored` that would make it read this vault, unless it does.
    pub(crate) fn would_be_read(&self) -> Option<(&str, &str)> {
        let word = self.stored.as_deref()?;
        let environment = self.environment()?;
        let settings = self.loaded.settings.environments.get(environment);
        let words = settings.map(|settings| settings.stored.as_slice()).unwrap_or_default();
        let is_read = words.iter().any(|one| one == word || one == To::Vault.name() || one == "all");
        (!is_read).then_some((environment, word))
    }

    /// Whether there is a contract that says which names belong in it.
    pub(crate) fn is_of_contract(&self) -> bool {
        self.contract.is_some()
    }

    /// The contract's names in its order, which the file keeps.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(|(key, _)| key.as_str())
    }

    /// The variable that a name in the vault stands for.
    pub(crate) fn variable(&self, key: &str) -> Option<&Variable> {
        let (_, of) = self.keys.iter().find(|(own, _)| own == key)?;
        self.contract.as_ref()?.variable(of).map(|(_, variable)| variable)
    }

    /// The name in the vault of what is called so there, or in the contract; the name itself if it is neither.
    pub(crate) fn key_of<'n>(&'n self, name: &'n str) -> &'n str {
        let own = self.keys.iter().find(|(key, _)| key == name);
        own.or_else(|| self.keys.iter().find(|(_, of)| **of == *name)).map_or(name, |(key, _)| key)
    }

    /// Refuses a name that is none of the contract's, if there is one.
    ///
    /// # Errors
    ///
    /// `Undeclared`, `NotOfTarget`.
    pub(crate) fn declared(&self, key: &str) -> Result<(), VaultCommandError> {
        let Some(contract) = &self.contract else { return Ok(()) };
        if self.variable(key).is_some() {
            return Ok(());
        }
        let name = key.to_owned();
        Err(match &self.target {
            Some(target) if contract.variable(key).is_some() => {
                VaultCommandError::NotOfTarget { name, target: target.clone() }
            }
            _ => VaultCommandError::Undeclared {
                name,
                contract: contract.name().to_owned(),
                near: envschema::nearest(key, self.names()).map(str::to_owned),
            },
        })
    }

    /// Judges a value by the contract.
    ///
    /// # Errors
    ///
    /// `WrongValue`, `EmptyValue`, `Placeholder`; none tells the value.
    pub(crate) fn check(&self, key: &str, value: &SecretValue) -> Result<(), CliError> {
        let name = || key.to_owned();
        let Some(variable) = self.variable(key) else {
            return if value.is_empty() {
                Err(VaultCommandError::EmptyValue { name: name() }.into())
            } else {
                Ok(())
            };
        };
        #[expect(clippy::disallowed_methods, reason = "judged, and told by what was expected only")]
        let text = value.expose();
        match variable.standing(text) {
            Standing::Unset => Err(VaultCommandError::EmptyValue { name: name() }.into()),
            Standing::Placeholder => Err(VaultCommandError::Placeholder { name: name() }.into()),
            Standing::Value if variable.accepts(text) => Ok(()),
            Standing::Value => Err(CliError::wrong_value(variable, text)),
        }
    }
}

/// The one vault that a target, or the settings without one, describe.
fn of_vaults(project: &Project, target: Option<&str>) -> Result<Chosen, CliError> {
    let targets = &project.loaded.settings.targets;
    let word = target.unwrap_or(To::Vault.name());
    let mut all = chosen(targets, &[word.to_owned()], project.contract.environment())?;
    if let Some(other) = all.iter().find(|one| one.to != To::Vault) {
        return Err(VaultCommandError::OtherTarget { target: other.name.clone(), to: other.to }.into());
    }
    match all.len() {
        1 => Ok(all.swap_remove(0)),
        0 => Err(SyncError::NoneOfKind(To::Vault).into()),
        _ => {
            let targets = all.into_iter().map(|one| one.name).collect();
            Err(VaultCommandError::SeveralTargets { targets }.into())
        }
    }
}

fn input(which: &WhichVaultArguments, target: Option<&str>) -> InputArguments {
    InputArguments {
        project: ProjectArguments {
            project: which.project.clone(),
            schema: which.schema.clone(),
            environment: which.environment.iter().cloned().collect(),
            ..ProjectArguments::default()
        },
        target: target.map(str::to_owned),
        ..InputArguments::default()
    }
}

/// The options that name a vault, as they were given.
fn options(which: &WhichVaultArguments) -> String {
    let path = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let options = [
        ("-e", which.environment.clone()),
        ("--target", which.target.clone()),
        ("--file", path(&which.file)),
        ("--project", path(&which.project)),
        ("--schema", path(&which.schema)),
    ];
    let given = options.into_iter().filter_map(|(option, value)| Some(format!(" {option} {}", value?)));
    given.collect()
}
