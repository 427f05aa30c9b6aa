//! The forms in which values leave. Each that prints texts prints them so that its reader reads them back byte
//! for byte, or refuses by name. Typed JSON holds what the texts mean: numbers of type `number` become 64-bit
//! floats, and JSON values are written anew.

mod docker;
pub(crate) mod dotenv;
mod ecs;
mod fish;
mod github;
mod json;
mod kubernetes;
mod powershell;
mod pulumi;
mod refusal;
mod shell;
mod systemd;
mod tfvars;
mod yaml;

use envctl_dotenv::Dialect;
use envctl_resolver::Resolution;
use envschema::{SecretValue, State, Variable};

use crate::select::Leaving;

pub(crate) use github::{delimiter as github_delimiter, masks as github_masks};
pub(crate) use kubernetes::{ObjectName, is_namespace, is_object_name};
pub(crate) use refusal::Printed;

/// A form with what it takes besides the values.
pub(crate) enum Form<'a> {
    /// For this reader.
    Dotenv(Dialect),
    Json,
    TypedJson,
    Yaml,
    Shell,
    Fish,
    PowerShell,
    Docker,
    Systemd,
    /// The line that ends each value.
    Github(SecretValue),
    Kubernetes(ObjectName<'a>),
    /// The ARN of the secret; none is needed when nothing secret leaves.
    Ecs(Option<String>),
    Tfvars,
    Pulumi,
}

/// One variable to be printed.
pub(crate) struct Exported<'a> {
    /// The name under which it leaves.
    pub(crate) name: &'a str,
    pub(crate) variable: &'a Variable,
    pub(crate) value: &'a SecretValue,
    /// Whether it may stand in the open there: it is not secret, or the target says so.
    pub(crate) open: bool,
}

/// Every variable that leaves and has a valid value, in the contract's order.
pub(crate) fn exported<'a>(resolution: &'a Resolution, leaving: &'a Leaving) -> Vec<Exported<'a>> {
    resolution
        .iter()
        .filter(|(variable, state, _)| *state == State::Resolved && leaving.takes(variable))
        .filter_map(|(variable, _, resolved)| {
            let chosen = resolved.chosen.as_ref()?;
            Some((variable, &chosen.value))
        })
        .flat_map(|(variable, value)| {
            let open = leaving.is_open(variable);
            leaving.names(variable).map(move |name| Exported { name, variable, value, open })
        })
        .collect()
}

/// Prints values in a form. `Err` holds what cannot be printed, one finding for each variable.
pub(crate) fn print(form: &Form<'_>, resolution: &Resolution, values: &[Exported<'_>]) -> Printed {
    match form {
        Form::Dotenv(dialect) => dotenv::print(resolution.contract(), values, *dialect),
        Form::Json => Ok(json::text(values)),
        Form::TypedJson => Ok(json::typed(resolution, values)),
        Form::Yaml => yaml::print(values),
        Form::Shell => shell::print(values),
        Form::Fish => fish::print(values),
        Form::PowerShell => powershell::print(values),
        Form::Docker => docker::print(values),
        Form::Systemd => systemd::print(values),
        Form::Github(delimiter) => github::print(delimiter, values),
        Form::Kubernetes(object) => kubernetes::print(*object, values),
        Form::Ecs(arn) => ecs::print(arn.as_deref().unwrap_or_default(), values),
        Form::Tfvars => tfvars::print(values),
        Form::Pulumi => pulumi::print(values),
    }
}
