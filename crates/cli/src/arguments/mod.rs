//! The command line, as `clap` reads it: one file for each command, and the table of them all.

mod call;
mod completions;
mod config;
mod dialect;
mod diff;
mod dotenv;
mod drift;
mod explain;
mod export;
mod generate;
mod get;
mod init;
mod inputs;
mod lint;
mod man;
mod pull;
mod report;
mod rotate;
mod run;
mod scan;
mod schema;
mod stack;
mod status;
mod sync;
mod validate;
mod vault;

use clap::{ArgMatches, Args, FromArgMatches, Parser, Subcommand};

pub(crate) use call::CallArguments;
pub(crate) use completions::{CompletionsArguments, Shell};
pub(crate) use config::ConfigArguments;
pub(crate) use diff::DiffArguments;
pub(crate) use dotenv::{DotenvCommand, DotenvReadArguments, DotenvWriteArguments};
pub(crate) use drift::DriftArguments;
pub(crate) use explain::ExplainArguments;
pub(crate) use export::{ExportArguments, ExportFormat, ExportOnly};
pub(crate) use generate::{GenerateArguments, GeneratedForm};
pub(crate) use get::GetArguments;
pub(crate) use init::InitArguments;
pub(crate) use inputs::{InputArguments, ProjectArguments};
pub(crate) use lint::LintArguments;
pub(crate) use man::ManArguments;
pub(crate) use pull::PullArguments;
pub(crate) use report::{ReportArguments, ReportFormat};
pub(crate) use rotate::RotateArguments;
pub(crate) use run::RunArguments;
pub(crate) use scan::ScanArguments;
pub(crate) use schema::{SchemaCheckArguments, SchemaCommand, SchemaFmtArguments};
pub(crate) use stack::{StackCommand, StackConfigArguments};
pub(crate) use status::StatusArguments;
pub(crate) use sync::{SyncArguments, SyncOnly};
pub(crate) use validate::{ValidateArguments, ValidateOnly};
pub(crate) use vault::{
    RecipientsAddArguments, RecipientsCommand, RecipientsDescribeArguments, RecipientsListArguments,
    RecipientsRemoveArguments, VaultCommand, VaultEditArguments, VaultGetArguments, VaultInitArguments,
    VaultListArguments, VaultRekeyArguments, VaultSetArguments, WhichVaultArguments,
};

const EXAMPLES: &str = "\
Examples:
  envctl validate                             judge the default environment of this folder
  envctl validate -e prod --json              the same for prod, for a program
  envctl status -e all                        every environment on one screen
  envctl explain DATABASE_URL                 where a value comes from, and why it is needed
  envctl export -e prod --generate -o .env.prod
                                              write everything that is known, with fresh secrets
  envctl run -- npm start                     run a command with the resolved variables

Exit codes:
  0 yes: valid, in sync, done           4 partly applied; running it again completes it
  1 the answer is no: findings, ...     5 someone else changed it; theirs stands
  2 usage, contract or configuration    6 refused: it needs approval
  3 something outside failed            130 interrupted";

/// Resolve, validate, explain and export a deployment's environment.
///
/// envctl reads a contract (envschema.toml), finds each variable's value where it is known (files, stack
/// outputs, cloud facts, generators, defaults), and proves the result.
#[derive(Debug, Parser)]
#[command(name = "envctl", version, after_help = EXAMPLES, max_term_width = 110)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Makes [`Command`] from the table of commands. `clap` would build the options of every command before it knows
/// which one is wanted; here only those of the wanted one are built.
macro_rules! commands {
    ($($name:literal => $variant:ident($module:ident::$arguments:ident),)+) => {
        #[derive(Debug)]
        pub(crate) enum Command {
            $($variant(Box<$module::$arguments>),)+
        }

        impl Subcommand for Command {
            fn augment_subcommands(command: clap::Command) -> clap::Command {
                command.subcommand_required(true).arg_required_else_help(true)$(.subcommand(
                    clap::Command::new($name).about($module::ABOUT).defer($module::$arguments::augment_args),
                ))+
            }

            fn augment_subcommands_for_update(command: clap::Command) -> clap::Command {
                Self::augment_subcommands(command)
            }

            fn has_subcommand(name: &str) -> bool {
                [$($name),+].contains(&name)
            }
        }

        impl FromArgMatches for Command {
            fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                match matches.subcommand() {
                    $(Some(($name, inner)) => {
                        $module::$arguments::from_arg_matches(inner).map(|read| Self::$variant(Box::new(read)))
                    })+
                    _ => Err(clap::Error::new(clap::error::ErrorKind::MissingSubcommand)),
                }
            }

            fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
                *self = Self::from_arg_matches(matches)?;
                Ok(())
            }
        }
    };
}

commands! {
    "validate" => Validate(validate::ValidateArguments),
    "status" => Status(status::StatusArguments),
    "explain" => Explain(explain::ExplainArguments),
    "get" => Get(get::GetArguments),
    "export" => Export(export::ExportArguments),
    "diff" => Diff(diff::DiffArguments),
    "run" => Run(run::RunArguments),
    "sync" => Sync(sync::SyncArguments),
    "rotate" => Rotate(rotate::RotateArguments),
    "drift" => Drift(drift::DriftArguments),
    "pull" => Pull(pull::PullArguments),
    "vault" => Vault(vault::VaultArguments),
    "init" => Init(init::InitArguments),
    "lint" => Lint(lint::LintArguments),
    "generate" => Generate(generate::GenerateArguments),
    "scan" => Scan(scan::ScanArguments),
    "dotenv" => Dotenv(dotenv::DotenvArguments),
    "stack" => Stack(stack::StackArguments),
    "schema" => Schema(schema::SchemaArguments),
    "config" => Config(config::ConfigArguments),
    "call" => Call(call::CallArguments),
    "completions" => Completions(completions::CompletionsArguments),
    "man" => Man(man::ManArguments),
}
