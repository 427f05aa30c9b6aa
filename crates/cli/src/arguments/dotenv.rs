//! `envctl dotenv`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use envctl_dotenv::Dialect;

use super::dialect::dialect;

pub(crate) const ABOUT: &str = "Read and write .env text as one reader does, for scripts";

#[derive(Args, Debug)]
#[command(about = ABOUT)]
#[command(after_help = "\
Examples:
  envctl dotenv read .env --dialect vite
  echo '{\"GREETING\":\"two words\"}' | envctl dotenv write --dialect docker")]
pub(crate) struct DotenvArguments {
    #[command(subcommand)]
    pub(crate) command: DotenvCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum DotenvCommand {
    /// Print as JSON what a reader sees in a file
    ///
    /// The values, and what the reader does with the lines that give none. References are expanded as the reader does it, in a process without variables; commands are never run. Exit code 1
    /// if the reader refuses the file.
    Read(DotenvReadArguments),
    /// Print .env text for a JSON object of texts on standard input
    ///
    /// Nothing is printed that the reader reads back differently: then exit code 1, and every such variable by name.
    Write(DotenvWriteArguments),
}

#[derive(Args, Debug)]
pub(crate) struct DotenvReadArguments {
    /// The file; `-` for standard input
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// The reader
    #[arg(long, value_name = "READER", value_parser = dialect(), default_value = "portable")]
    pub(crate) dialect: Dialect,
}

#[derive(Args, Debug)]
pub(crate) struct DotenvWriteArguments {
    /// The reader
    #[arg(long, value_name = "READER", value_parser = dialect(), default_value = "portable")]
    pub(crate) dialect: Dialect,
}
