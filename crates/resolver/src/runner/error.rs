//! [`RunError`]: why a program gave no output.

use std::time::Duration;

/// Why a program gave no output. `command` is always the command line as a person would type it; no
/// variant holds what the program printed on standard output.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// No such program on `PATH`.
    #[error("the program `{program}` was not found")]
    NotFound {
        /// The program.
        program: String,
        /// How to get it.
        help: String,
    },
    /// The folder to run in is not there.
    #[error("`{command}` cannot run in `{folder}`: no such folder")]
    NoFolder {
        /// The command line.
        command: String,
        /// The folder.
        folder: String,
    },
    /// It ended with a status other than zero.
    #[error("`{command}` ended with {}{}", status_text(*.status), stderr_text(.stderr))]
    Failed {
        /// The command line.
        command: String,
        /// The exit status; none when a signal ended it.
        status: Option<i32>,
        /// The last lines of standard error, scrubbed.
        stderr: String,
    },
    /// It ran longer than it may and was ended.
    #[error("`{command}` did not end within {}{}", seconds_text(*.deadline), stderr_text(.stderr))]
    TimedOut {
        /// The command line.
        command: String,
        /// How long it could run.
        deadline: Duration,
        /// The last lines of standard error, scrubbed.
        stderr: String,
    },
    /// It printed more than it may and was ended.
    #[error("`{command}` printed more than {limit} bytes")]
    TooMuchOutput {
        /// The command line.
        command: String,
        /// The limit in bytes.
        limit: usize,
    },
    /// The system did not let it start, or broke the connection to it.
    #[error("`{command}` could not be run: {}", .source.kind())]
    Io {
        /// The command line.
        command: String,
        /// What the system said.
        source: std::io::Error,
    },
}

impl RunError {
    /// What to do about it.
    #[must_use]
    pub fn help(&self) -> &str {
        match self {
            Self::NotFound { help, .. } => help,
            Self::NoFolder { .. } => "check the stack's `dir` in envctl.toml",
            Self::Failed { .. } => "run the command by hand to see all that it prints",
            Self::TimedOut { .. } => "run the command by hand: it may wait for a login or for the network",
            Self::TooMuchOutput { .. } => "run the command by hand and check what it prints",
            Self::Io { .. } => "check that the program may be executed",
        }
    }
}

fn status_text(status: Option<i32>) -> String {
    match status {
        Some(status) => format!("status {status}"),
        None => "a signal".to_owned(),
    }
}

fn seconds_text(time: Duration) -> String {
    match time.as_millis() {
        ms if ms % 1000 != 0 => format!("{ms} ms"),
        ms => format!("{} s", ms / 1000),
    }
}

fn stderr_text(stderr: &str) -> String {
    if stderr.is_empty() {
        return String::new();
    }
    let lines: Vec<_> = stderr.lines().map(|line| format!("\n    {line}")).collect();
    format!(":{}", lines.concat())
}
