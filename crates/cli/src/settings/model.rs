//! What can be set.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use envctl_dotenv::Dialect;
use envctl_resolver::sources::Tool;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::target::{TargetSettings, VaultSettings};

/// `envctl.toml`, as written. Everything has a default.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProjectFile {
    /// The contract.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) schema: Option<PathBuf>,
    /// The contract of the stack's configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stack_schema: Option<PathBuf>,
    /// The environment when none is asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) default_environment: Option<String>,
    /// Facts of the AWS account, for every environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) aws: Option<AwsSettings>,
    /// What opens vaults.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) vault: Option<VaultSettings>,
    /// The folder in which envctl keeps what it knows of runs on this machine.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) state: Option<PathBuf>,
    /// Where each environment's values are.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[serde(default)]
    pub(crate) environments: BTreeMap<String, EnvironmentSettings>,
    /// Parts of the contract, and where they go.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[serde(default)]
    pub(crate) targets: BTreeMap<String, TargetSettings>,
}

/// The settings that hold after all layers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub(crate) schema: PathBuf,
    pub(crate) stack_schema: Option<PathBuf>,
    pub(crate) default_environment: Option<String>,
    pub(crate) aws: Option<AwsSettings>,
    pub(crate) vault: Option<VaultSettings>,
    pub(crate) state: Option<PathBuf>,
    #[serde(default)]
    pub(crate) environments: BTreeMap<String, EnvironmentSettings>,
    #[serde(default)]
    pub(crate) targets: BTreeMap<String, TargetSettings>,
}

/// Where an environment's values are.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { file = \".env.prod\" }")]
pub(crate) struct EnvironmentSettings {
    /// Its env file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<PathBuf>,
    /// Several env files; a later one wins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) files: Option<Vec<PathBuf>>,
    /// Whose rules its env files are read and written by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dialect: Option<DialectName>,
    /// The template with examples.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) example: Option<PathBuf>,
    /// The stack whose outputs are read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) stack: Option<StackSettings>,
    /// Facts of the AWS account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) aws: Option<AwsSettings>,
    /// Targets whose values are read too, for variables that nothing else gives.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) stored: Vec<String>,
}

/// A reader of `.env` text, by its name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DialectName(pub(crate) Dialect);

impl<'de> Deserialize<'de> for DialectName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map(Self).map_err(serde::de::Error::custom)
    }
}

impl Serialize for DialectName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0.name())
    }
}

/// Where a stack's outputs are: recorded in a file, or asked of a tool.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { tool = \"pulumi\", dir = \"infra\" }")]
pub(crate) struct StackSettings {
    /// A file with recorded outputs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) outputs: Option<PathBuf>,
    /// The tool to ask.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tool: Option<StackTool>,
    /// The folder of the tool's project.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dir: Option<PathBuf>,
    /// The stack's name, for Pulumi.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) name: Option<String>,
    /// Whether the stack's configuration is read too, for Pulumi.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) config: Option<ConfigSource>,
    /// The namespace of configuration keys; the project's name if absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) namespace: Option<String>,
    /// Whether a failure is reported and passed over instead of ending the run.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) optional: Option<bool>,
}

/// Where a stack's configuration is read from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(untagged, expecting = "expected `true`, or the path of a stack's file such as `Pulumi.prod.yaml`")]
pub(crate) enum ConfigSource {
    /// `true`: asked of the tool.
    Live(bool),
    /// A `Pulumi.<stack>.yaml`, whose encrypted values stay closed.
    File(PathBuf),
}

/// A tool that knows outputs.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum StackTool {
    Pulumi,
    Terraform,
    Tofu,
}

impl fmt::Display for StackTool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Pulumi => "Pulumi",
            Self::Terraform => "Terraform",
            Self::Tofu => "OpenTofu",
        })
    }
}

impl StackTool {
    /// The command that makes a stack, and with it its outputs.
    pub(crate) fn apply(self) -> &'static str {
        match self {
            Self::Pulumi => "pulumi up",
            Self::Terraform => "terraform apply",
            Self::Tofu => "tofu apply",
        }
    }

    /// The tool whose command prints Terraform's shape; none for Pulumi.
    pub(crate) fn terraform(self) -> Option<Tool> {
        match self {
            Self::Pulumi => None,
            Self::Terraform => Some(Tool::Terraform),
            Self::Tofu => Some(Tool::Tofu),
        }
    }
}

/// Facts of the AWS account that are known beforehand.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { region = \"us-east-1\" }")]
pub(crate) struct AwsSettings {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<String>,
}
