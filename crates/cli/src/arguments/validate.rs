//! `envctl validate`.

use clap::{Args, Parser, ValueEnum};

use super::InputArguments;

pub(crate) const ABOUT: &str = "Judge an environment against its contract: every finding at once";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Judge an environment against its contract: every finding at once

Exit code 0 if it is valid, 1 if not. Warnings do not make it invalid.")]
#[command(after_help = "\
Examples:
  envctl validate --project services/shop
  envctl validate --env-file .env.ci --no-process-env     exactly this file, nothing around it
  envctl validate --profile minimum                       the least that a deployment needs
  generate-env | envctl validate --env-file -             from a pipe")]
pub(crate) struct ValidateArguments {
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Demand a value for every variable, needed or not
    #[arg(long)]
    pub(crate) complete: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = ReportFormat::Human, conflicts_with = "json")]
    pub(crate) format: ReportFormat,
    /// The same as `--format json`
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Human,
    /// For programs; described by schema/json/validate.schema.json
    Json,
}

// No documentation: it would take the place of the command's own in the help.

#[derive(Debug, Parser)]
#[command(name = "envctl-validate", version, max_term_width = 110)]
pub(crate) struct ValidateOnly {
    #[command(flatten)]
    pub(crate) arguments: ValidateArguments,
}
