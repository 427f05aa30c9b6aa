//! `envctl schema`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

pub(crate) const ABOUT: &str = "Work on the contract itself";

#[derive(Args, Debug)]
#[command(about = ABOUT)]
pub(crate) struct SchemaArguments {
    #[command(subcommand)]
    pub(crate) command: SchemaCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Check a contract: every mistake at once, and what is proven never to be, each with its line
    Check(SchemaCheckArguments),
    /// Print the JSON Schema of the contract format, for editors
    Json,
}

#[derive(Args, Debug)]
pub(crate) struct SchemaCheckArguments {
    /// The contracts; the project's if none is given
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// The project's folder
    #[arg(long, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
}
