//! [`Project`]: settings, contract and environment of one run.

use std::io;
use std::path::{Path, PathBuf};

use envschema::{Contract, Schema, nearest};
use zeroize::Zeroizing;

use crate::arguments::{InputArguments, ProjectArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::read;
use crate::settings::{self, EnvironmentSettings, Flags, Loaded, SettingsError};

/// What a command works on.
pub(crate) struct Project {
    pub(crate) loaded: Loaded,
    pub(crate) contract: Contract,
    /// The settings of the environment, empty ones if there are none.
    pub(crate) environment: EnvironmentSettings,
}

/// The settings that the options ask for.
pub(crate) fn settings(edge: &Edge, given: &ProjectArguments) -> Result<Loaded, CliError> {
    let mut flags = Flags::default();
    if let Some(schema) = &given.schema {
        flags.set("schema", schema.to_string_lossy(), "--schema");
    }
    if let Some(environment) = &given.environment {
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

impl Project {
    pub(crate) fn open(edge: &mut Edge, input: &InputArguments) -> Result<Self, CliError> {
        let loaded = settings(edge, &input.project)?;
        let (_, schema) = own_schema(edge, &loaded, &input.project)?;
        let name = loaded.settings.default_environment.clone();
        let contract = schema.contract(name.as_deref(), input.profile.as_deref()).map_err(|error| {
            let given_by = loaded.origin("default_environment").filter(|_| error.kind == "environment");
            CliError::Selection { error, given_by }
        })?;
        check_name(&loaded, name.as_deref())?;
        check_environments(&loaded, &contract)?;
        edge.contract = Some(schema);
        let environment =
            name.and_then(|name| loaded.settings.environments.get(&name).cloned()).unwrap_or_default();
        Ok(Self { loaded, contract, environment })
    }

    /// A path of the settings: where it is, and how to tell it to someone in the working folder.
    pub(crate) fn path(&self, relative: &Path) -> (PathBuf, String) {
        let shown = self.loaded.shown_folder.join(relative);
        (self.loaded.folder.join(relative), shown.display().to_string())
    }
}

/// The project's own contract, with its path for people.
pub(crate) fn own_schema(
    edge: &Edge,
    loaded: &Loaded,
    given: &ProjectArguments,
) -> Result<(PathBuf, Schema), CliError> {
    let schema = given.schema.as_ref().unwrap_or(&loaded.settings.schema);
    // A path given for this run starts from the working folder, one of the project file from the project.
    let (path, shown) = if loaded.is_given("schema") {
        (edge.path(schema), schema.clone())
    } else {
        (loaded.folder.join(schema), loaded.shown_folder.join(schema))
    };
    match read::file(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => match loaded.origin("schema") {
            Some(given_by) if loaded.is_set("schema") => Err(CliError::NoSchema { path: shown, given_by }),
            _ => Err(CliError::NoContract {
                above: if given.project.is_none() { ", nor in a folder above" } else { "" },
                wanted: loaded.settings.schema.clone(),
            }),
        },
        read => parse_schema(&shown, read).map(|schema| (shown, schema)),
    }
}

/// Reads a contract that was named.
pub(crate) fn parse_schema(shown: &Path, read: io::Result<Zeroizing<Vec<u8>>>) -> Result<Schema, CliError> {
    let bytes = read.map_err(|error| CliError::Unreadable { path: shown.to_owned(), error })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: shown.to_owned() })?;
    Schema::parse(&shown.display().to_string(), text).map_err(|errors| CliError::Schema { errors })
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
