//! [`CallError`]: why there is no answer. It repeats names that stand in a request, and never a value.

use envctl_dotenv::{EditError, Problem};
use envctl_resolver::producers::ProduceError;
use envctl_resolver::sources::SourceError;
use envschema::{Contract, UnknownSelection};
use serde::Serialize;

use super::VERSION;
use crate::ContractError;

/// What kind of thing went wrong. Codes are stable: programs may depend on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum CallErrorCode {
    /// A pointer is null, or a text is not UTF-8.
    Text,
    /// The request is not JSON, or not of the form of its version.
    Request,
    /// The request has a version that is not known here.
    Version,
    /// The handle was never given out, or is closed.
    Handle,
    /// The operation needs a contract, and there is none.
    NoContract,
    /// The contract cannot be read, or has mistakes.
    Contract,
    /// The contract has no such environment, profile or variable.
    Unknown,
    /// A source cannot be read.
    Source,
    /// What is asked does not go together, or names nothing that exists.
    Options,
    /// No value could be made.
    Generator,
    /// A defect of envctl. The process can go on.
    Defect,
}

/// Why there is no answer, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[error("{message}")]
pub struct CallError {
    /// What kind of thing went wrong.
    pub code: CallErrorCode,
    /// What went wrong, and where.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

impl CallError {
    /// An error without advice.
    #[must_use]
    pub fn new(code: CallErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The line where a request stops being one. What the reader of JSON says may repeat a value, and the column would be
    /// the length of one.
    pub(super) fn unreadable(error: &serde_json::Error) -> Self {
        let line = error.line();
        let what = if error.is_data() { "does not have the form of version 1" } else { "is not valid JSON" };
        Self::new(CallErrorCode::Request, format!("line {line}: the request {what}"))
            .help("schema/json/ffi.schema.json describes requests")
    }

    pub(super) fn version(version: u32) -> Self {
        Self::new(CallErrorCode::Version, format!("requests of version {version} are not known"))
            .help(format!("send version {VERSION}, or use another release of envctl"))
    }

    pub(super) fn no_contract() -> Self {
        Self::new(CallErrorCode::NoContract, "this operation needs a contract").help("open one first")
    }

    pub(super) fn no_variable(contract: &Contract, name: &str) -> Self {
        let message = format!("`{name}` is not a variable of {}", contract.name());
        let error = Self::new(CallErrorCode::Unknown, message);
        match contract.nearest(name) {
            Some(near) => error.help(format!("did you mean {near}?")),
            None => error,
        }
    }

    pub(super) fn not_an_env_file(called: &str, problem: &Problem) -> Self {
        let message = format!("{called}:{}: {}", problem.line(), problem.kind());
        Self::new(CallErrorCode::Source, message)
            .help(format!("{}; only an env file can be changed", problem.help()))
    }

    pub(super) fn not_updated(called: &str, error: &EditError) -> Self {
        Self::new(CallErrorCode::Source, format!("{called}: {error}"))
    }

    pub(super) fn options(message: impl Into<String>) -> Self {
        Self::new(CallErrorCode::Options, message)
    }
}

impl From<UnknownSelection> for CallError {
    fn from(error: UnknownSelection) -> Self {
        Self::new(CallErrorCode::Unknown, error.to_string()).help(error.help())
    }
}

impl From<SourceError> for CallError {
    fn from(error: SourceError) -> Self {
        Self::new(CallErrorCode::Source, error.to_string()).help(error.help())
    }
}

impl From<ProduceError> for CallError {
    fn from(error: ProduceError) -> Self {
        Self::new(CallErrorCode::Generator, error.to_string()).help(error.help())
    }
}

impl From<ContractError> for CallError {
    fn from(error: ContractError) -> Self {
        let told = Self::new(CallErrorCode::Contract, error.to_string());
        match error {
            ContractError::Unreadable { .. } => told.help("check the path, and the file's owner and mode"),
            ContractError::NotText { .. } => told.help("save the file as UTF-8"),
            ContractError::Mistakes { .. } => told,
        }
    }
}
