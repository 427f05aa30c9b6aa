//! [`CliError`]: why a command could not answer, with the exit code that tells so.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use envctl_resolver::producers::ProduceError;
use envctl_resolver::runner::RunError;
use envctl_resolver::sources::SourceError;
use envschema::{Contract, SchemaErrors, UnknownSelection};

use crate::arns::ArnError;
use crate::exit::Exit;
use crate::read;
use crate::redact::TooLarge;
use crate::render::shown;
use crate::settings::{PROJECT_FILE, SettingsError};
use crate::target::TargetError;

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
    #[error("`-` cannot be compared: a side is an environment or a file")]
    InputSide,
    #[error("there is no environment and no file `{name}`")]
    NoSide { name: String, near: Option<String>, known: String },
    #[error("`--what-if` has to be NAME=VALUE")]
    BadWhatIf,
    #[error("{name} is secret, and `--what-if` is for values that may be seen")]
    SecretWhatIf { name: String },
    #[error("{name} does not take that value: {expected}")]
    WrongWhatIf { name: String, expected: String, help: Option<String> },
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
            | Self::Produce(_)
            | Self::Git(_)
            | Self::Objects(_)
            | Self::Output(_) => Exit::Outside,
            Self::WouldOverwrite { .. } => Exit::Refused,
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

    /// What to do, if there is something to say.
    pub(crate) fn help(&self) -> Option<String> {
        match self {
            Self::NoContract { .. } => Some(
                "write an envschema.toml, go to the folder that has one, or name it: `--project DIR` or `--schema FILE`"
                    .to_owned(),
            ),
            Self::Selection { error, .. } => Some(error.help()),
            Self::EnvironmentName { .. } => Some(
                "use letters, digits, `.`, `_` and `-`, and begin with a letter or digit"
                    .to_owned(),
            ),
            Self::Settings(error) => error.help(),
            Self::Target(error) => Some(error.help()),
            Self::Arn(error) => Some(error.help().to_owned()),
            Self::Source(SourceError::NotFound { .. }) => Some("create it, or correct the path".to_owned()),
            Self::Source(error) | Self::Live(error @ (SourceError::Run(_) | SourceError::StackName)) => {
                Some(error.help().to_owned())
            }
            Self::Live(_) => Some("run the command by hand and look at what it prints".to_owned()),
            Self::NoSchema { given_by, .. } => Some(match given_by.as_str() {
                PROJECT_FILE => format!("create it, or correct `schema` in {PROJECT_FILE}"),
                given_by => format!("create it, or correct `{given_by}`"),
            }),
            Self::Produce(error) => Some(error.help().to_owned()),
            Self::NoVariable { near, .. } => Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`envctl validate` lists what the contract asks for".to_owned(),
            }),
            Self::Needles(_) => Some("search for the secrets of fewer environments at once".to_owned()),
            Self::NothingGenerated => Some("leave it out".to_owned()),
            Self::NoRepository { .. } => {
                Some("go to a folder of the repository, or leave the option out to search files".to_owned())
            }
            Self::Git(error) => Some(error.help().to_owned()),
            Self::Objects(_) => Some("see what `git fsck` says of the repository".to_owned()),
            Self::BadOverride => Some(
                "for example `--set-from-file API_KEY=key.txt`, or `API_KEY=-` for standard input".to_owned(),
            ),
            Self::OverrideFile { .. } => {
                Some("after the `=` comes the path of a file that holds the value, not the value".to_owned())
            }
            Self::InputSide => Some("put it in a file".to_owned()),
            Self::NoSide { near: Some(near), .. } => Some(format!("did you mean `{near}`?")),
            Self::NoSide { known, .. } if known.is_empty() => Some("give the path of an env file".to_owned()),
            Self::NoSide { known, .. } => {
                Some(format!("give the path of an env file, or an environment of the contract: {known}"))
            }
            Self::BadWhatIf => Some("for example `--what-if BILLING_ENABLED=true`".to_owned()),
            Self::SecretWhatIf { name } => {
                Some(format!("give it from a file instead: `--set-from-file {name}=FILE`"))
            }
            Self::WrongWhatIf { help, .. } => help.clone(),
            Self::TypedText => Some("add `--json`, or leave `--typed` out".to_owned()),
            Self::OtherForm { option, form } => {
                Some(format!("add `--format {form}`, or leave `{option}` out"))
            }
            Self::NoGithubEnv => Some("write to a file instead: `--output FILE`".to_owned()),
            Self::ObjectName { given, .. } => Some(format!(
                "{}use at most 253 of a-z, 0-9, `-` and `.`, with a letter or digit at both ends of each part",
                if *given { "" } else { "give another one with `--name`: " }
            )),
            Self::Namespace { .. } => Some(
                "use at most 63 of a-z, 0-9 and `-`, with a letter or digit at both ends".to_owned(),
            ),
            Self::OneEnvironment | Self::AllEnvironments => Some("run it once for each: `--environment NAME`".to_owned()),
            Self::NoEnvironments => Some("name them in the contract: `[environments.NAME]`".to_owned()),
            Self::NoStackSchema => Some(format!("add `stack_schema = \"FILE\"` to {PROJECT_FILE}")),
            Self::NotOfStack { .. } => {
                Some("give its `[schema]` the keys `kind = \"pulumi-config\"` and `namespace`".to_owned())
            }
            Self::OnlyOfStack { .. } => {
                Some("leave it out: the values come from the stack, and from `--set-from-file`".to_owned())
            }
            Self::InputForEach => Some("put it in a file, or judge one environment".to_owned()),
            Self::InputAgain => Some("put it in a file".to_owned()),
            Self::InputTwice => Some("put one of them in a file".to_owned()),
            Self::WouldOverwrite { .. } => Some("compare the two first; `--yes` replaces it".to_owned()),
            Self::NotText { .. } => Some("save the file as UTF-8".to_owned()),
            Self::Unwritable { error, .. } if error.kind() == ErrorKind::NotFound => {
                Some("make its folder first".to_owned())
            }
            Self::Unreadable { error, .. } if error.kind() == ErrorKind::NotFound => {
                Some("create it, or correct the path".to_owned())
            }
            Self::Unreadable { error, .. } if is_too_large(error) => {
                Some("check that the path names the file that you mean".to_owned())
            }
            Self::Input { error, .. } if is_too_large(error) => {
                Some("check what is piped into the command".to_owned())
            }
            Self::NotAFile { .. } => {
                Some("give the path of a file, or redirect what the command prints".to_owned())
            }
            Self::NoPage { near, .. } => Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`envctl --help` lists the commands".to_owned(),
            }),
            Self::Layout { .. } => Some("it was left as it is; please report it".to_owned()),
            Self::NotAContract { .. } => Some("give the path of a contract; this file was left as it is".to_owned()),
            Self::BrokenManifest { .. } => Some("correct that line, or give another file: `--from FILE`".to_owned()),
            Self::NothingToDraft { .. } => Some("give another file: `--from FILE`".to_owned()),
            Self::NoCommand { named_by_path: true, .. } => Some("correct the path".to_owned()),
            Self::NoCommand { .. } => Some("install it, or correct its name; it is searched in PATH".to_owned()),
            Self::NoAssignment { name } => Some(format!(
                "let `env` set it: `env {name}=\u{2026} CMD`; everybody on the machine can read that, so give a secret by `--set-from-file {name}=FILE`"
            )),
            Self::NoFormat { .. } => Some(
                "begin a script with a line such as `#!/bin/sh`; anything else has to be made for this kind of machine"
                    .to_owned(),
            ),
            Self::LargeVariables { .. } => {
                Some("put such a value into a file, and give the command its path".to_owned())
            }
            Self::NoInterpreter { .. } => Some("install the interpreter, or correct the line".to_owned()),
            Self::NotExecutable { is_folder: true, .. } => Some("give the path of a program in it".to_owned()),
            Self::NotExecutable { program, error, .. } => Some(match error.kind() {
                ErrorKind::PermissionDenied => format!("`chmod +x {}` makes it a program", shown(program)),
                ErrorKind::ArgumentListTooLong => {
                    "its arguments and variables together are more than the system takes; `--clean` passes fewer"
                        .to_owned()
                }
                _ => "check that it is a program for this kind of machine".to_owned(),
            }),
            Self::Redact(_) => Some("run it without `--redact`, or make large values plain".to_owned()),
            Self::Unreadable { error, .. } | Self::Unwritable { error, .. } if is_wrong_path(error) => {
                Some("give the path of a file".to_owned())
            }
            Self::Unreadable { .. }
            | Self::Schema { .. }
            | Self::Unwritable { .. }
            | Self::Input { .. }
            | Self::Watch { .. }
            | Self::Print { .. }
            | Self::Output(_) => None,
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

/// What the system said, in words that do not depend on the system.
pub(crate) fn said(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::Other => error.to_string(),
        kind => kind.to_string(),
    }
}

/// Where a name came from, unless it stands in the command line.
fn given_by_text(given_by: &Option<String>) -> String {
    match given_by.as_deref() {
        None | Some("--environment") => String::new(),
        Some(from) => format!(" (it is asked for by {from})"),
    }
}
