//! [`Dialect`]: one real reader's rules, and the table of all of them.

mod compose;
mod cursor;
mod docker;
mod dotenvy;
mod go;
mod godotenv;
mod portable;
mod python;
mod quoting;
mod references;
mod ruby;
mod rules;

use std::fmt;
use std::str::FromStr;

pub(crate) use rules::{Outside, Rules};

/// A real reader of `.env` text, or the spelling that most of them read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dialect {
    /// What most readers share; see the front page for how it reads and writes.
    Portable,
    /// `docker run --env-file`.
    Docker,
    /// Docker Compose.
    Compose,
    /// python-dotenv, the package of Python.
    PythonDotenv,
    /// dotenvy, the crate of Rust.
    Dotenvy,
    /// godotenv, the package of Go.
    Godotenv,
    /// dotenv, the gem of Ruby.
    RubyDotenv,
}

impl Dialect {
    /// Every dialect, in the order of help texts.
    pub const ALL: &'static [Self] = &[
        Self::Portable,
        Self::Docker,
        Self::Compose,
        Self::PythonDotenv,
        Self::Dotenvy,
        Self::Godotenv,
        Self::RubyDotenv,
    ];

    /// The name on command lines and in reports, such as `node-dotenv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rules().name
    }

    /// What people call the reader, such as `Vite`.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.rules().title
    }

    /// The programs and versions that the rules were checked against.
    #[must_use]
    pub fn checked(self) -> &'static str {
        self.rules().checked
    }

    pub(crate) const fn rules(self) -> &'static Rules {
        match self {
            Self::Portable => &portable::RULES,
            Self::Docker => &docker::RULES,
            Self::Compose => &compose::RULES,
            Self::PythonDotenv => &python::RULES,
            Self::Dotenvy => &dotenvy::RULES,
            Self::Godotenv => &godotenv::RULES,
            Self::RubyDotenv => &ruby::RULES,
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// No dialect has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no reader of .env text is called `{}`; there are {}", .0.escape_debug(), names())]
pub struct UnknownDialect(String);

impl FromStr for Dialect {
    type Err = UnknownDialect;

    fn from_str(name: &str) -> Result<Self, UnknownDialect> {
        let found = Self::ALL.iter().copied().find(|dialect| dialect.name() == name);
        found.ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}

fn names() -> String {
    Dialect::ALL.iter().map(|dialect| dialect.name()).collect::<Vec<_>>().join(", ")
}
