//! `envctl vault recipients`.

use clap::{Args, Subcommand};

use super::WhichVaultArguments;

#[derive(Debug, Subcommand)]
pub(crate) enum RecipientsCommand {
    List(RecipientsListArguments),
    Add(RecipientsAddArguments),
    Remove(RecipientsRemoveArguments),
    Describe(RecipientsDescribeArguments),
}

#[derive(Args, Debug)]
#[command(
    about = "List who can read a vault",
    long_about = "\
List who can read a vault

No identity is needed. Whether somebody who can read the vault has put them there is known only when it is opened: every \
other command of `vault` that opens it refuses it otherwise."
)]
pub(crate) struct RecipientsListArguments {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Let somebody read a vault",
    long_about = "\
Let somebody read a vault

Values keep their lines. Whoever can read a vault can also change it, and its recipients."
)]
#[command(after_help = "\
Examples:
  envctl vault recipients add age1… --about \"Ann's laptop\" -e prod
  envctl vault recipients add ~/.ssh/colleague.pub -e prod
  envctl vault recipients add --passphrase -e prod")]
pub(crate) struct RecipientsAddArguments {
    /// A public key of age or SSH, or a file of them
    #[arg(value_name = "KEY", required_unless_present = "passphrase")]
    pub(crate) keys: Vec<String>,
    /// Whoever knows a passphrase, which is asked for on the terminal
    #[arg(long)]
    pub(crate) passphrase: bool,
    /// Whose it is, in a few words
    #[arg(long, value_name = "WORDS")]
    pub(crate) about: Option<String>,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Let somebody read a vault no longer",
    long_about = "\
Let somebody read a vault no longer

The vault gets a new key, and every value is sealed anew. What was read cannot be taken back, and earlier versions of the \
file stay readable with the old key: change the passwords and tokens themselves."
)]
#[command(after_help = "\
Examples:
  envctl vault recipients remove age1… -e prod
  envctl vault recipients remove passphrase -e prod")]
pub(crate) struct RecipientsRemoveArguments {
    /// The key as `list` shows it, a file with it, or `passphrase`
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    /// Also if nothing on this machine opens the vault afterwards
    #[arg(short, long)]
    pub(crate) yes: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(about = "Say whose a recipient is")]
#[command(after_help = "\
Examples:
  envctl vault recipients describe age1… \"Ann's laptop\" -e prod")]
pub(crate) struct RecipientsDescribeArguments {
    /// The key as `list` shows it, a file with it, or `passphrase`
    #[arg(value_name = "KEY")]
    pub(crate) key: String,
    /// A few words
    #[arg(value_name = "WORDS")]
    pub(crate) about: String,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}
