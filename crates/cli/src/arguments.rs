//! The command line, as `clap` reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
Examples:
  envctl validate                             judge the default environment of this folder
  envctl validate -e prod --json              the same for prod, for a program
  envctl explain DATABASE_URL                 where a value comes from, and why it is needed
  envctl export -e prod --generate -o .env.prod
                                              write everything that is known, with fresh secrets

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

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Validate(ValidateArguments),
    Explain(ExplainArguments),
    Export(ExportArguments),
    /// Work on the contract itself
    #[command(subcommand)]
    Schema(SchemaCommand),
    Config(ConfigArguments),
}

/// Which project, and settings in place of its own.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Where things are")]
pub(crate) struct ProjectArguments {
    /// The project's folder; otherwise the nearest one upward that has an envctl.toml or envschema.toml
    #[arg(long, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,
    /// The contract
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
    /// The environment, as the contract names it
    #[arg(short, long, value_name = "NAME")]
    pub(crate) environment: Option<String>,
    /// The AWS region, in place of `AWS_REGION` and the shared configuration file
    #[arg(long, value_name = "REGION")]
    pub(crate) aws_region: Option<String>,
    /// The AWS account number
    #[arg(long, value_name = "NUMBER")]
    pub(crate) aws_account: Option<String>,
}

/// Where the contract and the values are.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Where things are")]
pub(crate) struct InputArguments {
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
    /// A profile of the contract, such as the least that a deployment needs
    #[arg(long, value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// An env file in place of the project's, `-` for standard input; the last one given wins
    #[arg(long = "env-file", value_name = "FILE")]
    pub(crate) env_files: Vec<PathBuf>,
    /// Recorded stack outputs (Pulumi or Terraform JSON) in place of the project's stack
    #[arg(long, value_name = "FILE")]
    pub(crate) outputs: Option<PathBuf>,
    /// A value for this run, read from a file or from standard input (`-`); a last line break is dropped
    #[arg(long = "set-from-file", value_name = "NAME=FILE")]
    pub(crate) set_from_file: Vec<String>,
    /// Make values that are missing and have a generator, for this run
    #[arg(long, help_heading = None)]
    pub(crate) generate: bool,
}

/// Judge an environment against its contract: every finding at once
///
/// Exit code 0 if it is valid, 1 if not. Warnings do not make it invalid.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  envctl validate --project services/shop
  envctl validate --env-file .env.ci --no-process-env     exactly this file, nothing around it
  envctl validate --profile minimum                       the least that a deployment needs
  generate-env | envctl validate --env-file -             from a pipe")]
pub(crate) struct ValidateArguments {
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Demand a value for every variable, needed or not
    #[arg(long)]
    pub(crate) complete: bool,
    /// How to print the result
    #[arg(long, value_enum, default_value_t = ReportFormat::Human, conflicts_with = "json")]
    pub(crate) format: ReportFormat,
    /// The same as `--format json`
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Human,
    /// For programs; described by schema/json/validate.schema.json
    Json,
}

/// Tell all about one variable: state, rule, reason, every layer, winner and losers
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  envctl explain DATABASE_URL
  envctl explain E2B_API_KEY -e prod --json")]
pub(crate) struct ExplainArguments {
    /// The variable
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Leave the process environment out
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// Print every resolved variable, or write them to a file
///
/// An environment that is not valid is not exported. A file is written whole or not at all. A new one is for its
/// owner only; an existing one is replaced only with `--yes`, and keeps its mode.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  envctl export -e prod --json
  eval \"$(envctl export --format shell)\"
  envctl export -e prod --generate --output .env.prod --yes
  envctl export --explain                        where each value comes from, without values")]
pub(crate) struct ExportArguments {
    /// The form
    #[arg(long, value_enum, default_value_t = ExportFormat::Dotenv, conflicts_with = "json")]
    pub(crate) format: ExportFormat,
    /// The same as `--format json`
    #[arg(long)]
    pub(crate) json: bool,
    /// JSON with integers, numbers (64-bit floats), booleans, lists and JSON values (written anew) instead of
    /// text only
    #[arg(long)]
    pub(crate) typed: bool,
    /// Where each value comes from instead of the values
    #[arg(long, conflicts_with_all = ["output", "typed", "format", "json"])]
    pub(crate) explain: bool,
    /// Write to a file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// Replace an existing file
    #[arg(long, requires = "output")]
    pub(crate) yes: bool,
    /// Export what has a value although the environment is not valid
    #[arg(long)]
    pub(crate) allow_invalid: bool,
    /// Leave the process environment out, as `--output` does by itself
    #[arg(long)]
    pub(crate) no_process_env: bool,
    /// Use the process environment with `--output` too
    #[arg(long, conflicts_with = "no_process_env")]
    pub(crate) process_env: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

impl ExportArguments {
    /// The form that is asked for in one way or the other.
    pub(crate) fn form(&self) -> ExportFormat {
        if self.json { ExportFormat::Json } else { self.format }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ExportFormat {
    /// An env file that common readers read alike
    Dotenv,
    /// One JSON object
    Json,
    /// `export` lines for POSIX shells
    Shell,
}

#[derive(Debug, Subcommand)]
pub(crate) enum SchemaCommand {
    /// Check a contract: every mistake at once, with its line
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
}

/// Show every setting and where it came from
#[derive(Args, Debug)]
pub(crate) struct ConfigArguments {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) project: ProjectArguments,
}

// No documentation on these two: it would take the place of the command's own in the help.

#[derive(Debug, Parser)]
#[command(name = "envctl-validate", version, max_term_width = 110)]
pub(crate) struct ValidateOnly {
    #[command(flatten)]
    pub(crate) arguments: ValidateArguments,
}

#[derive(Debug, Parser)]
#[command(name = "envctl-export", version, max_term_width = 110)]
pub(crate) struct ExportOnly {
    #[command(flatten)]
    pub(crate) arguments: ExportArguments,
}
