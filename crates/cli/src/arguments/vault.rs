//! `envctl vault`.

mod recipients;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{Args, Subcommand};

pub(crate) use recipients::{
    RecipientsAddArguments, RecipientsCommand, RecipientsDescribeArguments, RecipientsListArguments,
    RecipientsRemoveArguments,
};

pub(crate) const ABOUT: &str = "Keep values encrypted in a file of the repository";

#[derive(Args, Debug)]
#[command(about = ABOUT, long_about = "\
Keep values encrypted in a file of the repository

A vault is a file that is committed. Names are in clear, and each value is encrypted by itself, for every recipient of the \
vault. It needs no account: what opens it is a private key on your machine. `envctl sync --to vault` writes one, and \
`stored = [\"vault\"]` under an environment of envctl.toml makes every command read it.")]
pub(crate) struct VaultArguments {
    #[command(subcommand)]
    pub(crate) command: VaultCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum VaultCommand {
    Init(VaultInitArguments),
    Set(VaultSetArguments),
    Get(VaultGetArguments),
    Edit(VaultEditArguments),
    List(VaultListArguments),
    /// Tell, and change, who can read a vault
    Recipients {
        #[command(subcommand)]
        command: RecipientsCommand,
    },
    Rekey(VaultRekeyArguments),
}

/// Which vault.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Which vault")]
pub(crate) struct WhichVaultArguments {
    /// The environment whose vault it is: NAME.vault.toml, unless a target of the project has another path
    #[arg(short, long, value_name = "NAME")]
    pub(crate) environment: Option<String>,
    /// A target of the project that goes to a vault
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    pub(crate) target: Option<String>,
    /// Any file
    #[arg(long, value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// The project's folder; otherwise the nearest one upward that has an envctl.toml or envschema.toml
    #[arg(long, value_name = "DIR")]
    pub(crate) project: Option<PathBuf>,
    /// The contract
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: Option<PathBuf>,
}

#[derive(Args, Debug)]
#[command(
    about = "Make an empty vault",
    long_about = "\
Make an empty vault

It is for the identity of this machine, which is made if there is none, and for the recipients that you name. The identity \
is the file `~/.config/envctl/identity.txt`, unless `ENVCTL_VAULT_IDENTITY` or `identity` under `[vault]` of envctl.toml \
names another one, such as an SSH private key."
)]
#[command(after_help = "\
Examples:
  envctl vault init -e prod
  envctl vault init -e prod --recipient age1… --recipient ~/.ssh/colleague.pub
  envctl vault init -e prod --passphrase          one more way to open it, asked for on the terminal")]
pub(crate) struct VaultInitArguments {
    /// Who else can read it: a public key of age or SSH, or a file of them
    #[arg(long = "recipient", value_name = "KEY")]
    pub(crate) recipients: Vec<String>,
    /// Ask for a passphrase that opens it, too
    #[arg(long)]
    pub(crate) passphrase: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Give a name a value",
    long_about = "\
Give a name a value

The value comes from standard input (`-`), from a file, or is asked for on the terminal and not shown; a last line break is \
dropped. It is never an argument, which other programs can read and shells keep. A value that is not of its type in the \
contract is refused. Only the line of that name changes, and none if it has that value already."
)]
#[command(after_help = "\
Examples:
  envctl vault set STRIPE_SECRET_KEY -e prod
  pass show stripe | envctl vault set STRIPE_SECRET_KEY - -e prod
  envctl vault set GITHUB_APP_PRIVATE_KEY -e prod --from-file key.pem")]
pub(crate) struct VaultSetArguments {
    /// The variable
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// `-` reads the value from standard input
    // Anything else is refused by the command, whose message does not repeat it.
    #[arg(value_name = "-")]
    pub(crate) rest: Vec<OsString>,
    /// The value is what a file holds
    #[arg(long, value_name = "FILE", conflicts_with = "rest")]
    pub(crate) from_file: Option<PathBuf>,
    /// Take a name that the contract does not have
    #[arg(long)]
    pub(crate) allow_undeclared: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Print the value of one name",
    long_about = "\
Print the value of one name

The value is followed by a line break, which shells and most tools leave out again. Exit code 1 if the vault does not have \
the name."
)]
#[command(after_help = "\
Examples:
  envctl vault get STRIPE_SECRET_KEY -e prod
  envctl vault get GITHUB_APP_PRIVATE_KEY -e prod --no-newline > key.pem")]
pub(crate) struct VaultGetArguments {
    /// The variable
    #[arg(value_name = "NAME")]
    pub(crate) name: String,
    /// Print nothing after the value
    #[arg(short = 'n', long, conflicts_with = "json")]
    pub(crate) no_newline: bool,
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Change all values in an editor",
    long_about = "\
Change all values in an editor

Opens `$VISUAL` or `$EDITOR` on an env file with every value. When it is closed, what changed is shown by name and asked \
about. The text is on a file system in memory, in a folder that nobody else can enter, and is wiped and removed when the \
editor ends. Editors may keep copies of their own, such as an undo history: see docs/vault.md."
)]
#[command(after_help = "\
Examples:
  envctl vault edit -e prod
  EDITOR='code --wait' envctl vault edit -e prod")]
pub(crate) struct VaultEditArguments {
    /// Write without asking
    #[arg(short, long)]
    pub(crate) yes: bool,
    /// Take names that the contract does not have
    #[arg(long)]
    pub(crate) allow_undeclared: bool,
    /// Where no file system is in memory, let the values lie on a disk while the editor is open
    #[arg(long)]
    pub(crate) allow_disk: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "List the names that have values",
    long_about = "\
List the names that have values

Names are in clear, so no identity is needed. Whether the values are intact is known only when they are read."
)]
#[command(after_help = "\
Examples:
  envctl vault list -e prod
  envctl vault list --file shared/secrets.toml --json")]
pub(crate) struct VaultListArguments {
    /// Print JSON
    #[arg(long)]
    pub(crate) json: bool,
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}

#[derive(Args, Debug)]
#[command(
    about = "Give the vault a new key, and seal every value anew",
    long_about = "\
Give the vault a new key, and seal every value anew

For when somebody may have got hold of the key. Recipients stay, and so do the values: whoever could read them knows them, \
so change the passwords and tokens themselves as well."
)]
#[command(after_help = "\
Examples:
  envctl vault rekey -e prod")]
pub(crate) struct VaultRekeyArguments {
    #[command(flatten)]
    pub(crate) which: WhichVaultArguments,
}
