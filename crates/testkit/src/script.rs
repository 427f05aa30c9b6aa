//! [`ScriptedRunner`]: programs that do not run.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

use envctl_resolver::runner::{Command, Output, RunError, Runner};

/// What a scripted program does.
#[derive(Debug)]
pub enum Reply {
    /// It prints this on standard output and ends well.
    Prints(Vec<u8>),
    /// It ends with this status and prints this on standard error.
    Fails(i32, String),
    /// It cannot be run.
    Error(RunError),
}

impl Reply {
    /// It prints this text and ends well.
    #[must_use]
    pub fn prints(text: impl AsRef<[u8]>) -> Self {
        Self::Prints(text.as_ref().to_vec())
    }
}

/// Expects command lines in a fixed order and answers each as scripted. A command that is not expected, and
/// an expected one that never comes, is a panic.
#[derive(Debug, Default)]
pub struct ScriptedRunner {
    script: Mutex<VecDeque<(Vec<String>, Reply)>>,
    ran: Mutex<Vec<Command>>,
}

impl ScriptedRunner {
    /// Expects nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Expects a program with exactly these arguments after what is expected already.
    #[must_use]
    pub fn expect(self, command_line: &[&str], reply: Reply) -> Self {
        let words = command_line.iter().map(ToString::to_string).collect();
        lock(&self.script).push_back((words, reply));
        self
    }

    /// The commands that ran, in order.
    #[must_use]
    pub fn ran(&self) -> Vec<Command> {
        lock(&self.ran).clone()
    }

    /// Checks that everything expected has run.
    ///
    /// # Panics
    ///
    /// When something has not.
    pub fn assert_done(&self) {
        let script = lock(&self.script);
        let left: Vec<_> = script.iter().map(|(words, _)| words.join(" ")).collect();
        assert!(left.is_empty(), "expected commands that did not run: {left:?}");
    }
}

impl Runner for ScriptedRunner {
    fn run(&self, command: &Command) -> Result<Output, RunError> {
        let next = lock(&self.script).pop_front();
        lock(&self.ran).push(command.clone());
        let Some((words, reply)) = next else { panic!("`{command}` ran, and nothing more was expected") };
        let line: Vec<_> =
            [command.program()].into_iter().chain(command.arguments().iter().map(String::as_str)).collect();
        assert_eq!(line, words, "another command was expected");
        match reply {
            Reply::Prints(bytes) => Ok(Output { stdout: bytes.into(), stderr: String::new() }),
            Reply::Fails(status, stderr) => {
                Err(RunError::Failed { command: command.to_string(), status: Some(status), stderr })
            }
            Reply::Error(error) => Err(error),
        }
    }
}

/// A test that panics elsewhere still wants to read the script.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
