//! `envctl config`.

use clap::Args;

use super::ProjectArguments;

pub(crate) const ABOUT: &str = "Show every setting and where it came from";

#[derive(Args, Debug)]
#[command(about = ABOUT)]
pub(crate) struct ConfigArguments {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}
