//! [`SourceError`]: why a source could not be read.

use envschema::Place;

use crate::runner::RunError;

/// Why a source could not be read. Each variant carries its place; none carries a value.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// A declared variable of the process environment is not text.
    #[error("environment variable {name} is not valid UTF-8")]
    NotUnicode {
        /// The variable.
        name: String,
    },
    /// No such file.
    #[error("{path}: no such file")]
    NotFound {
        /// The path as given.
        path: String,
    },
    /// A folder stands where a file was expected.
    #[error("{path}: is a directory, not a file")]
    IsDirectory {
        /// The path as given.
        path: String,
    },
    /// The file is there and cannot be read.
    #[error("{path}: cannot be read: {}", .source.kind())]
    Unreadable {
        /// The path as given.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is larger than any file of its kind.
    #[error("{path}: is larger than {limit} bytes")]
    TooLarge {
        /// The path as given.
        path: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The text has bytes that are not UTF-8.
    #[error("{path}:{line}: is not valid UTF-8")]
    NotUtf8 {
        /// The path, or the command that printed it.
        path: String,
        /// The line of the first such byte, from 1.
        line: u32,
    },
    /// The text is not JSON.
    #[error("{origin}:{line}:{column}: is not valid JSON")]
    InvalidJson {
        /// The file, or the command that printed it.
        origin: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The text is the beginning of JSON. The column is not told: it would be the length of what stands there.
    #[error("{origin}:{line}: the JSON ends too early")]
    Incomplete {
        /// The file, or the command that printed it.
        origin: String,
        /// The last line, from 1.
        line: usize,
    },
    /// The text is not YAML.
    #[error("{origin}:{line}:{column}: is not valid YAML")]
    InvalidYaml {
        /// The file.
        origin: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// The text is valid and has another shape than the tool writes.
    #[error("{origin}: expected {expected}")]
    Shape {
        /// The file, or the command that printed it.
        origin: String,
        /// What should be there.
        expected: &'static str,
    },
    /// A stack's name cannot be given to the tool.
    #[error("a stack's name must not be empty or begin with `-`")]
    StackName,
    /// The stack's tool gave no answer.
    #[error(transparent)]
    Run(#[from] RunError),
    /// A region's name has an impossible form.
    #[error("{place}: is not the name of an AWS region")]
    Region {
        /// Where it was given.
        place: Place,
    },
    /// An account number has an impossible form.
    #[error("{place}: is not an AWS account number")]
    Account {
        /// Where it was given.
        place: Place,
    },
    /// A cloud did not tell a fact of the account.
    #[error("{what}")]
    Cloud {
        /// What happened.
        what: String,
        /// What to do.
        help: String,
    },
}

impl SourceError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &str {
        match self {
            Self::NotUnicode { .. } => "set it again as plain text, or unset it",
            Self::NotFound { .. } => "create it, or correct its path in envctl.toml",
            Self::IsDirectory { .. } => "give the path of the file inside it",
            Self::Unreadable { .. } => "check its owner and mode",
            Self::TooLarge { .. } => "check that the path names the file that you mean",
            Self::NotUtf8 { .. } => "save it as UTF-8; PowerShell's `>` writes UTF-16",
            Self::InvalidJson { .. } => "write the file again with the tool's `--json` option",
            Self::Incomplete { .. } => "let the tool write it again, to its end",
            Self::InvalidYaml { .. } => "correct the file at this place",
            Self::Shape { .. } => "write the file again with the tool, without editing it",
            Self::StackName => "correct `name` of the environment's stack in envctl.toml",
            Self::Run(error) => error.help(),
            Self::Region { .. } => "give a name such as `us-east-1`",
            Self::Account { .. } => "give the 12 digits, in quotes",
            Self::Cloud { help, .. } => help,
        }
    }
}
