//! [`Project`]: settings, contract and environment of one run.

use std::path::{Path, PathBuf};

use envschema::{Contract, Schema, nearest};

use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::settings::{self, EnvironmentSettings, Flags, Loaded, SettingsError};

/// What a command works on.
pub(crate) struct Project {
    pub(crate) loaded: Loaded,
    pub(crate) contract: Contract,
    /// The settings of the environment, empty ones if there are none.
    pub(crate) environment: EnvironmentSettings,
}

/// The settings that the options ask for.
pub(crate) fn settings(edge: &Edge, input: &InputArguments) -> Result<Loaded, CliError> {
    let mut flags = Flags::default();
    if let Some(schema) = &input.schema {
        let absolute = std::path::absolute(edge.path(schema)).unwrap_or_else(|_| edge.path(schema));
        flags.set("schema", absolute.to_string_lossy(), "--schema");
    }
    if let Some(environment) = &input.environment {
        flags.set("default_environment", environment, "--environment");
    }
    if let Some(region) = &input.aws_region {
        flags.set("aws.region", region, "--aws-region");
    }
    if let Some(account) = &input.aws_account {
        flags.set("aws.account", account, "--aws-account");
    }
    Ok(settings::load(&edge.folder, input.project.as_deref(), &edge.environment, flags)?)
}

impl Project {
    pub(crate) fn open(edge: &Edge, input: &InputArguments) -> Result<Self, CliError> {
        let loaded = settings(edge, input)?;
        let schema = read_schema(&loaded, input)?;
        let name = loaded.settings.default_environment.clone();
        let contract = schema.contract(name.as_deref(), input.profile.as_deref())?;
        check_environments(&loaded, &contract)?;
        let environment =
            name.and_then(|name| loaded.settings.environments.get(&name).cloned()).unwrap_or_default();
        Ok(Self { loaded, contract, environment })
    }

    /// A path of the settings: where it is, and how to tell it.
    pub(crate) fn path(&self, relative: &Path) -> (PathBuf, String) {
        (self.loaded.folder.join(relative), relative.display().to_string())
    }
}

fn read_schema(loaded: &Loaded, input: &InputArguments) -> Result<Schema, CliError> {
    let path = loaded.folder.join(&loaded.settings.schema);
    let shown = match &input.schema {
        Some(given) => given.clone(),
        None => loaded.shown_folder.join(&loaded.settings.schema),
    };
    let named = input.schema.is_some() || loaded.is_set("schema");
    match std::fs::read(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => Err(CliError::NoContract {
            above: if input.project.is_none() { ", nor in a folder above" } else { "" },
            wanted: loaded.settings.schema.clone(),
        }),
        read => parse_schema(&shown, read),
    }
}

/// Reads a contract that was named.
pub(crate) fn parse_schema(shown: &Path, read: std::io::Result<Vec<u8>>) -> Result<Schema, CliError> {
    let bytes = read.map_err(|error| CliError::Unreadable { path: shown.to_owned(), error })?;
    let text = String::from_utf8(bytes).map_err(|_| CliError::NotText { path: shown.to_owned() })?;
    Schema::parse(&shown.display().to_string(), &text).map_err(|errors| CliError::Schema { errors })
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
