//! The form that is asked for, and what only one form takes.

use std::path::PathBuf;

use crate::arguments::{ExportArguments, ExportFormat};
use crate::arns::{Arns, SecretName};
use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::settings::To;
use crate::sync::{self, Chosen, SyncError, chosen, reach};
use crate::target::Target;
use envctl_engine::format::{self, Exported, Form, ObjectName, References};

/// Names the file in which the runner of GitHub Actions looks for variables.
const GITHUB_ENV: &str = "GITHUB_ENV";

/// Options that belong to one form only.
pub(super) fn check(arguments: &ExportArguments) -> Result<(), CliError> {
    let form = arguments.form();
    if arguments.typed && form != ExportFormat::Json {
        return Err(CliError::TypedText);
    }
    let named = [
        ("--name", arguments.name.is_some(), ExportFormat::K8s, "k8s"),
        ("--namespace", arguments.namespace.is_some(), ExportFormat::K8s, "k8s"),
        ("--dialect", arguments.dialect.is_some(), ExportFormat::Dotenv, "dotenv"),
        ("--template", arguments.template.is_some(), ExportFormat::Dotenv, "dotenv"),
        ("--arns", arguments.arns.is_some(), ExportFormat::Ecs, "ecs"),
        ("--check", arguments.check, ExportFormat::Ecs, "ecs"),
    ];
    match named.into_iter().find(|(_, given, its, _)| *given && form != *its) {
        Some((option, _, _, form)) => Err(CliError::OtherForm { option, form }),
        None => Ok(()),
    }
}

/// The runner's file, unless another one is asked for.
pub(super) fn github_file(arguments: &ExportArguments, edge: &Edge) -> Result<Option<PathBuf>, CliError> {
    if arguments.form() != ExportFormat::Github || arguments.output.is_some() || arguments.explain {
        return Ok(None);
    }
    match edge.environment.get_os(GITHUB_ENV) {
        Some(path) if !path.is_empty() => Ok(Some(path.into())),
        _ => Err(CliError::NoGithubEnv),
    }
}

/// The form that is asked for, with what it takes besides the values.
pub(super) fn form<'a>(
    arguments: &'a ExportArguments,
    edge: &mut Edge,
    project: &'a Project,
) -> Result<Form<'a>, CliError> {
    Ok(match arguments.form() {
        ExportFormat::Dotenv => Form::Dotenv(arguments.dialect.unwrap_or(project.dialect())),
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
        ExportFormat::Ecs => Form::Ecs(References::None),
        ExportFormat::Tfvars => Form::Tfvars,
        ExportFormat::Pulumi => Form::Pulumi,
    })
}

/// Where a container finds what is secret of the target, or of the whole contract: as a file of ARNs says, or as the target
/// itself tells. With `--check` the target tells in either case, and has to agree.
pub(super) fn references(
    arguments: &ExportArguments,
    edge: &mut Edge,
    project: &Project,
    values: &[Exported<'_>],
) -> Result<References, CliError> {
    let secret: Vec<&str> = values.iter().filter(|one| !one.open).map(|one| one.name).collect();
    if secret.is_empty() {
        return Ok(References::None);
    }
    let target = project.target.as_deref();
    let wanted = SecretName {
        owner: target.map_or(project.contract.name(), |target| &target.name),
        secret: target.and_then(|target| target.secret.as_deref()),
    };
    let given = match &arguments.arns {
        Some(path) => {
            let arns = Arns::read(edge, path)?;
            let arn = arns.find(wanted)?.to_owned();
            if !arguments.check {
                return Ok(References::Bundle(arn));
            }
            Some(arn)
        }
        None => None,
    };
    let Some(chosen) = live(project, target)? else { return Err(wanted.not_given().into()) };
    let name = chosen.name.clone();
    let found = sync::references(edge, project.contract.environment(), chosen, &arguments.input, &secret)?;
    match (given, &found) {
        (Some(given), References::Bundle(arn)) if given != *arn => {
            Err(SyncError::OtherArn { target: name, given, found: arn.clone() }.into())
        }
        _ => Ok(found),
    }
}

/// Whether this program can ask the target, before anything is read.
pub(super) fn reach_target(
    arguments: &ExportArguments,
    edge: &Edge,
    project: &Project,
) -> Result<(), SyncError> {
    if leaves_no_secret(&arguments.only) || (arguments.arns.is_some() && !arguments.check) {
        return Ok(());
    }
    let live = live(project, project.target.as_deref())?;
    live.map_or(Ok(()), |chosen| reach(edge, &[chosen]))
}

/// Whether `--only` asks for visibilities, and for none that is secret.
fn leaves_no_secret(only: &[String]) -> bool {
    let is_open = |word: &String| word == "plain" || word == "public";
    only.iter().any(is_open) && only.iter().all(|word| word != "secret")
}

/// The target, if it is one that has ARNs.
fn live(project: &Project, target: Option<&Target>) -> Result<Option<Chosen>, SyncError> {
    let Some(target) = target else { return Ok(None) };
    let targets = &project.loaded.settings.targets;
    match targets.get(&target.name).and_then(|settings| settings.to) {
        Some(To::SecretsManager | To::Ssm) => {
            Ok(chosen(targets, std::slice::from_ref(&target.name), None)?.pop())
        }
        _ => Ok(None),
    }
}
