//! What is read: values for this run, the process environment, env files, and the template with examples.

use std::path::{Path, PathBuf};

use envctl_resolver::sources::{EnvFile, Examples, FileRef, SourceError};
use envctl_resolver::{Layer, LayerKind};
use envschema::{Contract, Place, SecretValue};
use zeroize::Zeroizing;

use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::read;

/// Options that have nothing to say of a stack's configuration.
pub(super) fn only_of_stack(project: &Project, input: &InputArguments) -> Result<(), CliError> {
    let given = [("--env-file", !input.env_files.is_empty()), ("--outputs", input.outputs.is_some())];
    match given.into_iter().find(|(_, given)| *given) {
        None => Ok(()),
        Some((option, _)) => {
            Err(CliError::OnlyOfStack { contract: project.contract.name().to_owned(), option })
        }
    }
}

/// The process environment: under the names of the target first, then under those of the contract.
pub(super) fn process_layers(edge: &Edge, project: &Project) -> Result<Vec<Layer>, SourceError> {
    let contract = &project.contract;
    let names = contract.variables().iter().map(|variable| &*variable.name);
    let Some(target) = &project.target else { return Ok(vec![edge.environment.layer(names)?]) };
    // What the target has under a name is not also the value of the variable that the contract calls so.
    let names = names.filter(|name| !target.takes_name_of(name));
    Ok(vec![edge.environment.layer_under(target.renamed())?, edge.environment.layer(names)?])
}

pub(super) fn overrides(
    edge: &mut Edge,
    contract: &Contract,
    input: &InputArguments,
) -> Result<Layer, CliError> {
    let mut layer = Layer::new(LayerKind::Override, "--set-from-file");
    for given in &input.set_from_file {
        let (name, file) = given
            .split_once('=')
            .filter(|(name, file)| !name.is_empty() && !file.is_empty())
            .ok_or(CliError::BadOverride)?;
        if contract.variable(name).is_none() {
            return Err(CliError::no_variable(contract, name));
        }
        let bytes = if file == "-" {
            read_input(edge, input, "--set-from-file")?
        } else {
            read::file(&edge.path(Path::new(file)))
                .map_err(|error| CliError::OverrideFile { name: name.to_owned(), error })?
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: file.into() })?;
        let text = read::without_last_break(text);
        layer.insert(
            name,
            SecretValue::from(text),
            Place::Given { how: format!("--set-from-file {given}").into() },
        );
    }
    Ok(layer)
}

/// Standard input, which only one option may ask for.
fn read_input(
    edge: &mut Edge,
    input: &InputArguments,
    option: &'static str,
) -> Result<Zeroizing<Vec<u8>>, CliError> {
    let files = input.env_files.iter().filter(|file| file.as_os_str() == "-").count();
    let values = input.set_from_file.iter().filter(|given| given.ends_with("=-")).count();
    if files + values > 1 {
        return Err(CliError::InputTwice);
    }
    edge.read_input().map_err(|error| CliError::Input { option, error })
}

/// The env files that count; `absent` gets the names of those that do not exist.
pub(super) fn env_files(
    edge: &mut Edge,
    project: &Project,
    input: &InputArguments,
    absent: &mut Vec<String>,
) -> Result<Vec<EnvFile>, CliError> {
    let dialect = project.dialect();
    if !input.env_files.is_empty() {
        let read = |given: &PathBuf| {
            if given.as_os_str() == "-" {
                Ok(EnvFile::from_bytes(read_input(edge, input, "--env-file")?, "-", dialect)?)
            } else {
                Ok(EnvFile::read_as(FileRef::new(&edge.path(given), given.to_string_lossy()), dialect)?)
            }
        };
        return input.env_files.iter().map(read).collect();
    }
    let mut files = Vec::new();
    for relative in project.env_files() {
        let (path, name) = project.path(&relative);
        match EnvFile::read_as(FileRef::new(&path, &*name), dialect) {
            Ok(file) => files.push(file),
            // An environment may have no file yet: its values come from elsewhere.
            Err(SourceError::NotFound { .. }) => absent.push(name),
            Err(error) => return Err(error.into()),
        }
    }
    Ok(files)
}

/// The template with examples: `.env.example` unless the settings name another.
pub(super) fn read_examples(project: &Project) -> Result<Examples, CliError> {
    let named = project.environment.example.as_deref();
    let (path, name) = project.path(named.unwrap_or(Path::new(".env.example")));
    match Examples::read(FileRef::new(&path, name)) {
        Ok(examples) => Ok(examples),
        Err(SourceError::NotFound { .. }) if named.is_none() => Ok(Examples::default()),
        Err(error) => Err(error.into()),
    }
}
