//! [`CliError`]: why a command could not answer, with the exit code that tells so.

mod help;

use std::borrow::Cow;
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use envctl_dotenv::{EditError, Problem};
use envctl_engine::ContractError;
pub(crate) use envctl_engine::words::said;
use envctl_resolver::producers::ProduceError;
use envctl_resolver::runner::RunError;
use envctl_resolver::sources::SourceError;
use envctl_vault::VaultError;
use envschema::{Contract, SchemaErrors, UnknownSelection, Variable};

use crate::arns::ArnError;
use crate::exit::Exit;
use crate::read;
use crate::redact::TooLarge;
use crate::render::shown;
use crate::settings::{PROJECT_FILE, SettingsError};
use crate::sync::SyncError;
use crate::target::TargetError;
use crate::vault::{VaultCommandError, exit_of};

/// Why a command could not answer. No variant holds a value of the environment.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("no contract found: there is no {} here{}", shown(.wanted), .above)]
    NoContract { wanted: PathBuf, above: &'static str },
    #[error("there is no contract {}", shown(.path))]
    NoSchema { path: PathBuf, given_by: String },
    #[error("cannot read {}: {}", shown(.path), read::said(.error))]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("{} is not UTF-8 text", shown(.path))]
    NotText { path: PathBuf },
    #[error("{errors}")]
    Schema { errors: SchemaErrors },
    #[error("{error}{}", given_by_text(.given_by))]
    Selection { error: UnknownSelection, given_by: Option<String> },
    #[error("`{name}` cannot be the name of an environment{}", given_by_text(.given_by))]
    EnvironmentName { name: String, given_by: Option<String> },
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Target(#[from] TargetError),
    #[error(transparent)]
    Sync(#[from] SyncError),
    #[error(transparent)]
    Vault(#[from] VaultError),
    #[error(transparent)]
    VaultCommand(#[from] VaultCommandError),
    #[error("this machine has no folder for the file that opens vaults")]
    NoIdentityFile,
    #[error("cannot run `envctl-cloud`: {}", said(.0))]
    Handoff(io::Error),
    #[error(transparent)]
    Arn(#[from] ArnError),
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A tool that was asked gave no answer, or one that cannot be read.
    #[error(transparent)]
    Live(SourceError),
    #[error("cannot generate a value: {0}")]
    Produce(#[from] ProduceError),
    #[error("there is no variable `{name}` in {contract}")]
    NoVariable { name: String, contract: String, near: Option<String> },
    // Neither variant repeats what was given: it may be a value by mistake.
    #[error("`--set-from-file` has to be NAME=FILE")]
    BadOverride,
    #[error("cannot read the file that `--set-from-file` gives for {name}: {}", read::said(.error))]
    OverrideFile { name: String, error: io::Error },
    #[error("standard input is no JSON object of texts: {what}")]
    NoObject { what: String },
    #[error("the next run would read {name} in {} otherwise than {dialect} does", shown(.path))]
    OtherDialect { name: String, path: PathBuf, dialect: &'static str },
    #[error("there is no env file {}", shown(.path))]
    NothingToLint { path: PathBuf },
    #[error("standard input cannot be fixed")]
    FixInput,
    #[error("`-` cannot be compared: a side is an environment or a file")]
    InputSide,
    #[error("there is no environment and no file `{name}`")]
    NoSide { name: String, near: Option<String>, known: String },
    #[error("`--what-if` has to be NAME=VALUE")]
    BadWhatIf,
    #[error("{name} is secret, and `--what-if` is for values that may be seen")]
    SecretWhatIf { name: String },
    #[error("{name} does not take that value: {expected}")]
    WrongValue { name: String, expected: String, help: Option<String> },
    #[error("`--typed` is for JSON only")]
    TypedText,
    #[error("`{option}` is for `--format {form}` only")]
    OtherForm { option: &'static str, form: &'static str },
    #[error("`GITHUB_ENV` is not set: this is no step of a GitHub Actions job")]
    NoGithubEnv,
    #[error("`{name}`{} cannot be the name of a Kubernetes object", if *.given { "" } else { ", the contract's name," })]
    ObjectName { name: String, given: bool },
    #[error("`{name}` cannot be a namespace of Kubernetes")]
    Namespace { name: String },
    #[error("this command takes one environment, and several are given")]
    OneEnvironment,
    #[error("this command takes one environment, and `all` stands for every one")]
    AllEnvironments,
    #[error("`--environment all` asks for every environment, and the contract names none")]
    NoEnvironments,
    #[error("{PROJECT_FILE} does not name the contract of a stack's configuration")]
    NoStackSchema,
    #[error("{contract} is not the contract of a stack's configuration")]
    NotOfStack { contract: String },
    #[error(
        "`{option}` is for environment variables, and {contract} is a contract of a stack's configuration"
    )]
    OnlyOfStack { contract: String, option: &'static str },
    #[error("{contract} is a contract of a stack's configuration, whose keys are no names for an env file")]
    NoEnvFile { contract: String },
    #[error("standard input can be read once, and several environments are judged")]
    InputForEach,
    #[error("standard input can be read once, and the commands that set keys ask for values again")]
    InputAgain,
    #[error("standard input can be read once, and two options ask for it")]
    InputTwice,
    #[error("cannot read standard input for `{option}`: {}", read::said(.error))]
    Input { option: &'static str, error: io::Error },
    #[error("{} is {kind}, not a file", shown(.path))]
    NotAFile { path: PathBuf, kind: &'static str },
    #[error("cannot write {}: {}", shown(.path), said(.error))]
    Unwritable { path: PathBuf, error: io::Error },
    #[error("{} exists and would change", shown(.path))]
    WouldOverwrite { path: PathBuf },
    #[error("{} would be written, and nobody can be asked: this is no terminal", shown(.path))]
    NobodyToAsk { path: PathBuf },
    #[error("{} was changed by somebody else meanwhile", shown(.path))]
    ChangedMeanwhile { path: PathBuf },
    #[error("cannot write {}: it belongs to another user, and the new file cannot be given to them", shown(.path))]
    NotOurs { path: PathBuf },
    #[error("nothing was written: {} stays as it was", shown(.path))]
    NoConsent { path: PathBuf },
    #[error("{}: {error}", shown(.path))]
    NotUpdated { path: PathBuf, error: Box<EditError> },
    #[error("{}:{}: {}", shown(.path), .problem.line(), .problem.kind())]
    NotAnEnvFile { path: PathBuf, problem: Box<Problem> },
    #[error("there is no {} `{}`", if *.named_by_path { "file" } else { "command" }, shown(.program))]
    NoCommand { program: PathBuf, named_by_path: bool },
    // It may be a value, so only its name is told.
    #[error("there is no command `{name}=\u{2026}`")]
    NoAssignment { name: String },
    #[error("cannot run `{}`: the system does not know its format", shown(.program))]
    NoFormat { program: PathBuf },
    #[error("cannot run `{}`: {} {} longer than the 128 KiB that Linux takes for one variable", shown(.program), .names.join(", "), if .names.len() == 1 { "is" } else { "are" })]
    LargeVariables { program: PathBuf, names: Vec<String> },
    #[error("`{}` names an interpreter in its first line that is not there", shown(.program))]
    NoInterpreter { program: PathBuf },
    #[error("cannot run `{}`: {}", shown(.program), if *.is_folder { "it is a folder".to_owned() } else { said(.error) })]
    NotExecutable { program: PathBuf, is_folder: bool, error: io::Error },
    #[error("cannot watch over `{}`: {}", shown(.program), said(.error))]
    Watch { program: PathBuf, error: io::Error },
    #[error("cannot write what `{}` prints: {}", shown(.program), said(.error))]
    Print { program: PathBuf, error: io::Error },
    #[error("{0}")]
    Redact(TooLarge),
    #[error("there is no command `{command}`")]
    NoPage { command: String, near: Option<String> },
    #[error("{} cannot be laid out without changing what it says", shown(.path))]
    Layout { path: PathBuf },
    #[error("{} is not a contract: it has none of a contract's tables", shown(.path))]
    NotAContract { path: PathBuf },
    #[error("{}:{line}: {what}", shown(.path))]
    BrokenManifest { path: PathBuf, line: u32, what: &'static str },
    #[error("{} has no variables", shown(.path))]
    NothingToDraft { path: PathBuf },
    #[error("the secrets cannot be searched for: {0}")]
    Needles(#[from] aho_corasick::BuildError),
    #[error("`--generate` makes new values, which cannot have leaked")]
    NothingGenerated,
    #[error("`{option}` needs a git repository, and this folder is in none")]
    NoRepository { option: &'static str },
    #[error(transparent)]
    Git(RunError),
    #[error("cannot read what git has: {}", said(.0))]
    Objects(io::Error),
    #[error("cannot write the answer: {}", said(.0))]
    Output(#[from] io::Error),
}

impl CliError {
    /// A name that the contract does not have.
    pub(crate) fn no_variable(contract: &Contract, name: &str) -> Self {
        Self::NoVariable {
            name: name.to_owned(),
            contract: contract.name().to_owned(),
            near: contract.nearest(name).map(str::to_owned),
        }
    }

    /// What is expected in place of a value that a variable does not take. Of a secret's value nothing is told.
    pub(crate) fn wrong_value(variable: &Variable, value: &str) -> Self {
        let name = variable.name.to_string();
        let expectation = || variable.kind.expectation().into_owned();
        if value.is_empty() {
            let help = Some("an empty value counts as not set; give a value".to_owned());
            return Self::WrongValue { name, expected: format!("expected {}", expectation()), help };
        }
        let near = variable.kind.suggestion(value).filter(|_| !variable.is_secret());
        let near = near.map(|near| format!("did you mean `{near}`?"));
        match variable.kind.accepts(value) {
            Err(mismatch) => {
                let help = near.or_else(|| mismatch.help.map(Cow::into_owned));
                Self::WrongValue { name, expected: mismatch.expected.into_owned(), help }
            }
            Ok(()) => Self::WrongValue { name, expected: expectation(), help: near },
        }
    }

    pub(crate) fn exit(&self) -> Exit {
        match self {
            Self::Live(SourceError::StackName) => Exit::Usage,
            Self::Live(_) | Self::Source(SourceError::Unreadable { .. }) => Exit::Outside,
            Self::Unreadable { error, .. } | Self::OverrideFile { error, .. } | Self::Input { error, .. }
                if is_wrong_path(error) || is_too_large(error) =>
            {
                Exit::Usage
            }
            Self::Unwritable { error, .. } if is_wrong_path(error) => Exit::Usage,
            Self::Unreadable { .. }
            | Self::OverrideFile { .. }
            | Self::Input { .. }
            | Self::Unwritable { .. }
            | Self::NotOurs { .. }
            | Self::Produce(_)
            | Self::Git(_)
            | Self::Objects(_)
            | Self::Output(_) => Exit::Outside,
            Self::Sync(error) => error.exit(),
            Self::Vault(error) => exit_of(error),
            Self::VaultCommand(error) => error.exit(),
            Self::Handoff(_) => Exit::Outside,
            Self::WouldOverwrite { .. } | Self::NobodyToAsk { .. } | Self::NoConsent { .. } => Exit::Refused,
            Self::ChangedMeanwhile { .. } => Exit::Conflict,
            Self::NoCommand { .. } | Self::NoAssignment { .. } | Self::NoInterpreter { .. } => {
                Exit::NOT_FOUND
            }
            Self::NotExecutable { .. } | Self::NoFormat { .. } | Self::LargeVariables { .. } => {
                Exit::NOT_EXECUTABLE
            }
            Self::Watch { .. } | Self::Print { .. } => Exit::Outside,
            _ => Exit::Usage,
        }
    }
}

/// Whether a path names what is not there, or something of another kind: a slip of whoever gave it.
fn is_wrong_path(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory)
}

/// Whether there was more to read than is read.
fn is_too_large(error: &io::Error) -> bool {
    error.kind() == ErrorKind::FileTooLarge
}

impl From<ContractError> for CliError {
    fn from(error: ContractError) -> Self {
        match error {
            ContractError::Unreadable { path, error } => Self::Unreadable { path, error },
            ContractError::NotText { path } => Self::NotText { path },
            ContractError::Mistakes { errors } => Self::Schema { errors },
        }
    }
}

/// Where a name came from, unless it stands in the command line.
fn given_by_text(given_by: &Option<String>) -> String {
    match given_by.as_deref() {
        None | Some("--environment") => String::new(),
        Some(from) => format!(" (it is asked for by {from})"),
    }
}
