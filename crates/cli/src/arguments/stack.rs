//! `envctl stack`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::ProjectArguments;

pub(crate) const ABOUT: &str = "Work on the stack that an environment has";

#[derive(Args, Debug)]
#[command(about = ABOUT)]
pub(crate) struct StackArguments {
    #[command(subcommand)]
    pub(crate) command: StackCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum StackCommand {
    Config(Box<StackConfigArguments>),
    Example(StackExampleArguments),
}

#[derive(Args, Debug)]
#[command(about = "Print an example of a stack's file: every key, and no value of a secret one")]
pub(crate) struct StackExampleArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Print the commands that bring a stack's configuration in line with its contract",
    long_about = "\
Print the commands that bring a stack's configuration in line with its contract

The contract of the configuration is `stack_schema` in envctl.toml. Values come from `--set-from-file`, from the \
environment's variables that name a key (`config`), from the configuration itself, from generators, and from what the \
contract has for the environment. Nothing is set, and no file is written: secrets reach Pulumi through a pipe, never \
through a command line.

Exit code 0 if there is nothing to do, 1 if keys are to be set, missing or not valid."
)]
#[command(after_help = "\
Examples:
  envctl stack config -e prod
  envctl stack config -e prod --script | bash     set what is to be set
  envctl stack config -e prod --json              the same for a program")]
pub(crate) struct StackConfigArguments {
    /// Print only the commands, as a script for bash
    #[arg(long, conflicts_with = "json")]
    pub(crate) script: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Set keys whose present value is encrypted and cannot be compared
    #[arg(long)]
    pub(crate) replace_encrypted: bool,
    /// Make values that are missing and have a generator
    #[arg(long)]
    pub(crate) generate: bool,
    /// Use the process environment too
    #[arg(long)]
    pub(crate) process_env: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
    /// An env file in place of the project's; the last one given wins
    #[arg(long = "env-file", value_name = "FILE", help_heading = "Where things are")]
    pub(crate) env_files: Vec<PathBuf>,
    /// A value for this run, of a key or of a variable, read from a file; a last line break is dropped
    #[arg(long = "set-from-file", value_name = "NAME=FILE", help_heading = "Where things are")]
    pub(crate) set_from_file: Vec<String>,
}
