//! `[targets.NAME]`: parts of the contract, such as what one service or pipeline gets.

use std::collections::BTreeMap;

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::model::DialectName;

/// A part of the contract, with a presence and names of its own.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { vars = [\"API_KEY\"] }")]
pub(crate) struct TargetSettings {
    /// One sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) about: Option<String>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<To>,
    /// What it is called outside; may refer to the environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<String>,
    /// What the secret with its values is called where it goes; may refer to the environment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) secret: Option<String>,
    /// Its variables; with those of `groups`. All of the contract if neither is there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) vars: Option<Vec<String>>,
    /// Groups whose variables it has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) groups: Option<Vec<String>>,
    /// The profile of the contract that counts for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<String>,
    /// The environment that it is always for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) environment: Option<String>,
    /// Variables that have to be there, whatever the contract says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) required: Vec<String>,
    /// Variables that need not be there, whatever the contract says.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) optional: Vec<String>,
    /// What variables are called there.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) names: BTreeMap<String, String>,
    /// Second names, each with the variable that it is another name of.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) also: BTreeMap<String, String>,
    /// Variables that may stand in the open there, although the contract calls them secret.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) plain: Vec<String>,
    /// Targets that have to be there before it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) needs: Vec<String>,
    /// Whether its values are in one secret or in one for each variable, in Secrets Manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) layout: Option<Layout>,
    /// The file of an env file or a vault; what parameters are called, which may refer to the environment and to the
    /// `variable`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) path: Option<String>,
    /// Whose rules the env file is written by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) dialect: Option<DialectName>,
    /// The program that is handed the values, with its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) command: Option<Vec<String>>,
    /// Which account of AWS, in place of the environment's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) aws: Option<TargetAws>,
    /// The key of KMS that values are encrypted with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) kms_key: Option<String>,
    /// What is said of a new secret or parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) description: Option<String>,
    /// Tags of a new secret or parameter.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) tags: BTreeMap<String, String>,
    /// Regions that a new secret is copied to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) replicas: Vec<String>,
    /// Days in which a removed secret can be brought back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) recovery_days: Option<u8>,
    /// The tier of new parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) tier: Option<TierName>,
    /// A table of `DynamoDB` in which runs of envctl lock the parameters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) lock_table: Option<String>,
    /// Keys that are to go. No key goes without being listed here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) remove: Vec<String>,
}

/// Where values can go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum To {
    SecretsManager,
    Ssm,
    Vault,
    File,
    Command,
}

impl To {
    /// Every kind, with its name in the settings.
    pub(crate) const ALL: [(Self, &'static str); 5] = [
        (Self::Vault, "vault"),
        (Self::File, "file"),
        (Self::Command, "command"),
        (Self::SecretsManager, "secretsmanager"),
        (Self::Ssm, "ssm"),
    ];

    /// Its name in the settings.
    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(to, _)| *to == self).map_or("", |(_, name)| name)
    }

    /// The service for people.
    pub(crate) fn service(self) -> &'static str {
        match self {
            Self::SecretsManager => "AWS Secrets Manager",
            Self::Ssm => "AWS Parameter Store",
            Self::Vault => "a vault",
            Self::File => "an env file",
            Self::Command => "a program",
        }
    }
}

/// How values are laid out in Secrets Manager.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Layout {
    /// One secret with a JSON object.
    #[default]
    Bundle,
    /// A secret for each variable.
    PerVariable,
}

/// A tier of Parameter Store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum TierName {
    Standard,
    Advanced,
    Intelligent,
}

/// Which account of AWS.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { region = \"us-east-1\" }")]
pub(crate) struct TargetAws {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) region: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) account: Option<String>,
    /// The profile of the shared configuration.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) profile: Option<String>,
}

/// `[vault]`: what opens vaults.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { identity = \"~/.config/envctl/identity.txt\" }")]
pub(crate) struct VaultSettings {
    /// The file with the identities.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) identity: Option<PathBuf>,
}
