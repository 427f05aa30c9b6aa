//! [`About`]: what a run has looked at.

use envschema::{Contract, Variable};

use crate::words::subject;

/// What a run has looked at.
#[derive(Clone, Copy)]
pub enum About<'a> {
    /// The environment of a contract.
    Contract(&'a Contract),
    /// An env file by itself, by its path from the working folder.
    File(&'a str),
}

impl<'a> About<'a> {
    /// How people call it, part after part.
    #[must_use]
    pub fn subject(self) -> Vec<&'a str> {
        match self {
            Self::Contract(contract) => subject(contract),
            Self::File(path) => vec![path],
        }
    }

    /// The variable of that name.
    #[must_use]
    pub fn variable(self, name: &str) -> Option<&'a Variable> {
        match self {
            Self::Contract(contract) => contract.variable(name).map(|(_, variable)| variable),
            Self::File(_) => None,
        }
    }
}
