//! `envctl explain`.

use clap::Args;

use super::InputArguments;

pub(crate) const ABOUT: &str =
    "Tell all about one variable: state, rule, reason, every layer, winner and losers";

#[derive(Args, Debug)]
#[command(about = ABOUT)]
#[command(after_help = "\
Examples:
  envctl explain DATABASE_URL
  envctl explain E2B_API_KEY -e prod --json")]
pub(crate) struct ExplainArguments {
    /// The variable
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
