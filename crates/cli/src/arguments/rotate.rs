//! `envctl rotate NAME`.

use std::path::PathBuf;

use clap::Args;

use super::InputArguments;

pub(crate) const ABOUT: &str = "Give a secret a new value, everywhere it is kept";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Give a secret a new value, everywhere it is kept

Makes a new value with the generator of the contract, or takes one from a file, and carries it to every target that has \
the variable, one after the other, and then to where the environment has it from. If it is stopped on the way, running \
it again goes on with the same value. At the end it says which services have to be restarted.")]
#[command(after_help = "\
Examples:
  envctl rotate BETTER_AUTH_SECRET -e prod
  envctl rotate BETTER_AUTH_SECRET -e prod --plan
  pass show stripe/new | envctl rotate STRIPE_SECRET_KEY -e prod --value-from - --yes")]
pub(crate) struct RotateArguments {
    /// The variable
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Targets, kinds of target, or `all`: those that have the variable
    #[arg(long, value_name = "TARGET", value_delimiter = ',', default_value = "all")]
    pub(crate) to: Vec<String>,
    /// The new value, read from a file or from standard input (`-`); a last line break is dropped
    #[arg(long, value_name = "FILE")]
    pub(crate) value_from: Option<PathBuf>,
    /// Only show the steps
    #[arg(long, conflicts_with = "yes")]
    pub(crate) plan: bool,
    /// Write without asking
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
