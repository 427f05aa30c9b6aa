//! `envctl diff`.

use clap::Args;

use super::ProjectArguments;

pub(crate) const ABOUT: &str = "Compare two environments, or two env files, without showing a value";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Compare two environments, or two env files, without showing a value

Of an environment, what its sources resolve to is compared, the process environment left out: it would be the same on \
both sides. Of a file, what stands in it. A name that is an environment of the contract means the environment; write \
`./NAME` for a file.

Exit code 0 if both are the same, 1 if they differ.")]
#[command(after_help = "\
Examples:
  envctl diff dev prod
  envctl diff prod .env.new          what the environment has against what a file would give
  envctl diff .env .env.example --json")]
pub(crate) struct DiffArguments {
    /// An environment, or the path of an env file
    #[arg(value_name = "A", conflicts_with = "environment")]
    pub(crate) a: String,
    /// Another one
    #[arg(value_name = "B", conflicts_with = "environment")]
    pub(crate) b: String,
    /// List what is the same too
    #[arg(long)]
    pub(crate) all: bool,
    /// A profile of the contract, such as the least that a deployment needs
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// Print JSON; described by schema/json/diff.schema.json
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}
