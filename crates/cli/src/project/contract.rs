//! The contract of a run, found and read: the project's own, or that of its stack's configuration.

use std::io;
use std::path::PathBuf;

use envschema::{Kind, Schema};

use crate::arguments::{InputArguments, ProjectArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::read;
use crate::settings::Loaded;

/// The contract that a run is about: the environment's, or that of the stack's configuration.
pub(super) fn wanted_schema(
    edge: &Edge,
    loaded: &Loaded,
    input: &InputArguments,
) -> Result<(PathBuf, Schema), CliError> {
    if input.stack { stack_schema(loaded) } else { own_schema(edge, loaded, &input.project) }
}

/// The contract of the stack's configuration, with its path for people.
pub(crate) fn stack_schema(loaded: &Loaded) -> Result<(PathBuf, Schema), CliError> {
    let file = loaded.settings.stack_schema.as_ref().ok_or(CliError::NoStackSchema)?;
    let (path, shown) = (loaded.folder.join(file), loaded.shown_folder.join(file));
    let read = read::file(&path);
    if read.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
        return Err(CliError::NoSchema { path: shown, given_by: "stack_schema".to_owned() });
    }
    let schema = envctl_engine::contract(&path, &shown, read)?;
    if *schema.base().kind() == Kind::Env {
        return Err(CliError::NotOfStack { contract: shown.display().to_string() });
    }
    Ok((shown, schema))
}

/// The project's own contract, with its path for people.
pub(crate) fn own_schema(
    edge: &Edge,
    loaded: &Loaded,
    given: &ProjectArguments,
) -> Result<(PathBuf, Schema), CliError> {
    let (path, shown) = own_paths(edge, loaded, given);
    match read::file(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(no_contract(loaded, given, shown)),
        read => {
            let schema = envctl_engine::contract(&path, &shown, read)?;
            Ok((shown, schema))
        }
    }
}

/// The file of the project's contract, which need not be one that loads.
///
/// # Errors
///
/// As [`own_schema`] for a file that is not there.
pub(crate) fn own_file(edge: &Edge, loaded: &Loaded, given: &ProjectArguments) -> Result<PathBuf, CliError> {
    let (path, shown) = own_paths(edge, loaded, given);
    if path.exists() { Ok(shown) } else { Err(no_contract(loaded, given, shown)) }
}

/// The path of the project's contract, and the one for people, which starts from the working folder.
fn own_paths(edge: &Edge, loaded: &Loaded, given: &ProjectArguments) -> (PathBuf, PathBuf) {
    let schema = given.schema.as_ref().unwrap_or(&loaded.settings.schema);
    // A path given for this run starts from the working folder, one of the project file from the project.
    if loaded.is_given("schema") {
        (edge.path(schema), schema.clone())
    } else {
        (loaded.folder.join(schema), loaded.shown_folder.join(schema))
    }
}

fn no_contract(loaded: &Loaded, given: &ProjectArguments, shown: PathBuf) -> CliError {
    match loaded.origin("schema") {
        Some(given_by) if loaded.is_set("schema") => CliError::NoSchema { path: shown, given_by },
        _ => CliError::NoContract {
            above: if given.project.is_none() { ", nor in a folder above" } else { "" },
            wanted: loaded.settings.schema.clone(),
        },
    }
}
