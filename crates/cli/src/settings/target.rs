//! `[targets.NAME]`: parts of the contract, such as what one service or pipeline gets.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A part of the contract, with a presence and names of its own.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, expecting = "a table such as { vars = [\"API_KEY\"] }")]
pub(crate) struct TargetSettings {
    /// One sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) about: Option<String>,
    /// Where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) to: Option<String>,
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
}
