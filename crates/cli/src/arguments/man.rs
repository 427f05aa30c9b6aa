//! `envctl man`.

use std::path::PathBuf;

use clap::Args;

pub(crate) const ABOUT: &str = "Print the manual page of a command, or write them all";

#[derive(Args, Debug)]
#[command(about = ABOUT)]
#[command(after_help = "\
Examples:
  envctl man run | man -l -
  envctl man --dir ~/.local/share/man/man1")]
pub(crate) struct ManArguments {
    /// The command, such as `run` or `schema check`; envctl itself if absent
    #[arg(value_name = "COMMAND", conflicts_with = "dir")]
    pub(crate) command: Vec<String>,
    /// Write the pages of all commands into a folder
    #[arg(long, value_name = "DIR")]
    pub(crate) dir: Option<PathBuf>,
}
