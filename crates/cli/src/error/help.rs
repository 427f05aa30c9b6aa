//! What to do about each [`CliError`].

use std::io::{self, ErrorKind};

use super::{CliError, is_too_large, is_wrong_path};
use crate::render::shown;
use crate::settings::PROJECT_FILE;
use envctl_resolver::sources::SourceError;

impl CliError {
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
            Self::Sync(error) => error.help(),
            Self::Vault(error) => Some(error.help()).filter(|help| !help.is_empty()),
            Self::VaultCommand(error) => error.help(),
            Self::NoIdentityFile => Some("name one: `ENVCTL_VAULT_IDENTITY=FILE`, or `identity` under `[vault]` in envctl.toml".to_owned()),
            Self::Handoff(_) => Some("install it again: `cargo install envctl-cloud`".to_owned()),
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
            Self::NoObject { .. } => Some("give an object such as `{\"NAME\": \"value\"}`".to_owned()),
            Self::OtherDialect { dialect, .. } => Some(format!(
                "say in {PROJECT_FILE} that this file is for it: `dialect = \"{dialect}\"` under the environment"
            )),
            Self::NothingToLint { .. } => Some("name the file to look at: `envctl lint FILE`".to_owned()),
            Self::FixInput => Some("put it in a file".to_owned()),
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
            Self::WrongValue { help, .. } => help.clone(),
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
            Self::NoEnvFile { .. } => {
                Some("`envctl stack config --example` prints an example of the stack's file".to_owned())
            }
            Self::InputForEach => Some("put it in a file, or judge one environment".to_owned()),
            Self::InputAgain => Some("put it in a file".to_owned()),
            Self::InputTwice => Some("put one of them in a file".to_owned()),
            Self::WouldOverwrite { .. } => Some("compare the two first; `--yes` writes it".to_owned()),
            Self::NobodyToAsk { .. } => Some("`--yes` writes without asking".to_owned()),
            Self::ChangedMeanwhile { .. } => {
                Some("it was left as it is; run the command again".to_owned())
            }
            Self::NotAnEnvFile { problem, .. } => Some(format!(
                "{}; only an env file can be changed, or followed as a template",
                problem.help()
            )),
            Self::NotOurs { .. } => Some("run it as that user, or write to another file".to_owned()),
            Self::NotText { .. } => Some("save the file as UTF-8".to_owned()),
            Self::Unwritable { error, .. } if error.kind() == ErrorKind::NotFound => {
                Some("make its folder first".to_owned())
            }
            Self::Unwritable { error, .. } => unwritable_help(error).map(str::to_owned),
            Self::Unreadable { error, .. } if error.kind() == ErrorKind::NotFound => {
                Some("create it, or correct the path".to_owned())
            }
            Self::Unreadable { error, .. } if error.kind() == ErrorKind::PermissionDenied => {
                Some("check its owner and mode".to_owned())
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
            Self::BrokenManifest { .. } => {
                Some("correct that line, or give another file: `--from FILE`".to_owned())
            }
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
            Self::Unreadable { error, .. } if is_wrong_path(error) => Some("give the path of a file".to_owned()),
            Self::Unreadable { .. }
            | Self::Schema { .. }
            | Self::NoConsent { .. }
            | Self::NotUpdated { .. }
            | Self::Input { .. }
            | Self::Watch { .. }
            | Self::Print { .. }
            | Self::Output(_) => None,
        }
    }
}

/// What to do about a file that cannot be written.
fn unwritable_help(error: &io::Error) -> Option<&'static str> {
    match error.kind() {
        ErrorKind::PermissionDenied => Some(
            "a new file takes the place of the old one, so you have to be allowed to make files in its folder",
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Some("make room, and run the command again"),
        ErrorKind::ReadOnlyFilesystem => Some("give the path of a file in another folder"),
        _ if is_wrong_path(error) => Some("give the path of a file"),
        _ => None,
    }
}
