//! `envctl status`.

use std::path::PathBuf;

use clap::Args;

use super::InputArguments;

pub(crate) const ABOUT: &str = "Show what is on, what is needed and why, and what is missing";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Show what is on, what is needed and why, and what is missing

One environment is shown as a dashboard, several as a matrix of variables and environments. No value is shown, but \
what the reasons tell of values that are not secret.

Exit code 0 if every environment is ready, 1 if one is not. With `--what-if`, the answer is for what would be.")]
#[command(after_help = "\
Examples:
  envctl status                                what is on, and what deserves attention
  envctl status -e dev,prod                    the variables that differ between two environments
  envctl status -e all --html status.html      a page for everybody, to search and filter
  envctl status --what-if PAYMENTS=true        what that would newly ask for")]
pub(crate) struct StatusArguments {
    /// List every variable: its state, where it comes from, or why it is not needed
    #[arg(long)]
    pub(crate) all: bool,
    /// Tell only what would change if a variable had this value; not for secrets
    #[arg(long, value_name = "NAME=VALUE", conflicts_with_all = ["all", "html"])]
    pub(crate) what_if: Vec<String>,
    /// Write one page with everything, for a browser; it needs nothing else and holds no values
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Replace a file that is no such page
    #[arg(long, requires = "html")]
    pub(crate) yes: bool,
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Print JSON; described by schema/json/status.schema.json
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
