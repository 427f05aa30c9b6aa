//! Reading every source of a project and resolving: the wiring between settings and the resolver.

use std::path::{Path, PathBuf};

use envctl_resolver::sources::{
    AwsFacts, ConfiguredAws, EnvFile, Fact, FileRef, Outputs, SourceError, StackConfig,
};
use envctl_resolver::{Facts, Layer, LayerKind, Resolution, Resolver, fill};
use envschema::template::{Part, Reference};
use envschema::{Code, Contract, Finding, Place, SecretValue, Severity};
use zeroize::Zeroizing;

use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::settings::{AwsSettings, ConfigSource, PROJECT_FILE, StackSettings, StackTool};

/// A resolution with what reading its sources told.
pub(crate) struct Gathered {
    pub(crate) resolution: Resolution,
    pub(crate) files: Vec<EnvFile>,
    /// What is to be told of sources, such as an optional one that failed.
    pub(crate) notes: Vec<Finding>,
}

/// What else decides what is read.
#[derive(Clone, Copy)]
pub(crate) struct Reading {
    /// Whether the process environment is a layer.
    pub(crate) process: bool,
    /// Whether generators run for variables that are not needed too.
    pub(crate) complete: bool,
}

pub(crate) fn gather(
    edge: &mut Edge,
    project: &Project,
    input: &InputArguments,
    reading: Reading,
) -> Result<Gathered, CliError> {
    let mut notes = Vec::new();
    let overrides = overrides(edge, &project.contract, input)?;
    let files = env_files(edge, project, input)?;
    let stack = Stack::read(edge, project, input, &mut notes)?;
    let mut resolver = Resolver::new(&project.contract).layer(overrides);
    if reading.process {
        let names = project.contract.variables().iter().map(|variable| &*variable.name);
        resolver = resolver.layer(edge.environment.layer(names)?);
    }
    // Of layers of one kind the first wins, and of files the last is to win.
    for file in files.iter().rev() {
        resolver = resolver.layer(&file.layer);
    }
    if let Some(outputs) = &stack.outputs {
        resolver = resolver.outputs(outputs);
    }
    if let Some(config) = &stack.config {
        resolver = resolver.config(config, stack.namespace.as_deref());
    }
    resolver = resolver.facts(facts(edge, project)?);
    let mut resolution = resolver.resolve();
    if input.generate {
        // Consent of a person is not to be had here: generators that want it stay silent.
        let made = fill(&resolution, reading.complete, &|_| false, &mut *edge.random)?;
        resolution = resolver.layer(made).resolve();
    }
    Ok(Gathered { resolution, files, notes })
}

fn overrides(edge: &mut Edge, contract: &Contract, input: &InputArguments) -> Result<Layer, CliError> {
    let mut layer = Layer::new(LayerKind::Override, "--set-from-file");
    for given in &input.set_from_file {
        let bad = || CliError::BadOverride { given: given.clone() };
        let (name, file) = given
            .split_once('=')
            .filter(|(name, file)| !name.is_empty() && !file.is_empty())
            .ok_or_else(bad)?;
        if contract.variable(name).is_none() {
            return Err(CliError::no_variable(contract, name));
        }
        let bytes = if file == "-" {
            read_input(edge, input)?
        } else {
            let path = PathBuf::from(file);
            std::fs::read(edge.path(&path))
                .map(Zeroizing::new)
                .map_err(|error| CliError::Unreadable { path, error })?
        };
        let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: file.into() })?;
        let text = text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
        layer.insert(
            name,
            SecretValue::from(text),
            Place::Given { how: format!("--set-from-file {given}").into() },
        );
    }
    Ok(layer)
}

/// Standard input, which only one option may ask for.
fn read_input(edge: &mut Edge, input: &InputArguments) -> Result<Zeroizing<Vec<u8>>, CliError> {
    let files = input.env_files.iter().filter(|file| file.as_os_str() == "-").count();
    let values = input.set_from_file.iter().filter(|given| given.ends_with("=-")).count();
    if files + values > 1 {
        return Err(CliError::InputTwice);
    }
    edge.read_input().map_err(|error| CliError::Unreadable { path: "-".into(), error })
}

fn env_files(edge: &mut Edge, project: &Project, input: &InputArguments) -> Result<Vec<EnvFile>, CliError> {
    if !input.env_files.is_empty() {
        let read = |given: &PathBuf| {
            if given.as_os_str() == "-" {
                Ok(EnvFile::from_bytes(read_input(edge, input)?, "-")?)
            } else {
                Ok(EnvFile::read(FileRef::new(&edge.path(given), given.to_string_lossy()))?)
            }
        };
        return input.env_files.iter().map(read).collect();
    }
    let mut files = Vec::new();
    for relative in project.env_files() {
        let (path, name) = project.path(&relative);
        match EnvFile::read(FileRef::new(&path, name)) {
            Ok(file) => files.push(file),
            // An environment may have no file yet: its values come from elsewhere.
            Err(SourceError::NotFound { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(files)
}

impl Project {
    /// The env files of the environment, those that may not exist yet included: `.env.NAME`, or `.env` without
    /// an environment, unless the settings name others.
    pub(crate) fn env_files(&self) -> Vec<PathBuf> {
        let one = self.environment.file.clone();
        let many = self.environment.files.clone().unwrap_or_default();
        let named: Vec<_> = one.into_iter().chain(many).collect();
        if !named.is_empty() {
            return named;
        }
        vec![match self.contract.environment() {
            Some(name) => PathBuf::from(format!(".env.{name}")),
            None => PathBuf::from(".env"),
        }]
    }
}

/// What a stack told.
#[derive(Default)]
struct Stack {
    outputs: Option<Outputs>,
    config: Option<StackConfig>,
    namespace: Option<String>,
}

impl Stack {
    fn read(
        edge: &Edge,
        project: &Project,
        input: &InputArguments,
        notes: &mut Vec<Finding>,
    ) -> Result<Self, CliError> {
        let mut stack = Self::default();
        if let Some(given) = &input.outputs {
            stack.outputs =
                Some(Outputs::from_file(FileRef::new(&edge.path(given), given.to_string_lossy()))?);
        }
        if let Some(settings) = &project.environment.stack {
            let optional = settings.optional.unwrap_or(false);
            if stack.outputs.is_none() {
                stack.outputs = or_note(outputs(edge, project, settings), optional, notes)?.flatten();
            }
            stack.config = or_note(config(edge, project, settings), optional, notes)?.flatten();
            stack.namespace = or_note(namespace(project, settings), optional, notes)?.flatten();
        }
        if let Some(outputs) = &stack.outputs {
            notes.extend(outputs.masked().iter().map(|name| masked(outputs, name)));
        }
        Ok(stack)
    }
}

/// A failure of an optional source becomes a warning.
fn or_note<T>(
    read: Result<T, SourceError>,
    optional: bool,
    notes: &mut Vec<Finding>,
) -> Result<Option<T>, CliError> {
    match read {
        Ok(read) => Ok(Some(read)),
        Err(error) if optional => {
            let finding = Finding::general(Code::Unavailable, Severity::Warning, error.to_string());
            notes.push(
                finding.help(format!("{}; the source is optional, what it knows is left out", error.help())),
            );
            Ok(None)
        }
        Err(error) => Err(error.into()),
    }
}

fn masked(outputs: &Outputs, name: &str) -> Finding {
    let message = format!("output {name} is masked");
    Finding::general(Code::Unavailable, Severity::Warning, message)
        .help("record the outputs again with `pulumi stack output --json --show-secrets`")
        .at(Some(outputs.place(name)))
}

fn tool_folder(project: &Project, settings: &StackSettings) -> PathBuf {
    project.path(settings.dir.as_deref().unwrap_or(Path::new("."))).0
}

fn stack_name(project: &Project, settings: &StackSettings) -> String {
    let own = settings.name.clone();
    own.or_else(|| project.contract.environment().map(str::to_owned)).unwrap_or_else(|| "dev".to_owned())
}

fn outputs(edge: &Edge, project: &Project, settings: &StackSettings) -> Result<Option<Outputs>, SourceError> {
    if let Some(recorded) = &settings.outputs {
        let (path, name) = project.path(recorded);
        return Outputs::from_file(FileRef::new(&path, name)).map(Some);
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
}

fn config(
    edge: &Edge,
    project: &Project,
    settings: &StackSettings,
) -> Result<Option<StackConfig>, SourceError> {
    match &settings.config {
        None | Some(ConfigSource::Live(false)) => Ok(None),
        Some(ConfigSource::File(file)) => {
            let (path, name) = project.path(file);
            StackConfig::from_file(FileRef::new(&path, name)).map(Some)
        }
        Some(ConfigSource::Live(true)) => {
            let folder = tool_folder(project, settings);
            StackConfig::from_pulumi(&*edge.runner, &folder, &stack_name(project, settings)).map(Some)
        }
    }
}

/// The namespace of configuration keys: as set, or the name of the Pulumi project in the folder.
fn namespace(project: &Project, settings: &StackSettings) -> Result<Option<String>, SourceError> {
    let asked = !matches!(settings.config, None | Some(ConfigSource::Live(false)));
    let pulumi = matches!(settings.tool, None | Some(StackTool::Pulumi));
    if settings.namespace.is_some() || !asked || !pulumi {
        return Ok(settings.namespace.clone());
    }
    match StackConfig::project_name(&tool_folder(project, settings)) {
        Ok(name) => Ok(Some(name)),
        Err(SourceError::NotFound { .. }) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Asks for the facts that the contract's templates use, and for no others.
fn facts(edge: &Edge, project: &Project) -> Result<Facts, CliError> {
    let parts = || {
        project
            .contract
            .variables()
            .iter()
            .flat_map(|variable| &variable.derive)
            .flat_map(|template| &template.parts)
    };
    let uses = |wanted: &[Reference]| {
        parts().any(|part| matches!(part, Part::Reference { to, .. } if wanted.contains(to)))
    };
    let mut aws = ConfiguredAws::new(edge.environment.clone());
    if let Some(region) = given_fact(project, "region", |aws| aws.region.as_ref()) {
        aws = aws.with_region(region);
    }
    if let Some(account) = given_fact(project, "account", |aws| aws.account.as_ref()) {
        aws = aws.with_account(account);
    }
    let mut facts = Facts::default();
    if uses(&[Reference::AwsRegion, Reference::AwsS3Endpoint]) {
        facts.region = aws.region()?;
    }
    if uses(&[Reference::AwsAccount]) {
        facts.account = aws.account()?;
    }
    Ok(facts)
}

/// A fact that the settings give. An option or a variable goes before the environment's own setting, one for
/// the whole project after it.
fn given_fact(project: &Project, what: &str, read: fn(&AwsSettings) -> Option<&String>) -> Option<Fact> {
    let origin = project.loaded.origin(&format!("aws.{what}"));
    let shared = project.loaded.settings.aws.as_ref().and_then(read).zip(origin);
    let own = project.environment.aws.as_ref().and_then(read).map(|value| (value, PROJECT_FILE.to_owned()));
    let given = shared.clone().filter(|(_, origin)| origin != PROJECT_FILE);
    let (value, origin) = given.or(own).or(shared)?;
    let how = if origin == PROJECT_FILE { format!("aws.{what} of {origin}") } else { origin };
    Some(Fact { value: value.clone(), place: Place::Given { how: how.into() } })
}
