//! Asking an environment's stack: its outputs and its configuration, live or recorded.

use std::path::{Path, PathBuf};

use envctl_resolver::sources::{FileRef, Outputs, SourceError, StackConfig};
use envschema::template::Reference;
use envschema::{Code, Contract, Finding, Severity};

use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::settings::{ConfigSource, PROJECT_FILE, SettingsError, StackSettings, StackTool};

/// What a stack told.
#[derive(Default)]
pub(crate) struct Stack {
    pub(crate) outputs: Option<Outputs>,
    pub(crate) config: Option<StackConfig>,
    /// The namespace of configuration keys that carry none.
    pub(crate) namespace: Option<String>,
}

impl Stack {
    /// Reads the stack of the environment; `recorded` is a file of outputs to read in its place. `notes` gets
    /// what is to be told of it.
    pub(crate) fn read(
        edge: &Edge,
        project: &Project,
        recorded: Option<&Path>,
        notes: &mut Vec<Finding>,
    ) -> Result<Self, CliError> {
        let mut stack = Self::default();
        if let Some(given) = recorded {
            stack.outputs =
                Some(Outputs::from_file(FileRef::new(&edge.path(given), given.to_string_lossy()))?);
        }
        if let Some(settings) = &project.environment.stack {
            check(project, settings)?;
            let optional = settings.optional.unwrap_or(false);
            if stack.outputs.is_none() {
                stack.outputs = or_note(outputs(edge, project, settings), optional, notes)?.flatten();
            }
            stack.config = or_note(config(edge, project, settings), optional, notes)?.flatten();
            stack.namespace = or_note(namespace(project, settings), optional, notes)?.flatten();
        }
        if let Some(outputs) = &stack.outputs {
            let settings = project.environment.stack.as_ref().filter(|_| recorded.is_none());
            notes.extend(empty(&project.contract, outputs, settings));
            let wanted = outputs.masked().iter().filter(|path| reads(&project.contract, path));
            notes.extend(wanted.map(|path| masked(outputs, path)));
        }
        Ok(stack)
    }
}

/// How the configuration of a stack is set: where the tool runs, and for which stack.
pub(crate) struct StackAddress {
    /// The folder of the tool's project, for people; empty for the working folder.
    pub(crate) folder: String,
    pub(crate) name: String,
}

impl Stack {
    /// Reads the configuration alone, for a contract that describes it. It is what such a contract is about: a failure
    /// is never passed over. A file that does not exist yet holds nothing, and is added to `absent`.
    pub(crate) fn read_configuration(
        edge: &Edge,
        project: &Project,
        absent: &mut Vec<String>,
    ) -> Result<Self, CliError> {
        let Some(settings) = &project.environment.stack else { return Ok(Self::default()) };
        check(project, settings)?;
        let config = match config(edge, project, settings) {
            Err(CliError::Source(SourceError::NotFound { path })) => {
                absent.push(path);
                None
            }
            read => read?,
        };
        Ok(Self { outputs: None, config, namespace: settings.namespace.clone() })
    }
}

/// Where the configuration of the environment's stack is set.
///
/// # Errors
///
/// When the settings say nothing of a stack with a configuration.
pub(crate) fn address(project: &Project) -> Result<StackAddress, SettingsError> {
    let asked =
        |settings: &&StackSettings| !matches!(settings.config, None | Some(ConfigSource::Live(false)));
    let settings = project.environment.stack.as_ref().filter(asked).ok_or_else(|| {
        SettingsError::NoStackConfig { environment: project.contract.environment().map(str::to_owned) }
    })?;
    check(project, settings)?;
    let file = match &settings.config {
        Some(ConfigSource::File(file)) => Some(file.as_path()),
        _ => None,
    };
    // The file of a stack lies beside the project's, and its name tells the stack's.
    let folder = settings.dir.as_deref().or_else(|| file?.parent()).unwrap_or(Path::new(""));
    let of_file = || {
        let name = file?.file_name()?.to_str()?;
        name.strip_prefix("Pulumi.")?.strip_suffix(".yaml").map(str::to_owned)
    };
    let name = settings.name.clone().or_else(of_file);
    Ok(StackAddress {
        folder: project.path(folder).1,
        name: name.unwrap_or_else(|| stack_name(project, settings)),
    })
}

/// Settings that say nothing, or that say what no tool does.
fn check(project: &Project, settings: &StackSettings) -> Result<(), SettingsError> {
    let environment = || project.contract.environment().unwrap_or_default().to_owned();
    if settings.outputs.is_none() && settings.tool.is_none() && settings.config.is_none() {
        return Err(SettingsError::EmptyStack { environment: environment() });
    }
    let live = settings.config == Some(ConfigSource::Live(true));
    match settings.tool {
        Some(tool @ (StackTool::Terraform | StackTool::Tofu)) if live => {
            Err(SettingsError::NoConfig { environment: environment(), tool })
        }
        _ => Ok(()),
    }
}

/// A failure of an optional stack becomes a warning.
fn or_note<T>(
    read: Result<T, CliError>,
    optional: bool,
    notes: &mut Vec<Finding>,
) -> Result<Option<T>, CliError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if optional => {
            let finding = Finding::general(Code::Unavailable, Severity::Warning, error.to_string());
            let help = error.help().map(|help| format!("{help}; ")).unwrap_or_default();
            notes.push(finding.help(format!("{help}the stack is optional, so the run went on without it")));
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Whether the contract reads an output, a part of it, or something that it is a part of.
fn reads(contract: &Contract, path: &str) -> bool {
    let within = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    let path = path.strip_prefix("outputs.").unwrap_or(path);
    asked(contract).any(|name| within(path, name) || within(name, path))
}

/// The outputs that the contract asks for, by name or in templates.
fn asked(contract: &Contract) -> impl Iterator<Item = &str> {
    contract.variables().iter().flat_map(|variable| {
        let in_templates = variable.references().filter_map(|to| match to {
            Reference::Output(name) => Some(name.as_str()),
            _ => None,
        });
        variable.outputs.iter().map(String::as_str).chain(in_templates)
    })
}

/// That a stack answered and has nothing of what the contract asks for: tools take a wrong folder or workspace
/// for one in which nothing was made yet. `settings` are those of the stack, unless another file was given.
fn empty(contract: &Contract, outputs: &Outputs, settings: Option<&StackSettings>) -> Option<Finding> {
    if outputs.names().next().is_some() || asked(contract).next().is_none() {
        return None;
    }
    let message = format!("{} has no outputs", outputs.source());
    let live = settings.filter(|settings| settings.outputs.is_none()).and_then(|settings| settings.tool);
    let help = match live {
        Some(tool) => {
            format!("check `dir` and `name` of the stack in {PROJECT_FILE}, or run `{}`", tool.apply())
        }
        None => "check the path, or record the outputs again".to_owned(),
    };
    Some(Finding::general(Code::Unavailable, Severity::Warning, message).help(help))
}

fn masked(outputs: &Outputs, path: &str) -> Finding {
    Finding::general(Code::Unavailable, Severity::Warning, "the recorded value is masked")
        .help("record the outputs again with `pulumi stack output --json --show-secrets`")
        .at(Some(outputs.place(path)))
}

fn tool_folder(project: &Project, settings: &StackSettings) -> PathBuf {
    project.path(settings.dir.as_deref().unwrap_or(Path::new("."))).0
}

fn stack_name(project: &Project, settings: &StackSettings) -> String {
    let own = settings.name.clone();
    own.or_else(|| project.contract.environment().map(str::to_owned)).unwrap_or_else(|| "dev".to_owned())
}

fn outputs(edge: &Edge, project: &Project, settings: &StackSettings) -> Result<Option<Outputs>, CliError> {
    if let Some(recorded) = &settings.outputs {
        let (path, name) = project.path(recorded);
        return Ok(Some(Outputs::from_file(FileRef::new(&path, name))?));
    }
    let Some(tool) = settings.tool else { return Ok(None) };
    let folder = tool_folder(project, settings);
    match tool.terraform() {
        Some(terraform) => {
            Outputs::from_terraform(&*edge.runner, terraform, &folder, settings.name.as_deref())
        }
        None => Outputs::from_pulumi(&*edge.runner, &folder, &stack_name(project, settings)),
    }
    .map(Some)
    .map_err(CliError::Live)
}

fn config(edge: &Edge, project: &Project, settings: &StackSettings) -> Result<Option<StackConfig>, CliError> {
    match &settings.config {
        None | Some(ConfigSource::Live(false)) => Ok(None),
        Some(ConfigSource::File(file)) => {
            let (path, name) = project.path(file);
            Ok(Some(StackConfig::from_file(FileRef::new(&path, name))?))
        }
        Some(ConfigSource::Live(true)) => {
            let folder = tool_folder(project, settings);
            StackConfig::from_pulumi(&*edge.runner, &folder, &stack_name(project, settings))
                .map(Some)
                .map_err(CliError::Live)
        }
    }
}

/// The namespace of configuration keys: as set, or the name of the Pulumi project in the folder.
fn namespace(project: &Project, settings: &StackSettings) -> Result<Option<String>, CliError> {
    let asked = !matches!(settings.config, None | Some(ConfigSource::Live(false)));
    if settings.namespace.is_some() || !asked {
        return Ok(settings.namespace.clone());
    }
    match StackConfig::project_name(&tool_folder(project, settings)) {
        Ok(name) => Ok(Some(name)),
        Err(SourceError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}
