//! Why a task did not end well, and the exit code that tells so.

use std::io;
use std::path::PathBuf;

/// Why a task did not end well.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The command line is wrong.
    #[error("{0}")]
    Usage(String),
    /// The task did its work and the answer is no; the text was made for people and holds every problem.
    #[error("{0}")]
    Problems(String),
    /// A program that the task runs ended with an error; it has said itself what is wrong.
    #[error("`{command}` failed: {status}")]
    Command {
        /// The program with its arguments.
        command: String,
        /// How it ended.
        status: String,
    },
    /// A program that the task needs could not be started.
    #[error("cannot start `{command}`: {source}; is it installed and on the PATH?")]
    Start {
        /// The program with its arguments.
        command: String,
        /// What the system said.
        source: io::Error,
    },
    /// A file or folder could not be read or written.
    #[error("cannot {doing} {}: {source}", path.display())]
    File {
        /// `read`, `write` or the like.
        doing: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// `cargo metadata` did not answer.
    #[error("cannot read the workspace: {0}")]
    Metadata(#[from] cargo_metadata::Error),
    /// A generated file could not be put into words.
    #[error("cannot write JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl Failure {
    /// The exit code: 1 the answer is no, 2 usage, 3 something outside failed.
    #[must_use]
    pub fn exit_code(&self) -> u8 {
        match self {
            Self::Problems(_) | Self::Command { .. } => 1,
            Self::Usage(_) => 2,
            Self::Start { .. } | Self::File { .. } | Self::Metadata(_) | Self::Json(_) => 3,
        }
    }
}
