//! [`CliError`]: why a command could not answer, with the exit code that tells so.

use std::path::PathBuf;

use envctl_resolver::producers::ProduceError;
use envctl_resolver::sources::SourceError;
use envschema::{Contract, SchemaErrors, UnknownSelection};

use crate::exit::Exit;
use crate::settings::SettingsError;

/// Why a command could not answer. No variant holds a value of the environment.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CliError {
    #[error("no contract found: there is no {} here{}", .wanted.display(), .above)]
    NoContract { wanted: PathBuf, above: &'static str },
    #[error("cannot read {}: {error}", .path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("{} is not UTF-8 text", .path.display())]
    NotText { path: PathBuf },
    #[error("{errors}")]
    Schema { errors: SchemaErrors },
    #[error(transparent)]
    Selection(#[from] UnknownSelection),
    #[error(transparent)]
    Settings(#[from] SettingsError),
    #[error(transparent)]
    Source(#[from] SourceError),
    #[error("cannot generate a value: {0}")]
    Produce(#[from] ProduceError),
    #[error("there is no variable `{name}` in {contract}")]
    NoVariable { name: String, contract: String, near: Option<String> },
    #[error("`--set-from-file {given}` has to be NAME=FILE")]
    BadOverride { given: String },
    #[error("standard input can be read once, and two options ask for it")]
    InputTwice,
    #[error("cannot write {}: {error}", .path.display())]
    Unwritable { path: PathBuf, error: std::io::Error },
    #[error("{} exists and would change", .path.display())]
    WouldOverwrite { path: PathBuf },
    #[error("cannot write the answer: {0}")]
    Output(#[from] std::io::Error),
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
            Self::Source(SourceError::Run(_) | SourceError::Unreadable { .. }) => Exit::Outside,
            Self::Unreadable { error, .. } if error.kind() != std::io::ErrorKind::NotFound => Exit::Outside,
            Self::Produce(_) | Self::Unwritable { .. } | Self::Output(_) => Exit::Outside,
            Self::WouldOverwrite { .. } => Exit::Refused,
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
            Self::Selection(error) => Some(error.help()),
            Self::Settings(error) => error.help(),
            Self::Source(error) => Some(error.help().to_owned()),
            Self::Produce(error) => Some(error.help().to_owned()),
            Self::NoVariable { near, .. } => Some(match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`envctl validate` lists what the contract asks for".to_owned(),
            }),
            Self::BadOverride { .. } => Some("for example `--set-from-file API_KEY=key.txt`, or `API_KEY=-` for standard input".to_owned()),
            Self::InputTwice => Some("put one of them in a file".to_owned()),
            Self::WouldOverwrite { .. } => Some("look at the difference, then say `--yes` to replace it".to_owned()),
            Self::NotText { .. } => Some("save the file as UTF-8".to_owned()),
            Self::Unreadable { .. } | Self::Schema { .. } | Self::Unwritable { .. } | Self::Output(_) => None,
        }
    }
}
