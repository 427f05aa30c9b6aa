//! The forms in which values leave. Each that prints texts prints them so that its reader reads them back byte
//! for byte, or refuses by name. Typed JSON holds what the texts mean: numbers of type `number` become 64-bit
//! floats, and JSON values are written anew.

mod docker;
pub mod dotenv;
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
mod update;
mod yaml;

use envctl_dotenv::Dialect;
use envctl_resolver::Resolution;
use envschema::{SecretValue, Variable};

pub use ecs::References;
pub use github::{delimiter as github_delimiter, masks as github_masks};
pub use kubernetes::{ObjectName, is_namespace, is_object_name};
pub use refusal::Printed;
pub use update::{NotUpdated, readable, update};

/// A form with what it takes besides the values.
pub enum Form<'a> {
    /// For this reader.
    Dotenv(Dialect),
    /// One object of texts.
    Json,
    /// One object of checked values: numbers, booleans, lists and JSON as such, durations in seconds.
    TypedJson,
    /// A flat mapping of texts.
    Yaml,
    /// `export` lines for POSIX shells.
    Shell,
    /// `set -gx` lines.
    Fish,
    /// `$env:` lines.
    PowerShell,
    /// A file for `docker run --env-file`.
    Docker,
    /// A file for `EnvironmentFile=`.
    Systemd,
    /// For the file `$GITHUB_ENV`, with the line that ends each value.
    Github(SecretValue),
    /// A `ConfigMap` and a `Secret`.
    Kubernetes(ObjectName<'a>),
    /// Of a container definition, with what it says of what is secret.
    Ecs(References),
    /// A `.tfvars` file of Terraform.
    Tfvars,
    /// The definition of a Pulumi ESC environment.
    Pulumi,
}

/// One variable to be printed.
pub struct Exported<'a> {
    /// The name under which it leaves.
    pub name: &'a str,
    /// What the contract says of it.
    pub variable: &'a Variable,
    /// Its raw text.
    pub value: &'a SecretValue,
    /// Whether it may stand in the open there: it is not secret, or the target says so.
    pub open: bool,
}

/// Prints values in a form.
///
/// # Errors
///
/// What the form cannot hold; each finding names its variable and never tells a value.
pub fn print(form: &Form<'_>, resolution: &Resolution, values: &[Exported<'_>]) -> Printed {
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
        Form::Ecs(references) => ecs::print(references, values),
        Form::Tfvars => tfvars::print(values),
        Form::Pulumi => pulumi::print(values),
    }
}
