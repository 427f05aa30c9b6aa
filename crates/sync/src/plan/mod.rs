//! [`Plan`]: what would change at a target, as data without values.

mod between;
mod decide;
mod planner;
mod prepared;
mod saved;

use serde::{Deserialize, Serialize};

use crate::target::{Failure, Identity, Refused};
use crate::token::Fingerprint;

pub(crate) use between::Work;
pub use between::{Prepared, Seen, prepare, prepare_seen};
pub use decide::Choices;
pub use saved::{Mismatch, PlanError};

/// The version of the format of saved plans.
pub const FORMAT: u32 = 1;

/// What would change at one target. It holds no value, no length of one, and no digest without a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// The version of the format of saved plans.
    pub format: u32,
    /// The target's name in the project.
    pub target: String,
    /// The environment, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub environment: Option<String>,
    /// Where the target is.
    pub place: Identity,
    /// Which key its digests are made with, see [`crate::token::Key::id`].
    pub key: Fingerprint,
    /// What the user decided beforehand.
    #[serde(default, skip_serializing_if = "Choices::is_none")]
    pub choices: Choices,
    /// Its records.
    pub records: Vec<RecordPlan>,
}

/// What would become of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordPlan {
    /// The record.
    pub name: String,
    /// What is done with it.
    pub action: Action,
    /// The version that was read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The token of the write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// What tells the content from others that is to be written, or that is kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<Fingerprint>,
    /// Whether it gets our mark first, because it was asked for with `--adopt`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub adopt: bool,
    /// What becomes of its keys; those that stay as they are are left out.
    pub keys: Vec<KeyPlan>,
    /// How many of its keys are not ours, and stay.
    #[serde(default)]
    pub foreign: usize,
    /// How many keys are as they should be.
    #[serde(default)]
    pub unchanged: usize,
    /// Since when the version that was read is there, if it is not ours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
}

/// What is done with a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is", deny_unknown_fields)]
pub enum Action {
    /// It is made.
    Create,
    /// Some of its keys are set or removed.
    Update,
    /// It is to be deleted; where the service has a recovery window, it can be brought back.
    Remove,
    /// It is going to be deleted, and would have to be brought back first.
    Restore {
        /// The day of its deletion, as the service tells it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        on: Option<String>,
    },
    /// It is as it should be.
    Keep,
    /// Somebody changed keys of it that we have other values for, and somebody has to decide.
    Drifted,
    /// It is not touched.
    Refuse(Refused),
    /// It could not be looked at.
    Unknown {
        /// What kind of failure.
        kind: Failure,
        /// What happened.
        why: String,
        /// What to do.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        help: Option<String>,
    },
}

impl Action {
    /// Whether it writes.
    #[must_use]
    pub fn writes(&self) -> bool {
        matches!(self, Self::Create | Self::Update | Self::Remove)
    }
}

/// What becomes of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct KeyPlan {
    /// The key; empty in a record of one value.
    pub key: String,
    /// The variable, unless it is a key that goes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variable: Option<String>,
    /// What becomes of it.
    pub change: KeyChange,
    /// Where the new value comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// What becomes of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case")]
pub enum KeyChange {
    /// It is added.
    Add,
    /// It gets another value.
    Change,
    /// It goes.
    Remove,
    /// Somebody gave it another value than we did, and ours is written again, as was asked for.
    Overwrite,
    /// Somebody gave it another value than we did, and theirs stays, as was asked for.
    Accept,
    /// Somebody gave it another value than we did; nothing is done before somebody decides.
    Drift,
    /// It has a value there and none here; that value stays.
    Unset,
}

impl KeyChange {
    /// Whether it changes what the record holds.
    #[must_use]
    pub fn writes(self) -> bool {
        matches!(self, Self::Add | Self::Change | Self::Remove | Self::Overwrite)
    }
}

impl Plan {
    /// Whether the target is as it should be: nothing to do, to decide, or to find out.
    #[must_use]
    pub fn is_in_sync(&self) -> bool {
        self.records.iter().all(|record| record.action == Action::Keep && !record.waits())
    }

    /// The records that would be written.
    pub fn writes(&self) -> impl Iterator<Item = &RecordPlan> {
        self.records.iter().filter(|record| record.action.writes())
    }

    /// The records that need a decision, or that may not be touched.
    pub fn refused(&self) -> impl Iterator<Item = &RecordPlan> {
        self.records.iter().filter(|record| {
            matches!(record.action, Action::Refuse(_) | Action::Restore { .. } | Action::Drifted)
        })
    }

    /// The records that could not be looked at.
    pub fn unknown(&self) -> impl Iterator<Item = &RecordPlan> {
        self.records.iter().filter(|record| matches!(record.action, Action::Unknown { .. }))
    }
}

impl RecordPlan {
    /// Whether a key of it was changed by somebody else and stays, which the sources do not know.
    fn waits(&self) -> bool {
        self.keys.iter().any(|key| key.change == KeyChange::Accept)
    }

    /// The keys that somebody else changed, and that nobody has decided about.
    pub fn drifted(&self) -> impl Iterator<Item = &KeyPlan> {
        self.keys.iter().filter(|key| key.change == KeyChange::Drift)
    }

    /// How many keys have a change.
    #[must_use]
    pub fn count(&self, change: KeyChange) -> usize {
        self.keys.iter().filter(|key| key.change == change).count()
    }
}
