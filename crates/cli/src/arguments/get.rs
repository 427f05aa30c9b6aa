//! `envctl get`.

use clap::Args;

use super::InputArguments;

pub(crate) const ABOUT: &str = "Print the value of one variable, for a script";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Print the value of one variable, for a script

The value is followed by a line break, which shells and most tools leave out again. Exit code 1 if there is no value; \
the reason is told on standard error.")]
#[command(after_help = "\
Examples:
  envctl get DATABASE_URL -e prod
  psql \"$(envctl get DATABASE_URL)\"
  envctl get GITHUB_APP_PRIVATE_KEY --no-newline > key.pem
  envctl get dbPassword --stack -e prod          a key of the stack's configuration")]
pub(crate) struct GetArguments {
    /// The variable
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Print nothing after the value
    #[arg(short = 'n', long, conflicts_with = "json")]
    pub(crate) no_newline: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
