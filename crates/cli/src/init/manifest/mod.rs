//! Manifests of other tools, each read into the same [`Notes`](super::Notes) as a `.env.example`.

mod compose;
mod fnox;
mod profile;
mod secretspec;
mod toml;
mod tree;
mod varlock;
mod workflow;
mod yaml;
mod zod;

use std::path::Path;

use super::{Notes, env_example};

/// What kind of file an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manifest {
    EnvExample,
    Varlock,
    Secretspec,
    Fnox,
    Zod,
    Compose,
    Workflow,
}

/// A manifest that cannot be read from this line on, from 1. It never holds any of the text.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) line: u32,
    pub(crate) what: &'static str,
}

/// Where manifests usually are: what says the most comes first.
pub(crate) const USUAL: &[&str] = &[
    ".env.schema",
    "secretspec.toml",
    "fnox.toml",
    "src/env.ts",
    "src/env.mjs",
    "src/env.js",
    "env.ts",
    "env.mjs",
    "env.js",
    ".env.example",
    "compose.yaml",
    "compose.yml",
    "docker-compose.yml",
    "docker-compose.yaml",
];

impl Manifest {
    /// The kind by a file's name, then by what is in it.
    pub(crate) fn of(path: &Path, text: &str) -> Self {
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
        let has = |key: &str| text.lines().any(|line| line.starts_with(key));
        match () {
            () if ends(&[".env.schema"]) => Self::Varlock,
            () if name.starts_with("fnox.") || (ends(&[".toml"]) && has("[secrets")) => Self::Fnox,
            () if ends(&[".toml"]) => Self::Secretspec,
            () if ends(&[".ts", ".mts", ".js", ".mjs", ".cjs"]) => Self::Zod,
            () if ends(&[".yml", ".yaml"]) && has("jobs:") => Self::Workflow,
            () if ends(&[".yml", ".yaml"]) => Self::Compose,
            () if text.lines().any(|line| line.starts_with("# @default")) => Self::Varlock,
            () => Self::EnvExample,
        }
    }

    /// Reads a text of this kind.
    pub(crate) fn read(self, text: &str) -> Result<Notes, Broken> {
        match self {
            Self::EnvExample => Ok(env_example::read(text)),
            Self::Varlock => Ok(varlock::read(text)),
            Self::Secretspec => secretspec::read(text),
            Self::Fnox => fnox::read(text),
            Self::Zod => zod::read(text),
            Self::Compose => compose::read(text),
            Self::Workflow => workflow::read(text),
        }
    }
}
