//! [`Target`]: a place that values go to, and what is there now.

use std::fmt;

use envschema::SecretValue;
use serde::{Deserialize, Serialize};

use crate::change::{Applied, ApplyError, Change};

/// Where a target is, exactly enough that a plan made for it is carried out nowhere else. It holds no value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Identity {
    /// What it is: `secretsmanager`, `ssm`, `vault`, `file`, `command`.
    pub kind: String,
    /// Where it is, for people: a path, a program, an endpoint other than the provider's own. Empty if the rest says it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// The account, of a cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    /// The region, of a cloud.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// Who asks, for people. Another one may carry out the same plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<String>,
}

impl Identity {
    /// Whether a plan for `self` may be carried out at `other`.
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        let place =
            |one: &Self| (one.kind.clone(), one.address.clone(), one.account.clone(), one.region.clone());
        place(self) == place(other)
    }

    /// The place as a text for tokens: the same for every principal.
    pub(crate) fn to_token_place(&self) -> String {
        let known = |part: &Option<String>| part.clone().unwrap_or_default();
        [self.kind.clone(), self.address.clone(), known(&self.account), known(&self.region)].join("\u{1f}")
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let account = self.account.as_ref().map(|account| format!("account {account}"));
        let principal = self.principal.as_ref().map(|principal| format!("as {principal}"));
        let address = Some(self.address.clone()).filter(|address| !address.is_empty());
        let parts = [Some(self.kind.clone()), address, account, self.region.clone(), principal];
        f.write_str(&parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }
}

/// What one record of a target holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Many keys with a text each: a JSON object in one secret, an env file.
    Keys,
    /// One value, whose key is the empty text.
    Single,
}

/// One entry of a record as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldEntry {
    /// The key; empty in a record of [`Shape::Single`].
    pub key: String,
    /// The text; none for what is no text, such as a number or an object in somebody's JSON.
    pub value: Option<SecretValue>,
}

/// A record that can be read.
#[derive(Clone, Debug)]
pub struct Held {
    /// What changes with every write to it.
    pub version: String,
    /// What refers to it from outside, such as a full ARN as the service gave it.
    pub reference: Option<String>,
    /// Its entries in their order.
    pub entries: Vec<HeldEntry>,
    /// All that it holds, as it is.
    pub content: SecretValue,
    /// Whether this version is one that envctl wrote for this project and environment.
    pub is_own_version: bool,
}

impl Held {
    /// The entry of a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&HeldEntry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}

/// What is at a target under one name.
#[derive(Clone, Debug)]
pub enum Observed {
    /// Nothing, which was confirmed: it is not merely out of sight.
    Absent,
    /// A record that can be read.
    Held(Held),
    /// A record that the service is going to delete, and that can be restored.
    Scheduled {
        /// The day, as the service tells it.
        on: Option<String>,
    },
    /// Something that must not be touched: no JSON object, binary, a key twice.
    Unusable {
        /// What it is.
        what: String,
        /// What to do.
        help: String,
    },
    /// It could not be looked at. Never taken for absent.
    Unknown(TargetError),
}

/// What is asked about a record only if it is to be changed, because asking costs a call.
#[derive(Clone, Debug, Default)]
pub struct Details {
    /// Whose it is.
    pub owner: Owner,
    /// What the version held that envctl wrote last, if it is not the current one and still there.
    pub base: Option<Vec<HeldEntry>>,
    /// Since when the current version is there, as the service tells it.
    pub since: Option<String>,
    /// Why it must not be changed by us, although it can be read: rotation, another service that owns it.
    pub refused: Option<Refused>,
}

/// Whose a record is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Owner {
    /// This project's and environment's.
    #[default]
    Ours,
    /// Nobody has marked it.
    Nobody,
    /// Somebody else's: who, for people, such as `project shop, environment dev`.
    Other(String),
}

/// Why a record is left alone, with what to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// Why.
    pub why: String,
    /// What to do.
    pub help: String,
}

/// What a change sets and removes in a record.
#[derive(Clone, Debug, Default)]
pub struct Edits<'a> {
    /// Keys with their new texts, in the order of the contract.
    pub set: Vec<(&'a str, &'a SecretValue)>,
    /// Keys that go.
    pub remove: Vec<&'a str>,
}

/// A place that values go to.
///
/// Calls block, and may come from several threads at once. Nothing is asked twice that one call tells.
pub trait Target: Send + Sync {
    /// Where it is, and who asks.
    ///
    /// # Errors
    /// [`TargetError`] if the service does not tell.
    fn identity(&self) -> Result<Identity, TargetError>;

    /// What its records hold.
    fn shape(&self) -> Shape;

    /// What is there under each name, in the order of `names`, with as few calls as the service allows.
    fn observe(&self, names: &[&str]) -> Vec<Observed>;

    /// What is asked about a record that is to be changed.
    ///
    /// # Errors
    /// [`TargetError`] if the service does not tell.
    fn details(&self, name: &str, held: &Held) -> Result<Details, TargetError>;

    /// All that a record is to hold: what it holds now (nothing if `None`) with the edits, everything else as it is
    /// byte for byte. Pure.
    ///
    /// # Errors
    /// [`Refused`] for what the service would not take: the limit is told as a number, no value is.
    fn render(&self, name: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused>;

    /// Carries out a change: creates, replaces what it was planned on, restores, removes.
    ///
    /// # Errors
    /// [`ApplyError`], which says whether anything was changed.
    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError>;

    /// Names of records that carry the mark of this project and environment, for `--prune`.
    ///
    /// # Errors
    /// [`TargetError`] if the service does not tell.
    fn marked(&self) -> Result<Vec<String>, TargetError>;
}

/// What is there under each name. A name that a target tells nothing of is unknown: it must not look like one less.
pub(crate) fn observe_each(target: &dyn Target, names: &[&str]) -> Vec<Observed> {
    let mut observed = target.observe(names);
    observed.resize_with(names.len(), || {
        Observed::Unknown(TargetError {
            kind: Failure::Rejected,
            code: None,
            message: "the target did not tell what is there".to_owned(),
            help: None,
        })
    });
    observed
}

/// Why a target was of no help. It never holds a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct TargetError {
    /// What kind of failure.
    pub kind: Failure,
    /// The code that the service gave, such as `AccessDeniedException`.
    pub code: Option<String>,
    /// What happened, with the name of what it happened to.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// Kinds of failure of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum Failure {
    /// It may not be done by who asks.
    Denied,
    /// Credentials are missing or have expired.
    Credentials,
    /// The service cannot be reached or fails.
    Outage,
    /// The service asked to slow down until the time was over.
    Throttled,
    /// The time was over.
    Deadline,
    /// A setting is wrong.
    Settings,
    /// The service refused it for another reason.
    Rejected,
}
