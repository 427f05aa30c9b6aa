//! Loading settings, and telling where each came from.

use std::io;
use std::path::{Path, PathBuf};

use envctl_resolver::sources::ProcessSnapshot;
use envschema::nearest;
use figment::Figment;
use figment::value::Value;

use crate::edge::Edge;
use crate::read;

use super::model::{ProjectFile, Settings, StackTool};
use super::provider::{FileProvider, Setting, VARIABLES};

/// The name of the project file.
pub(crate) const PROJECT_FILE: &str = "envctl.toml";
/// The name of a contract when no setting names it.
const CONTRACT_FILE: &str = "envschema.toml";

/// Settings given as options, each a key with its value and the option's name.
#[derive(Debug, Default)]
pub(crate) struct Flags {
    settings: Vec<(String, String, &'static str)>,
}

impl Flags {
    pub(crate) fn set(&mut self, key: &str, value: impl Into<String>, option: &'static str) {
        self.settings.push((key.to_owned(), value.into(), option));
    }
}

/// Why settings could not be loaded.
#[derive(Debug, thiserror::Error)]
pub(crate) enum SettingsError {
    #[error("cannot read {}: {}", .path.display(), read::said(.error))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{}:{line}:{column}: {message}", .path.display())]
    Invalid { path: PathBuf, line: usize, column: usize, message: String },
    #[error("{name} is not a setting")]
    UnknownVariable { name: String },
    #[error("{name} is not UTF-8 text")]
    NotText { name: &'static str },
    #[error("{0}")]
    Layers(Box<figment::Error>),
    #[error("envctl.toml sets `environments.{name}`, which the contract does not have")]
    UnknownEnvironment { name: String, near: Option<String> },
    #[error("there is no project in `{}`: it has no {PROJECT_FILE} and no {CONTRACT_FILE}", .folder.display())]
    NoProject { folder: PathBuf },
    #[error("there is no folder `{}`", .folder.display())]
    NoFolder { folder: PathBuf },
    #[error("{PROJECT_FILE} has a `stack` for {environment} that does not say what to read")]
    EmptyStack { environment: String },
    #[error("{PROJECT_FILE} does not say where the configuration of {} is", stack_of(.environment.as_deref()))]
    NoStackConfig { environment: Option<String> },
    #[error("{PROJECT_FILE} asks for the configuration of {environment}'s stack, which {tool} does not have")]
    NoConfig { environment: String, tool: StackTool },
}

impl SettingsError {
    pub(crate) fn help(&self) -> Option<String> {
        match self {
            Self::UnknownVariable { name } => {
                let known = VARIABLES.iter().map(|(known, _)| *known);
                Some(match nearest(name, known.clone()) {
                    Some(near) => format!("did you mean {near}?"),
                    None => format!("the variables are {}", known.collect::<Vec<_>>().join(", ")),
                })
            }
            Self::UnknownEnvironment { near: Some(near), .. } => {
                Some(format!("did you mean `environments.{near}`?"))
            }
            Self::UnknownEnvironment { .. } => {
                Some("name it in the contract too: `[environments.NAME]`".to_owned())
            }
            Self::NoProject { .. } | Self::NoFolder { .. } => {
                Some("give the project's folder: `--project DIR`".to_owned())
            }
            Self::EmptyStack { .. } => Some(
                "name a `tool` to ask, or a file of recorded `outputs`, or the `config` of the stack"
                    .to_owned(),
            ),
            Self::NoStackConfig { environment } => {
                let environment = environment.as_deref().unwrap_or("NAME");
                Some(format!(
                    "add `stack = {{ tool = \"pulumi\", dir = \"infra\", config = true }}` to `[environments.{environment}]`"
                ))
            }
            Self::NoConfig { .. } => Some("remove `config`: only Pulumi's stacks have one".to_owned()),
            Self::Unreadable { .. } | Self::Invalid { .. } | Self::NotText { .. } | Self::Layers(_) => None,
        }
    }
}

fn stack_of(environment: Option<&str>) -> String {
    environment.map_or_else(|| "the stack".to_owned(), |name| format!("{name}'s stack"))
}

/// Settings with the folder that their paths start from.
pub(crate) struct Loaded {
    pub(crate) settings: Settings,
    /// The project's folder, where relative paths of settings start.
    pub(crate) folder: PathBuf,
    /// How the folder is told to people, empty for the working folder.
    pub(crate) shown_folder: PathBuf,
    figment: Figment,
    /// The keys that options and variables of this run give.
    given: Vec<String>,
}

impl Loaded {
    /// What gave a setting, if anything did.
    pub(crate) fn origin(&self, key: &str) -> Option<String> {
        self.figment.find_metadata(key).map(|metadata| metadata.name.to_string())
    }

    /// Whether a setting was given by anyone, its default aside.
    pub(crate) fn is_set(&self, key: &str) -> bool {
        self.origin(key).is_some_and(|origin| origin != "default")
    }

    /// Whether a setting was given for this run, by an option or a variable.
    pub(crate) fn is_given(&self, key: &str) -> bool {
        self.given.iter().any(|given| given == key)
    }

    /// The path that a setting gives: one given for this run starts from the working folder, one of the project file from
    /// the project, and `~` from the user's folder.
    pub(crate) fn path_of_setting(&self, edge: &Edge, key: &str, path: &Path) -> PathBuf {
        let home = edge.environment.get_os("HOME").filter(|home| !home.is_empty());
        match (path.strip_prefix("~"), home) {
            (Ok(rest), Some(home)) => Path::new(home).join(rest),
            _ if self.is_given(key) => edge.path(path),
            _ => self.folder.join(path),
        }
    }

    /// Every setting with its value and what gave it, sorted by key.
    pub(crate) fn origins(&self) -> Vec<(String, String, String)> {
        let mut found = Vec::new();
        if let Ok(all) = self.figment.extract::<figment::value::Dict>() {
            for (key, value) in &all {
                self.collect(key.clone(), value, &mut found);
            }
        }
        found
    }

    fn collect(&self, key: String, value: &Value, found: &mut Vec<(String, String, String)>) {
        if let Value::Dict(_, entries) = value {
            for (name, value) in entries {
                self.collect(format!("{key}.{name}"), value, found);
            }
            return;
        }
        let text = match value {
            Value::String(_, text) => text.clone(),
            Value::Bool(_, truth) => truth.to_string(),
            Value::Array(_, items) => {
                items.iter().map(|item| item.as_str().unwrap_or_default()).collect::<Vec<_>>().join(", ")
            }
            other => other.to_i128().map(|number| number.to_string()).unwrap_or_default(),
        };
        let origin = self.figment.get_metadata(value.tag()).map(|metadata| metadata.name.to_string());
        found.push((key, text, origin.unwrap_or_default()));
    }
}

/// Loads the settings of a project. `project` is the folder asked for; without it, the nearest folder upward
/// from `start` that has a project file or a contract, or else `start` itself.
pub(crate) fn load(
    start: &Path,
    project: Option<&Path>,
    environment: &ProcessSnapshot,
    flags: Flags,
) -> Result<Loaded, SettingsError> {
    let shown_folder = match project {
        Some(folder) => folder.to_owned(),
        None => find_upward(start).unwrap_or_default(),
    };
    let folder = start.join(&shown_folder);
    let path = folder.join(PROJECT_FILE);
    let shown = shown_folder.join(PROJECT_FILE);
    let file = read_project(&path, &shown)?;
    let variables = from_variables(environment)?;
    let contract_named = flags.settings.iter().any(|(key, ..)| key == "schema")
        || variables.iter().any(|variable| variable.key == "schema");
    if !folder.as_os_str().is_empty() && !folder.is_dir() {
        return Err(SettingsError::NoFolder { folder: shown_folder });
    }
    if project.is_some() && file.is_none() && !contract_named && !folder.join(CONTRACT_FILE).exists() {
        return Err(SettingsError::NoProject { folder: shown_folder });
    }
    let mut figment = Figment::new().merge(setting("schema", CONTRACT_FILE, "default"));
    if let Some(file) = &file {
        figment = figment.merge(FileProvider { name: PROJECT_FILE, file });
    }
    let options = flags.settings.into_iter().map(|(key, value, option)| setting(&key, &value, option));
    let mut given = Vec::new();
    for setting in variables.into_iter().chain(options) {
        given.push(setting.key.clone());
        figment = figment.merge(setting);
    }
    let settings = figment.extract().map_err(|error| SettingsError::Layers(Box::new(error)))?;
    Ok(Loaded { settings, folder, shown_folder, figment, given })
}

fn setting(key: &str, value: &str, given_by: &str) -> Setting {
    Setting { key: key.to_owned(), value: Value::from(value), given_by: given_by.to_owned() }
}

fn read_project(path: &Path, shown: &Path) -> Result<Option<ProjectFile>, SettingsError> {
    let failed = |error| SettingsError::Unreadable { path: shown.to_owned(), error };
    let bytes = match read::file(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| failed(io::ErrorKind::InvalidData.into()))?;
    // The error's own text would repeat the line, which may hold what should not be there.
    toml::from_str(text).map(Some).map_err(|error| {
        let before = &text[..error.span().map_or(0, |span| span.start)];
        let line_start = before.rfind('\n').map_or(0, |end| end + 1);
        SettingsError::Invalid {
            path: shown.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message: without_value(error.message()),
        }
    })
}

/// A message names keys, and what was expected; not the value that stands there instead.
fn without_value(message: &str) -> String {
    match message.rsplit_once(", expected ") {
        Some((found, expected)) if !found.starts_with("unknown field") => format!("expected {expected}"),
        _ => message.to_owned(),
    }
}

fn find_upward(start: &Path) -> Option<PathBuf> {
    // Counted in `..` from the working folder, so that paths stay short in messages.
    let here = if start.as_os_str().is_empty() { Path::new(".") } else { start };
    let deepest = std::path::absolute(here).ok()?.components().count();
    (0..deepest).map(|steps| (0..steps).map(|_| "..").collect::<PathBuf>()).find(|up| {
        let folder = start.join(up);
        folder.join(PROJECT_FILE).exists() || folder.join(CONTRACT_FILE).exists()
    })
}

fn from_variables(environment: &ProcessSnapshot) -> Result<Vec<Setting>, SettingsError> {
    let unknown = environment
        .names()
        .find(|name| name.starts_with("ENVCTL_") && !VARIABLES.iter().any(|(known, _)| known == name));
    if let Some(name) = unknown {
        return Err(SettingsError::UnknownVariable { name: name.to_owned() });
    }
    let mut found = Vec::new();
    for (name, key) in VARIABLES {
        let Some(value) = environment.get_os(name).filter(|value| !value.is_empty()) else { continue };
        let value = value.to_str().ok_or(SettingsError::NotText { name })?;
        found.push(setting(key, value, name));
    }
    Ok(found)
}
