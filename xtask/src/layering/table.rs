//! The one table of layers: each crate of the workspace, what it may use and what it has to stay free of.

use std::fmt;

/// What one crate may do.
pub struct Row {
    /// The package.
    pub name: &'static str,
    /// Our crates that it may depend on, tests left aside.
    pub uses: Uses,
    /// It never reaches what [`is_heavy`], not even through others.
    pub lean: bool,
    /// It is a library: it neither prints nor reads the process environment, and knows no command line.
    pub silent: bool,
}

/// The crates of the workspace that a crate may depend on.
pub enum Uses {
    /// These.
    Only(&'static [&'static str]),
    /// All of them.
    Any,
}

impl Uses {
    /// Whether `name` is among them.
    #[must_use]
    pub fn allows(&self, name: &str) -> bool {
        match self {
            Self::Only(names) => names.contains(&name),
            Self::Any => true,
        }
    }
}

impl fmt::Display for Uses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only([]) => f.write_str("no other crate of the workspace"),
            Self::Only(names) => write!(f, "`{}`", names.join("`, `")),
            Self::Any => f.write_str("every crate of the workspace"),
        }
    }
}

/// The layers, lowest first. A crate that is not here fails the check.
pub const ROWS: &[Row] = &[
    library("envschema", &[]),
    library("envctl-dotenv", &[]),
    library("envctl-resolver", &["envschema", "envctl-dotenv"]),
    library("envctl-engine", &["envschema", "envctl-dotenv", "envctl-resolver"]),
    library("envctl-sync", &["envschema", "envctl-dotenv", "envctl-resolver"]),
    library("envctl-vault", &["envschema", "envctl-dotenv", "envctl-resolver", "envctl-sync"]),
    library("envctl-setup", &["envschema", "envctl-dotenv", "envctl-resolver", "envctl-sync"]),
    library("envctl-ffi", &["envctl-engine"]),
    Row {
        lean: false,
        ..library("envctl-aws", &["envschema", "envctl-dotenv", "envctl-resolver", "envctl-sync"])
    },
    Row {
        silent: false,
        ..library(
            "envctl",
            &[
                "envschema",
                "envctl-dotenv",
                "envctl-resolver",
                "envctl-engine",
                "envctl-sync",
                "envctl-vault",
                "envctl-setup",
            ],
        )
    },
    unrestricted("envctl-cloud", Uses::Only(&["envctl", "envctl-aws"])),
    unrestricted(
        "envctl-testkit",
        Uses::Only(&["envschema", "envctl-dotenv", "envctl-resolver", "envctl-sync", "envctl-setup"]),
    ),
    unrestricted("xtask", Uses::Any),
    unrestricted("xtask-baseline", Uses::Only(&[])),
];

/// The row of a crate.
#[must_use]
pub fn row(name: &str) -> Option<&'static Row> {
    ROWS.iter().find(|row| row.name == name)
}

/// An async runtime, a TLS stack or a cloud SDK: what makes a program slow to build and slow to start.
#[must_use]
pub fn is_heavy(name: &str) -> bool {
    ["tokio", "hyper", "rustls"].contains(&name) || name.starts_with("aws-")
}

/// The parser of command lines.
#[must_use]
pub fn is_command_line(name: &str) -> bool {
    name == "clap"
}

const fn library(name: &'static str, uses: &'static [&'static str]) -> Row {
    Row { name, uses: Uses::Only(uses), lean: true, silent: true }
}

const fn unrestricted(name: &'static str, uses: Uses) -> Row {
    Row { name, uses, lean: false, silent: false }
}
