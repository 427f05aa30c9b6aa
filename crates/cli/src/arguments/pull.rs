//! `envctl pull`.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use super::InputArguments;

pub(crate) const ABOUT: &str = "Take what targets hold into the env file of an environment";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Take what targets hold into the env file of an environment

Reads the targets, shows by name what would change in the env file, asks, and writes. Only variables of the contract are \
taken. What else is in the file stays.

Exit code 0 if the file holds what the targets hold, 6 if it would change and nobody agreed.")]
#[command(after_help = "\
Examples:
  envctl pull --from worker -e prod
  envctl pull --from vault,gateway -e prod --yes
  envctl pull --from worker -e prod --only DATABASE_URL")]
pub(crate) struct PullArguments {
    /// A target, a kind of target, or `all`; the first one that has a variable counts
    #[arg(long, value_name = "TARGET", value_delimiter = ',', required = true)]
    pub(crate) from: Vec<String>,
    /// Only these variables
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(crate) only: Vec<String>,
    /// Write without asking
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
