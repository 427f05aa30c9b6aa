//! [`Dialect`]: one real reader's rules, and the table of all of them.

mod bun;
mod compose;
mod cursor;
mod deno;
mod docker;
mod dotenvx;
mod dotenvy;
mod go;
mod godotenv;
mod js;
mod next;
mod node;
mod node_dotenv;
mod node_lines;
mod portable;
mod python;
mod quoting;
mod references;
mod ruby;
mod rules;
mod shell;
mod systemd;
mod varlock;
mod vite;

use std::fmt;
use std::str::FromStr;

pub(crate) use rules::{Outside, Rules};

/// A real reader of `.env` text, or the spelling that most of them read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Dialect {
    /// What most readers share; see the front page for how it reads and writes.
    Portable,
    /// The package `dotenv` for Node.js.
    NodeDotenv,
    /// Node.js itself: `--env-file`.
    Node,
    /// Bun.
    Bun,
    /// Deno.
    Deno,
    /// Vite: `dotenv` with `dotenv-expand`.
    Vite,
    /// Next.js: `@next/env`.
    Next,
    /// dotenvx.
    Dotenvx,
    /// varlock.
    Varlock,
    /// `docker run --env-file`.
    Docker,
    /// `EnvironmentFile=` of systemd.
    Systemd,
    /// A file that bash, dash or another POSIX shell reads with `.`.
    Bash,
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
        Self::NodeDotenv,
        Self::Node,
        Self::Vite,
        Self::Next,
        Self::Bun,
        Self::Deno,
        Self::Dotenvx,
        Self::Varlock,
        Self::PythonDotenv,
        Self::RubyDotenv,
        Self::Godotenv,
        Self::Compose,
        Self::Dotenvy,
        Self::Docker,
        Self::Systemd,
        Self::Bash,
    ];

    /// The name on command lines and in reports, such as `node-dotenv`.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.rules().name
    }

    /// Other names that are taken for it.
    #[must_use]
    pub const fn other_names(self) -> &'static [&'static str] {
        match self {
            Self::NodeDotenv => &["dotenv"],
            Self::Vite => &["dotenv-expand"],
            Self::Next => &["nextjs", "next-env"],
            Self::PythonDotenv => &["python"],
            Self::RubyDotenv => &["ruby"],
            Self::Compose => &["docker-compose"],
            Self::Bash => &["sh", "dash", "posix"],
            _ => &[],
        }
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
            Self::NodeDotenv => &node_dotenv::RULES,
            Self::Node => &node::RULES,
            Self::Bun => &bun::RULES,
            Self::Deno => &deno::RULES,
            Self::Vite => &vite::RULES,
            Self::Next => &next::RULES,
            Self::Dotenvx => &dotenvx::RULES,
            Self::Varlock => &varlock::RULES,
            Self::Systemd => &systemd::RULES,
            Self::Bash => &shell::RULES,
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
        let called = |dialect: &Self| dialect.name() == name || dialect.other_names().contains(&name);
        let found = Self::ALL.iter().copied().find(called);
        found.ok_or_else(|| UnknownDialect(name.to_owned()))
    }
}

fn names() -> String {
    Dialect::ALL.iter().map(|dialect| dialect.name()).collect::<Vec<_>>().join(", ")
}
