//! `envctl lint`.

use std::path::PathBuf;

use clap::Args;
use envctl_dotenv::Dialect;

use super::dialect::dialect;
use super::{ProjectArguments, ReportArguments};

pub(crate) const ABOUT: &str = "Tell what env files mean to the readers that read them";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Tell what env files mean to the readers that read them

There is no standard for .env text: the same line is one value to Vite, another one to python-dotenv, and a command to a \
shell. A variable that readers see differently is told with what each sees, and with a spelling that all of them read \
alike if there is one. Values are shown only of variables that the contract declares as plain or public.

Exit code 0 if the readers agree, 1 if not. No contract is needed.")]
#[command(after_help = "\
Examples:
  envctl lint                                  the env files of the project, or .env
  envctl lint .env.prod --reader vite --reader node
  envctl lint --reader docker .env.docker
  envctl lint --fix                            spell values so that all readers read them alike
  envctl lint --fix --dialect bash .env        spell them for one reader")]
pub(crate) struct LintArguments {
    /// Env files, `-` for standard input; those of the project if none is given
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// A reader that reads them; every reader but docker's if none is given
    #[arg(long = "reader", value_name = "READER", value_parser = dialect(), value_delimiter = ',')]
    pub(crate) readers: Vec<Dialect>,
    /// Spell what readers see differently so that they read it alike; other lines stay as they are
    #[arg(long)]
    pub(crate) fix: bool,
    /// The one reader that `--fix` spells for
    #[arg(long, value_name = "READER", value_parser = dialect(), requires = "fix", conflicts_with = "readers")]
    pub(crate) dialect: Option<Dialect>,
    #[command(flatten)]
    pub(crate) report: ReportArguments,
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}
