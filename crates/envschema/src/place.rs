//! [`Place`]: where a value or a finding stands.

use std::fmt;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeMap;

/// Where a value was found, exactly enough to go there. It never holds a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// A line of a file; both numbers count from 1, columns in characters.
    File {
        /// The path as the user gave it; `-` for standard input.
        path: Arc<str>,
        /// The line.
        line: u32,
        /// The column.
        column: u32,
    },
    /// An output of an infrastructure stack.
    Output {
        /// What was read: `outputs.json`, `pulumi stack prod`, ...
        source: Arc<str>,
        /// The output's name.
        name: Arc<str>,
    },
    /// A key of a stack's configuration.
    Config {
        /// What was read: `Pulumi.prod.yaml`, `pulumi config of prod`, ...
        source: Arc<str>,
        /// The key with its namespace.
        name: Arc<str>,
    },
    /// A variable of the process environment.
    Process {
        /// The variable's name there.
        name: Arc<str>,
    },
    /// Given for this run by the user: an option or an answer.
    Given {
        /// How it was given: `--set-from-file`, `prompt`, ...
        how: Arc<str>,
    },
    /// Built by a template of the contract.
    Derived {
        /// The template's text, which is part of the contract and not secret.
        template: Arc<str>,
        /// Where the values stand that went into it.
        inputs: Arc<[Place]>,
    },
    /// Made by a generator.
    Generated {
        /// The generator's form, such as `base64:32`.
        form: Arc<str>,
    },
    /// A value that a target or a vault holds already.
    Stored {
        /// What was read: the kind of target and the record, such as `vault prod.vault.toml`.
        source: Arc<str>,
        /// The key there; empty in a record of one value.
        name: Arc<str>,
    },
    /// The contract's default.
    Default,
}

impl Place {
    /// A line of a file.
    #[must_use]
    pub fn file(path: impl Into<Arc<str>>, line: u32, column: u32) -> Self {
        Self::File { path: path.into(), line, column }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::File { .. } => "file",
            Self::Output { .. } => "output",
            Self::Config { .. } => "config",
            Self::Process { .. } => "process",
            Self::Given { .. } => "given",
            Self::Derived { .. } => "derived",
            Self::Generated { .. } => "generated",
            Self::Stored { .. } => "stored",
            Self::Default => "default",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line, .. } => write!(f, "{path}:{line}"),
            Self::Output { source, name } => write!(f, "output {name} of {source}"),
            Self::Config { source, name } => write!(f, "config {name} of {source}"),
            Self::Process { name } => write!(f, "environment variable {name}"),
            Self::Given { how } => f.write_str(how),
            Self::Derived { template, .. } => write!(f, "template {template}"),
            Self::Generated { form } => write!(f, "generator {form}"),
            Self::Stored { source, name } if name.is_empty() => f.write_str(source),
            Self::Stored { source, name } => write!(f, "{name} of {source}"),
            Self::Default => f.write_str("default"),
        }
    }
}

/// `{"kind", "text", …}` with the parts that the kind has.
impl Serialize for Place {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("kind", self.kind())?;
        map.serialize_entry("text", &self.to_string())?;
        match self {
            Self::File { path, line, column } => {
                map.serialize_entry("path", &**path)?;
                map.serialize_entry("line", line)?;
                map.serialize_entry("column", column)?;
            }
            Self::Output { source, name } | Self::Config { source, name } | Self::Stored { source, name } => {
                map.serialize_entry("source", &**source)?;
                map.serialize_entry("name", &**name)?;
            }
            Self::Process { name } => map.serialize_entry("name", &**name)?,
            Self::Derived { inputs, .. } => map.serialize_entry("inputs", &**inputs)?,
            Self::Given { .. } | Self::Generated { .. } | Self::Default => {}
        }
        map.end()
    }
}
