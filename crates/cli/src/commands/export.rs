//! `envctl export`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use envctl_resolver::LayerKind;
use envschema::{Findings, Severity, State};

use crate::arguments::{ExportArguments, ExportFormat};
use crate::arns::{Arns, SecretName};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::format::{self, Form, ObjectName};
use crate::gather::{Gathered, Reading, gather};
use crate::judgement::Judgement;
use crate::project::Project;
use crate::render::{counted, place_text};
use crate::report::{findings_text, run_text};
use crate::select::Leaving;
use crate::write::{Written, append_file, write_file};

/// Names the file in which the runner of GitHub Actions looks for variables.
const GITHUB_ENV: &str = "GITHUB_ENV";

pub(crate) fn export(arguments: &ExportArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    check(arguments)?;
    let github_file = github_file(arguments, edge)?;
    let project = Project::open(edge, &arguments.input)?;
    let leaving = Leaving::new(&project, &arguments.only)?;
    let mut form = form(arguments, edge, &project)?;
    // What is kept should not depend on the terminal it was made in.
    let process = arguments.process_env || !(arguments.no_process_env || arguments.output.is_some());
    let gathered = gather(edge, &project, &arguments.input, Reading { process, complete: false })?;
    if arguments.explain {
        let text = origins(&gathered, &leaving);
        edge.output.write_all(text.as_bytes())?;
        return Ok(Exit::Yes);
    }
    let findings = gathered.findings(false);
    if !findings.is_valid() && !arguments.allow_invalid {
        let text = run_text(&Judgement::new(&gathered, &findings), edge.messages_look);
        edge.tell(&text);
        edge.tell("nothing was exported; `--allow-invalid` exports what has a value");
        return Ok(Exit::No);
    }
    let values = format::exported(&gathered.resolution, &leaving);
    if let Form::Ecs(arn) = &mut form
        && values.iter().any(|exported| !exported.open)
    {
        *arn = Some(secret_arn(arguments, edge, &project)?);
    }
    match format::print(&form, &gathered.resolution, &values) {
        Ok(text) => {
            if matches!(form, Form::Github(_)) {
                // Before anything else can tell a secret; the runner reads it line by line as it comes.
                edge.output.write_all(format::github_masks(&values).as_bytes())?;
                edge.output.flush()?;
            }
            match &github_file {
                Some(path) => append(edge, path, text.as_bytes(), values.len())?,
                None => deliver(arguments, edge, text.as_bytes())?,
            }
            tell_sealed(edge, &gathered, &leaving);
            tell_warnings(edge, &findings);
            Ok(Exit::Yes)
        }
        Err(refused) => {
            let refused = refused.into_iter().collect();
            let text = findings_text(&Judgement::new(&gathered, &refused), edge.messages_look);
            edge.tell(&text);
            edge.tell("\nnothing was exported; another `--format` may hold these values");
            Ok(Exit::No)
        }
    }
}

/// Options that belong to one form only.
fn check(arguments: &ExportArguments) -> Result<(), CliError> {
    let form = arguments.form();
    if arguments.typed && form != ExportFormat::Json {
        return Err(CliError::TypedText);
    }
    let named = [
        ("--name", arguments.name.is_some(), ExportFormat::K8s, "k8s"),
        ("--namespace", arguments.namespace.is_some(), ExportFormat::K8s, "k8s"),
        ("--arns", arguments.arns.is_some(), ExportFormat::Ecs, "ecs"),
    ];
    match named.into_iter().find(|(_, given, its, _)| *given && form != *its) {
        Some((option, _, _, form)) => Err(CliError::OtherForm { option, form }),
        None => Ok(()),
    }
}

/// The runner's file, unless another one is asked for.
fn github_file(arguments: &ExportArguments, edge: &Edge) -> Result<Option<PathBuf>, CliError> {
    if arguments.form() != ExportFormat::Github || arguments.output.is_some() || arguments.explain {
        return Ok(None);
    }
    match edge.environment.get_os(GITHUB_ENV) {
        Some(path) if !path.is_empty() => Ok(Some(path.into())),
        _ => Err(CliError::NoGithubEnv),
    }
}

/// The form that is asked for, with what it takes besides the values.
fn form<'a>(
    arguments: &'a ExportArguments,
    edge: &mut Edge,
    project: &'a Project,
) -> Result<Form<'a>, CliError> {
    Ok(match arguments.form() {
        ExportFormat::Dotenv => Form::Dotenv,
        ExportFormat::Json if arguments.typed => Form::TypedJson,
        ExportFormat::Json => Form::Json,
        ExportFormat::Yaml => Form::Yaml,
        ExportFormat::Shell => Form::Shell,
        ExportFormat::Fish => Form::Fish,
        ExportFormat::PowerShell => Form::PowerShell,
        ExportFormat::Docker => Form::Docker,
        ExportFormat::Systemd => Form::Systemd,
        ExportFormat::Github => Form::Github(format::github_delimiter(&mut *edge.random)?),
        ExportFormat::K8s => {
            let name = arguments.name.as_deref().unwrap_or(project.contract.name());
            if !format::is_object_name(name) {
                let given = arguments.name.is_some();
                return Err(CliError::ObjectName { name: name.to_owned(), given });
            }
            let namespace = arguments.namespace.as_deref();
            match namespace.filter(|name| !format::is_namespace(name)) {
                Some(name) => return Err(CliError::Namespace { name: name.to_owned() }),
                None => Form::Kubernetes(ObjectName { name, namespace }),
            }
        }
        ExportFormat::Ecs => Form::Ecs(None),
        ExportFormat::Tfvars => Form::Tfvars,
        ExportFormat::Pulumi => Form::Pulumi,
    })
}

/// Where the secrets of the target are, or those of the whole contract.
fn secret_arn(arguments: &ExportArguments, edge: &Edge, project: &Project) -> Result<String, CliError> {
    let target = project.target.as_deref();
    let wanted = SecretName {
        owner: target.map_or(project.contract.name(), |target| &target.name),
        secret: target.and_then(|target| target.secret.as_deref()),
    };
    match &arguments.arns {
        Some(path) => Ok(Arns::read(edge, path)?.find(wanted)?.to_owned()),
        None => Err(wanted.not_given().into()),
    }
}

fn append(edge: &mut Edge, path: &Path, bytes: &[u8], count: usize) -> Result<(), CliError> {
    append_file(&edge.path(path), path, bytes)?;
    edge.tell(&format!("{} set for the later steps of this job", counted(count, "variable")));
    Ok(())
}

fn deliver(arguments: &ExportArguments, edge: &mut Edge, bytes: &[u8]) -> Result<(), CliError> {
    let Some(given) = &arguments.output else {
        return Ok(edge.output.write_all(bytes)?);
    };
    let path = edge.path(given);
    let file = given.display();
    let told = match write_file(&path, given, bytes, arguments.yes)? {
        Written::Created => format!("{file} written"),
        Written::Replaced { shared: false } => format!("{file} replaced"),
        Written::Replaced { shared: true } => {
            format!("{file} replaced; others can read it: `chmod 600 {file}`")
        }
        Written::Unchanged => format!("{file} unchanged"),
    };
    edge.tell(&told);
    Ok(())
}

/// What is set and yet not in the export: nobody should find out from a service that fails.
pub(super) fn tell_sealed(edge: &mut Edge, gathered: &Gathered, leaving: &Leaving) {
    let sealed: Vec<&str> = gathered
        .resolution
        .iter()
        .filter(|(variable, state, _)| *state == State::Sealed && leaving.takes(variable))
        .map(|(variable, ..)| leaving.name(variable))
        .collect();
    if !sealed.is_empty() {
        edge.tell(&format!("left out, only the encrypted form is known: {}", sealed.join(", ")));
    }
}

/// One line about warnings: they are worth knowing and stand in the way of nothing.
fn tell_warnings(edge: &mut Edge, findings: &Findings) {
    let count = findings.count(Severity::Warning);
    if count > 0 {
        let them = if count == 1 { "it" } else { "them" };
        edge.tell(&format!("{}; `envctl validate` shows {them}", counted(count, "warning")));
    }
}

/// Where each value comes from, a line for each variable that is set.
fn origins(gathered: &Gathered, leaving: &Leaving) -> String {
    let lines: Vec<_> = gathered
        .resolution
        .iter()
        .filter(|(variable, ..)| leaving.takes(variable))
        .filter_map(|(variable, state, resolved)| {
            let (kind, place) = match (&resolved.chosen, &resolved.sealed) {
                (Some(chosen), _) => (chosen.kind, place_text(&chosen.place)),
                (None, Some(place)) => (LayerKind::StackOutput, format!("{place}, encrypted")),
                (None, None) => return None,
            };
            let invalid = if state == State::Invalid { ", not valid" } else { "" };
            Some((leaving.name(variable), kind.to_string(), place + invalid))
        })
        .collect();
    let longest = lines.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, kind, place) in lines {
        let _ = writeln!(text, "{name:<longest$}  {kind:<19}  {place}");
    }
    text
}
