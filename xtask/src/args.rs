//! The arguments of one task: a few flags need no parser library.

use crate::{Failure, Task};

/// The arguments after the task's name. A task takes what it knows, then calls [`Args::end`].
pub struct Args {
    call: String,
    left: Vec<String>,
}

impl Args {
    /// The arguments `given` to `task`.
    #[must_use]
    pub fn new(task: &Task, given: &[String]) -> Self {
        let call = format!("cargo xtask {} {}", task.name, task.usage).trim_end().to_owned();
        Self { call, left: given.to_vec() }
    }

    /// Takes `flag` and says whether it was there.
    pub fn flag(&mut self, flag: &str) -> bool {
        let before = self.left.len();
        self.left.retain(|arg| arg != flag);
        self.left.len() < before
    }

    /// Takes `flag` with the number after it, if it was there.
    ///
    /// # Errors
    /// [`Failure::Usage`] if what follows is not a whole number above zero.
    pub fn number(&mut self, flag: &str) -> Result<Option<usize>, Failure> {
        let Some(at) = self.left.iter().position(|arg| arg == flag) else { return Ok(None) };
        let number = self.left.get(at + 1).and_then(|text| text.parse().ok()).filter(|number| *number > 0);
        if number.is_none() {
            return Err(self.wrong(&format!("`{flag}` takes a whole number above zero")));
        }
        self.left.drain(at..=at + 1);
        Ok(number)
    }

    /// Takes `flag` with the text after it, if it was there.
    ///
    /// # Errors
    /// [`Failure::Usage`] if nothing follows.
    pub fn text(&mut self, flag: &str) -> Result<Option<String>, Failure> {
        let Some(at) = self.left.iter().position(|arg| arg == flag) else { return Ok(None) };
        if at + 1 == self.left.len() {
            return Err(self.wrong(&format!("`{flag}` takes a text")));
        }
        Ok(self.left.drain(at..=at + 1).nth(1))
    }

    /// Takes the words that are among `known`, in the order of `known`.
    pub fn words(&mut self, known: &[&'static str]) -> Vec<&'static str> {
        known.iter().copied().filter(|word| self.flag(word)).collect()
    }

    /// Nothing may be left.
    ///
    /// # Errors
    /// [`Failure::Usage`] with the first argument that nobody took.
    pub fn end(self) -> Result<(), Failure> {
        match self.left.first() {
            None => Ok(()),
            Some(arg) => Err(self.wrong(&format!("unknown argument `{arg}`"))),
        }
    }

    fn wrong(&self, what: &str) -> Failure {
        Failure::Usage(format!("{what}; usage: {}", self.call))
    }
}
