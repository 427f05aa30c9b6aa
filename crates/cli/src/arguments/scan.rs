//! `envctl scan`.

use std::path::PathBuf;

use clap::Args;

use super::{InputArguments, ReportArguments};

pub(crate) const ABOUT: &str = "Search files and git for the secret values themselves";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Search files and git for the secret values themselves

The values of every secret variable are looked for, as they are, in base64, in hexadecimal, percent-encoded and escaped \
as in JSON. Files that git ignores are left out. Exit code 0 if nothing was found, 1 if something was; the values are \
never printed.")]
#[command(mut_arg("generate", |generate| generate.hide(true)))]
#[command(after_help = "\
Examples:
  envctl scan -e all                       every secret of every environment, in this folder
  envctl scan -e all --staged              in what is about to be committed; for a hook
  envctl scan -e prod --history            in everything that was ever committed
  kubectl logs shop | envctl scan -e prod -")]
pub(crate) struct ScanArguments {
    /// Files and folders; the working folder if none is given, standard input for `-`
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// What git is about to commit
    #[arg(long, conflicts_with_all = ["paths", "history"])]
    pub(crate) staged: bool,
    /// Every file of every commit that a branch or tag leads to, and the commits and tags themselves
    #[arg(long, conflicts_with = "paths")]
    pub(crate) history: bool,
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    #[command(flatten)]
    pub(crate) report: ReportArguments,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
