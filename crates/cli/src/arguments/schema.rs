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
    /// Lay contracts out in the one way: aligned, in order, every comment kept
    Fmt(SchemaFmtArguments),
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

#[derive(Args, Debug)]
pub(crate) struct SchemaFmtArguments {
    /// The contracts; the project's if none is given
    #[arg(value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Change nothing; exit code 1 if a file is laid out in another way
    #[arg(long)]
    pub(crate) check: bool,
    /// The project's folder
    #[arg(long, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,
}
