//! `envctl drift`.

use clap::Args;

use super::InputArguments;

pub(crate) const ABOUT: &str = "Report what somebody else changed at the targets, as Markdown";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Report what somebody else changed at the targets, as Markdown

For each environment: which keys have another value than envctl wrote, since when, and the commands that accept or \
revert that; and what is still to be carried there. It says the same as long as nothing changes, so that one open issue \
can be kept up to date. No value is in it.

Exit code 0 without drift, 1 with it, 3 if a target could not be looked at.")]
#[command(after_help = "\
Examples:
  envctl drift -e prod
  envctl drift -e all --to secretsmanager > drift.md")]
pub(crate) struct DriftArguments {
    /// A target, a kind of target, or `all`
    #[arg(long, value_name = "TARGET", value_delimiter = ',', default_value = "all")]
    pub(crate) to: Vec<String>,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
