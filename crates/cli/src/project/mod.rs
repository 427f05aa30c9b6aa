//! [`Project`]: settings, contract and environment of one run.
//!
//! - `contract`: the contract, found and read

mod contract;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use envschema::{Contract, Kind, Schema, nearest};

use crate::arguments::{InputArguments, ProjectArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::settings::{
    self, EnvironmentSettings, Flags, Loaded, PROJECT_FILE, SettingsError, TargetSettings,
};
use crate::target::{self, Checked, Target, TargetError};

use contract::wanted_schema;
pub(crate) use contract::{own_file, own_schema};

/// What stands for every environment of the contract.
const ALL: &str = "all";

/// What a command works on.
pub(crate) struct Project {
    pub(crate) loaded: Arc<Loaded>,
    pub(crate) contract: Contract,
    /// The contract's file, for people.
    pub(crate) contract_file: String,
    /// The settings of the environment, empty ones if there are none.
    pub(crate) environment: EnvironmentSettings,
    /// Whether the stack is asked for its configuration only, and not for outputs.
    pub(crate) configuration_only: bool,
    /// The target that the run is for; the contract is its part.
    pub(crate) target: Option<Arc<Target>>,
}

/// The settings that the options ask for, with the environment that counts.
pub(crate) fn settings(
    edge: &Edge,
    given: &ProjectArguments,
    environment: Option<&str>,
) -> Result<Loaded, CliError> {
    let mut flags = Flags::default();
    if let Some(schema) = &given.schema {
        flags.set("schema", schema.to_string_lossy(), "--schema");
    }
    if let Some(environment) = environment {
        flags.set("default_environment", environment, "--environment");
    }
    if let Some(region) = &given.aws_region {
        flags.set("aws.region", region, "--aws-region");
    }
    if let Some(account) = &given.aws_account {
        flags.set("aws.account", account, "--aws-account");
    }
    Ok(settings::load(&edge.folder, given.project.as_deref(), &edge.environment, flags)?)
}

/// The one environment that a command takes, if one is given.
pub(crate) fn one_environment(given: &ProjectArguments) -> Result<Option<&str>, CliError> {
    match given.environment.as_slice() {
        [] => Ok(None),
        [name] => Ok(Some(name)),
        _ => Err(CliError::OneEnvironment),
    }
}

impl Project {
    /// The project for the one environment that is asked for.
    pub(crate) fn open(edge: &mut Edge, input: &InputArguments) -> Result<Self, CliError> {
        let loaded = settings(edge, &input.project, one_environment(&input.project)?)?;
        Self::open_with(edge, loaded, input)
    }

    fn open_with(edge: &mut Edge, loaded: Loaded, input: &InputArguments) -> Result<Self, CliError> {
        let mut parts = Parts::new(edge, loaded, input)?;
        let project = parts.open(input)?;
        edge.contract = Some(parts.schema);
        Ok(project)
    }

    /// The project for what holds in every environment: the one that counts if none is asked for does not count here.
    /// Not so for a target that is always for one.
    pub(crate) fn open_for_every_environment(
        edge: &mut Edge,
        input: &InputArguments,
    ) -> Result<Self, CliError> {
        let asked = one_environment(&input.project)?;
        let mut loaded = settings(edge, &input.project, asked)?;
        if asked.is_none() {
            loaded.settings.default_environment = None;
        }
        Self::open_with(edge, loaded, input)
    }

    /// The project for each environment that is asked for, in that order and each once; `all` stands for every one
    /// of the contract.
    pub(crate) fn open_each(edge: &mut Edge, input: &InputArguments) -> Result<Vec<Self>, CliError> {
        let asked = input.project.environment.as_slice();
        if asked.len() < 2 && asked.first().is_none_or(|name| name != ALL) {
            return Ok(vec![Self::open(edge, input)?]);
        }
        let (file, schema) = wanted_schema(edge, &settings(edge, &input.project, None)?, input)?;
        let known: Vec<&str> = schema.base().environments().iter().map(|one| one.name.as_str()).collect();
        let mut names: Vec<&str> = Vec::new();
        for name in asked {
            let is_all = name == ALL && !known.contains(&ALL);
            if is_all && known.is_empty() {
                return Err(CliError::NoEnvironments);
            }
            let meant = if is_all { known.clone() } else { vec![name.as_str()] };
            for name in meant {
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        if names.len() > 1 && input.reads_standard_input() {
            return Err(CliError::InputForEach);
        }
        let mut checked = Checked::default();
        let open = |name: &&str| {
            let loaded = Arc::new(settings(edge, &input.project, Some(name))?);
            Self::of(loaded, &file, &schema, input, &mut checked)
        };
        let projects = names.iter().map(open).collect();
        edge.contract = Some(schema);
        projects
    }

    fn of(
        loaded: Arc<Loaded>,
        file: &Path,
        schema: &Schema,
        input: &InputArguments,
        checked: &mut Checked,
    ) -> Result<Self, CliError> {
        let targets = &loaded.settings.targets;
        let asked = input.target.as_deref();
        let settings = asked.map(|name| target::find(targets, name)).transpose()?;
        let name = environment_of(&loaded, asked.zip(settings))?;
        let own_profile = settings.and_then(|settings| settings.profile.as_deref());
        let profile = input.profile.as_deref().or(own_profile);
        let contract = schema.contract(name.as_deref(), profile).map_err(|error| {
            let given_by = match (error.kind, asked.zip(settings)) {
                ("environment", Some((target, TargetSettings { environment: Some(_), .. }))) => {
                    Some(format!("`targets.{target}` of {PROJECT_FILE}"))
                }
                ("environment", _) => loaded.origin("default_environment"),
                ("profile", Some((target, _))) if input.profile.is_none() => {
                    Some(format!("`targets.{target}` of {PROJECT_FILE}"))
                }
                _ => None,
            };
            CliError::Selection { error, given_by }
        })?;
        check_name(&loaded, name.as_deref())?;
        // The contract of a stack may leave environments out that have none.
        if *contract.kind() == Kind::Env {
            check_environments(&loaded, &contract)?;
        }
        let (target, contract) = match asked {
            Some(name) => {
                let (target, part) = target::select(targets, name, schema, &contract, checked)?;
                (Some(Arc::new(target)), part)
            }
            None => (None, contract),
        };
        let environment =
            name.and_then(|name| loaded.settings.environments.get(&name).cloned()).unwrap_or_default();
        let namespace = environment.stack.as_ref().and_then(|stack| stack.namespace.as_deref());
        let contract = namespace.map(|namespace| contract.in_namespace(namespace)).unwrap_or(contract);
        let contract_file = file.display().to_string();
        Ok(Self { loaded, contract, contract_file, environment, configuration_only: false, target })
    }

    /// Whether the contract is that of a stack's configuration, whose values are the stack's own.
    pub(crate) fn is_of_stack(&self) -> bool {
        matches!(self.contract.kind(), Kind::PulumiConfig { .. })
    }

    /// Lets the environment see the configuration of its stack as the stack's own contract does, and nothing else of
    /// the stack.
    pub(crate) fn follow_stack(&mut self, of_stack: &Self) {
        self.configuration_only = true;
        if let Some(stack) = &mut self.environment.stack {
            stack.namespace = of_stack.contract.namespace().map(str::to_owned);
        }
    }

    /// The name in the contract of what is called `name` at the target, or with the namespace of a stack's
    /// configuration; `name` itself if it is neither.
    pub(crate) fn variable_called<'a>(&'a self, name: &'a str) -> &'a str {
        if self.contract.variable(name).is_some() {
            return name;
        }
        let own = self.contract.namespace().and_then(|own| name.strip_prefix(own)?.strip_prefix(':'));
        let there = self.target.iter().flat_map(|target| target.renamed());
        own.or_else(|| there.into_iter().find(|(_, own)| *own == name).map(|(of, _)| of)).unwrap_or(name)
    }

    /// A path of the settings: where it is, and how to tell it to someone in the working folder.
    pub(crate) fn path(&self, relative: &Path) -> (PathBuf, String) {
        let shown = self.loaded.shown_folder.join(relative);
        (self.loaded.folder.join(relative), shown.display().to_string())
    }
}

/// What projects for several targets have in common: settings and contract, which are read and checked once.
pub(crate) struct Parts {
    loaded: Arc<Loaded>,
    file: PathBuf,
    pub(crate) schema: Schema,
    checked: Checked,
}

impl Parts {
    /// Reads what the options ask for, whatever target they name.
    pub(crate) fn read(edge: &Edge, input: &InputArguments) -> Result<Self, CliError> {
        Self::new(edge, settings(edge, &input.project, one_environment(&input.project)?)?, input)
    }

    fn new(edge: &Edge, loaded: Loaded, input: &InputArguments) -> Result<Self, CliError> {
        let (file, schema) = wanted_schema(edge, &loaded, input)?;
        Ok(Self { loaded: Arc::new(loaded), file, schema, checked: Checked::default() })
    }

    /// The project for the target that is asked for.
    pub(crate) fn open(&mut self, input: &InputArguments) -> Result<Project, CliError> {
        let loaded = Arc::clone(&self.loaded);
        Project::of(loaded, &self.file, &self.schema, input, &mut self.checked).map_err(|error| {
            let is_all = matches!(input.project.environment.as_slice(), [name] if name == ALL);
            match error {
                CliError::Selection { error, .. } if is_all && error.kind == "environment" => {
                    CliError::AllEnvironments
                }
                error => error,
            }
        })
    }
}

/// The environment that counts: the one that a target is always for, or the run's.
fn environment_of(
    loaded: &Loaded,
    target: Option<(&str, &TargetSettings)>,
) -> Result<Option<String>, TargetError> {
    let run = loaded.settings.default_environment.clone();
    let Some((target, TargetSettings { environment: Some(fixed), .. })) = target else { return Ok(run) };
    let is_option = loaded.origin("default_environment").is_some_and(|origin| origin == "--environment");
    match run {
        Some(asked) if is_option && asked != *fixed => {
            Err(TargetError::Environment { target: target.to_owned(), fixed: fixed.clone(), asked })
        }
        _ => Ok(Some(fixed.clone())),
    }
}

/// A contract that names no environments takes any, and the name becomes a part of paths.
fn check_name(loaded: &Loaded, name: Option<&str>) -> Result<(), CliError> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    match name {
        Some(name) if name.is_empty() || name.starts_with(['.', '-']) || !name.bytes().all(allowed) => {
            let given_by = loaded.origin("default_environment");
            Err(CliError::EnvironmentName { name: name.to_owned(), given_by })
        }
        _ => Ok(()),
    }
}

/// A mistyped `[environments.NAME]` would be passed over in silence.
fn check_environments(loaded: &Loaded, contract: &Contract) -> Result<(), CliError> {
    let known = contract.environments().iter().map(|environment| environment.name.as_str());
    if contract.environments().is_empty() {
        return Ok(());
    }
    match loaded.settings.environments.keys().find(|name| !known.clone().any(|known| known == *name)) {
        None => Ok(()),
        Some(name) => Err(CliError::Settings(SettingsError::UnknownEnvironment {
            name: name.clone(),
            near: nearest(name, known).map(str::to_owned),
        })),
    }
}
