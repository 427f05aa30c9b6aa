//! `envctl export`.

use std::path::PathBuf;

use clap::{Args, Parser, ValueEnum};

use envctl_dotenv::Dialect;

use super::InputArguments;
use super::dialect::dialect;

pub(crate) const ABOUT: &str = "Print every resolved variable, or write them to a file";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Print every resolved variable, or write them to a file

An environment that is not valid is not exported. A file is written whole or not at all. A new one is for its \
owner only. In an existing env file only the lines of changed variables change. An existing file that would change is \
left alone without `--yes`; on a terminal you are asked, after a list of what would change.")]
#[command(after_help = "\
Examples:
  envctl export -e prod --json
  eval \"$(envctl export --format shell)\"
  envctl export --format fish | source
  envctl export -e prod --format k8s --name shop-api | kubectl apply -f -
  envctl export -e prod --generate --template .env.example --output .env.prod
  envctl export -e prod --generate --output .env.prod --yes
  envctl export --dialect docker --output docker.env
  envctl export --explain                        where each value comes from, without values")]
pub(crate) struct ExportArguments {
    /// The form
    #[arg(long, value_enum, default_value_t = ExportFormat::Dotenv, conflicts_with = "json")]
    pub(crate) format: ExportFormat,
    /// The same as `--format json`
    #[arg(long)]
    pub(crate) json: bool,
    /// The reader that an env file is for; without it, what most readers read alike
    #[arg(long, value_name = "READER", value_parser = dialect())]
    pub(crate) dialect: Option<Dialect>,
    /// Lay an env file out as this one is: its order, comments and blank lines
    #[arg(long, value_name = "FILE")]
    pub(crate) template: Option<PathBuf>,
    /// JSON with integers, numbers (64-bit floats), booleans, lists and JSON values (written anew) instead of
    /// text only
    #[arg(long)]
    pub(crate) typed: bool,
    /// What the objects are called, with `--format k8s`; the contract's name if left out
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// The namespace of the objects, with `--format k8s`
    #[arg(long, value_name = "NAME")]
    pub(crate) namespace: Option<String>,
    /// ARNs of secrets, with `--format ecs`: a stack's outputs, or a JSON object with names of targets or secrets
    #[arg(long, value_name = "FILE")]
    pub(crate) arns: Option<PathBuf>,
    /// Ask the target whether each reference leads to a value, with `--format ecs`; without `--arns` it is asked anyway
    #[arg(long)]
    pub(crate) check: bool,
    /// Where each value comes from instead of the values
    #[arg(long, conflicts_with_all = ["output", "typed", "format", "json", "dialect", "template"])]
    pub(crate) explain: bool,
    /// Only these: `secret`, `plain`, `public`, a group or a target; visibilities add up, and so do groups and
    /// targets
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Change an existing file without asking
    #[arg(long, requires = "output")]
    pub(crate) yes: bool,
    /// Export what has a value although the environment is not valid
    #[arg(long)]
    pub(crate) allow_invalid: bool,
    /// Leave the process environment out, as `--output` does by itself
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Use the process environment with `--output` too
    #[arg(long, conflicts_with = "no_process_env")]
    pub(crate) process_env: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

impl ExportArguments {
    /// The form that is asked for in one way or the other.
    pub(crate) fn form(&self) -> ExportFormat {
        if self.json { ExportFormat::Json } else { self.format }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// An env file that common readers read alike
    Dotenv,
    /// One JSON object
    Json,
    /// A flat YAML mapping of texts
    Yaml,
    /// `export` lines for POSIX shells
    Shell,
    /// `set -gx` lines for fish
    Fish,
    /// `$env:` lines for PowerShell
    #[value(name = "powershell")]
    PowerShell,
    /// A file for `docker run --env-file`
    Docker,
    /// A file for `EnvironmentFile=` of a systemd unit
    Systemd,
    /// Appended to `$GITHUB_ENV`, for the later steps of a GitHub Actions job; secrets are masked in its log
    Github,
    /// A `ConfigMap` and a `Secret` of Kubernetes
    K8s,
    /// `environment` and `secrets` of a container definition of ECS
    Ecs,
    /// A `.tfvars` file for Terraform
    Tfvars,
    /// The definition of a Pulumi ESC environment
    Pulumi,
}

// No documentation: it would take the place of the command's own in the help.

#[derive(Debug, Parser)]
#[command(name = "envctl-export", version, max_term_width = 110)]
pub(crate) struct ExportOnly {
    #[command(flatten)]
    pub(crate) arguments: ExportArguments,
}
