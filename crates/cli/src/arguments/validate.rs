//! `envctl validate`.

use clap::{Args, Parser};

use super::{InputArguments, ReportArguments};

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
  generate-env | envctl validate --env-file -             from a pipe
  envctl validate -e all --format junit > report.xml      every environment, as a test report")]
pub(crate) struct ValidateArguments {
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Demand a value for every variable, needed or not
    #[arg(long)]
    pub(crate) complete: bool,
    #[command(flatten)]
    pub(crate) report: ReportArguments,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

// No documentation: it would take the place of the command's own in the help.

#[derive(Debug, Parser)]
#[command(name = "envctl-validate", version, max_term_width = 110)]
pub(crate) struct ValidateOnly {
    #[command(flatten)]
    pub(crate) arguments: ValidateArguments,
}
