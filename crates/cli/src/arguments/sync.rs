//! `envctl sync`.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser};

use super::InputArguments;

pub(crate) const ABOUT: &str = "Carry what is resolved to where services read it, with a plan first";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Carry what is resolved to where services read it, with a plan first

Looks at the targets, shows what would change, asks, writes, reads back, and sums up. An environment that is not valid \
is not carried anywhere. A record that somebody else changes meanwhile is not overwritten, keys that the contract does \
not list stay, and nothing is deleted that is not named.

Without settings there is one target, `vault`: an encrypted file in the project.

Exit code 0 if everything is there, 1 with `--plan` or `--check` if something would change, 3 if something failed and \
nothing was written, 4 if something was, 5 if somebody else wrote meanwhile, 6 if somebody has to decide.")]
#[command(after_help = "\
Examples:
  envctl sync --to vault                          into an encrypted file of the project; no account is needed
  envctl sync --to worker -e prod --plan          what would change, and nothing else
  envctl sync --to all -e prod --check            for CI: exit code 1 if a target is not as it should be
  envctl sync --to secretsmanager -e prod --yes   every target of this kind, without a question
  envctl sync --to worker --plan --out plan.json
  envctl sync --apply plan.json                   just what was planned, or nothing")]
pub(crate) struct SyncArguments {
    /// A target, a kind of target (`vault`, `file`, `command`, `secretsmanager`, `ssm`), or `all`
    #[arg(long, value_name = "TARGET", value_delimiter = ',', required_unless_present = "apply")]
    pub(crate) to: Vec<String>,
    /// Only show what would change
    #[arg(long, conflicts_with_all = ["check", "yes", "apply", "restore"])]
    pub(crate) plan: bool,
    /// Only tell whether something would change, with the list
    #[arg(long, conflicts_with_all = ["yes", "apply", "restore"])]
    pub(crate) check: bool,
    /// Keep the plan in a file, with `--plan`
    #[arg(long, value_name = "FILE", requires = "plan", conflicts_with_all = ["generate", "accept_remote"])]
    pub(crate) out: Option<PathBuf>,
    /// Carry out a plan that was kept, as long as nothing has changed since
    #[arg(long, value_name = "FILE", conflicts_with_all = [
        "to", "adopt", "restore", "prune", "accept_remote", "overwrite", "only", "generate", "environment",
    ])]
    pub(crate) apply: Option<PathBuf>,
    /// Write without asking
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Take over records that envctl did not make
    #[arg(long)]
    pub(crate) adopt: bool,
    /// Bring back records that are going to be deleted, and write to them
    #[arg(long)]
    pub(crate) restore: bool,
    /// Delete records of this project that no target has any more; secrets can be brought back for some days, parameters cannot
    #[arg(long, conflicts_with = "only")]
    pub(crate) prune: bool,
    /// Keep what somebody else wrote, and take it into the env file
    #[arg(long, value_name = "KEY", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(crate) accept_remote: Vec<String>,
    /// Write ours over what somebody else wrote
    #[arg(long, value_name = "KEY", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(crate) overwrite: Vec<String>,
    /// Only these keys
    #[arg(long, value_name = "KEY", value_delimiter = ',', value_parser = NonEmptyStringValueParser::new())]
    pub(crate) only: Vec<String>,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    /// Records written at once
    #[arg(long, value_name = "NUMBER", default_value_t = 8, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) concurrency: u8,
    /// When nothing more is begun, such as `90s` or `5m`
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) deadline: Option<Duration>,
    /// Use the process environment too
    #[arg(long)]
    pub(crate) process_env: bool,
    #[command(flatten)]
    pub(crate) input: InputArguments,
}

/// A time such as `90s`.
fn time(text: &str) -> Result<Duration, String> {
    match humantime::parse_duration(text) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err("expected a time such as `90s` or `5m`".to_owned()),
    }
}

// No documentation: it would take the place of the command's own in the help.

#[derive(Debug, Parser)]
#[command(name = "envctl-sync", version, max_term_width = 110)]
pub(crate) struct SyncOnly {
    #[command(flatten)]
    pub(crate) arguments: SyncArguments,
}
