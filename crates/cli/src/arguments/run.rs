//! `envctl run`.

use std::ffi::OsString;

use clap::Args;

use super::InputArguments;

pub(crate) const ABOUT: &str = "Run a command with the resolved variables in its environment";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Run a command with the resolved variables in its environment

An environment that is not valid is not run. The command gets the variables that envctl was started with, and the \
resolved ones in their place; of the names that the contract has it gets the resolved values only. Signals are \
passed on, and the exit code is the command's own: 128 and the signal's number if a signal ended it, 127 if it was \
not found, 126 if it cannot be run.")]
#[command(after_help = "\
Examples:
  envctl run -- npm start
  envctl run -e prod --clean -- ./server                  nothing but the contract's variables, and PATH
  envctl run --redact -- ./migrate                        secrets are masked in what it prints")]
pub(crate) struct RunArguments {
    /// Pass nothing but the resolved variables, and PATH
    #[arg(long)]
    pub(crate) clean: bool,
    /// Only these: `secret`, `plain`, `public`, a group or a target; visibilities add up, and so do groups and
    /// targets
    #[arg(long, value_name = "WORD", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// Mask every secret in what the command prints
    #[arg(long)]
    pub(crate) redact: bool,
    /// Run with what has a value although the environment is not valid
    #[arg(long)]
    pub(crate) allow_invalid: bool,
    /// Take no value from the process environment; other variables are still passed on
    #[arg(long)]
    pub(crate) no_process_env: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
    /// The command and its arguments
    #[arg(value_name = "CMD", required = true, num_args = 1.., trailing_var_arg = true, allow_hyphen_values = true)]
    pub(crate) command: Vec<OsString>,
}
