//! Running other programs: one small trait, so that every effect of this kind can be scripted in a test.
//!
//! A [`Command`] says what to run and what the child may see. [`SystemRunner`] runs it for real, within a
//! deadline and an output limit. The child's environment starts empty: it gets `PATH`, `HOME` and the names
//! that the command lists, from a snapshot that the caller took.
//!
//! ```
//! use envctl_resolver::runner::Command;
//!
//! let command = Command::new("pulumi").args(["stack", "output", "--json"]).folder("infra");
//! assert_eq!(command.to_string(), "pulumi stack output --json");
//! ```

mod buffer;
mod command;
mod error;
mod scrub;
mod system;

use std::fmt;

use zeroize::Zeroizing;

pub use command::Command;
pub use error::RunError;
pub use system::SystemRunner;

/// Runs programs. Real ones in production, scripted ones in tests.
pub trait Runner {
    /// Runs the command to its end.
    ///
    /// # Errors
    ///
    /// Every variant of [`RunError`]; a status other than zero is [`RunError::Failed`].
    fn run(&self, command: &Command) -> Result<Output, RunError>;
}

/// What a program printed before it ended with status zero.
#[derive(Clone)]
pub struct Output {
    /// Standard output, wiped when dropped: it may hold secrets.
    pub stdout: Zeroizing<Vec<u8>>,
    /// The last lines of standard error, without control characters and without the values that the command
    /// marked as secret.
    pub stderr: String,
}

/// Shows no content of standard output.
impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output").field("stdout", &"[secret]").field("stderr", &self.stderr).finish()
    }
}
