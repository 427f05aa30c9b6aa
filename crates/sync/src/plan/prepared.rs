//! What can be done with a plan before it is carried out.

use envschema::SecretValue;

use super::{Action, KeyChange, Plan, Prepared, RecordPlan};
use crate::target::Held;

impl Prepared {
    /// What the target holds under a key of a record, if that is a text.
    #[must_use]
    pub fn held_value(&self, record: &str, key: &str) -> Option<&SecretValue> {
        let at = self.plan.records.iter().position(|planned| planned.name == record)?;
        self.works[at].held.as_ref()?.entry(key)?.value.as_ref()
    }

    /// What the target holds under the name of a record, if it could be read.
    #[must_use]
    pub fn held(&self, record: &str) -> Option<&Held> {
        let at = self.plan.records.iter().position(|planned| planned.name == record)?;
        self.works[at].held.as_ref()
    }

    /// Whether a record of another plan may be written in place of this plan's, which met somebody else's write: it sets and
    /// removes the same keys, and they hold what they held when this was planned. A record is never deleted anew.
    #[must_use]
    pub fn holds_for(&self, now: &Self, record: &str) -> bool {
        let (Some(before), Some(after)) = (self.plan.record(record), now.plan.record(record)) else {
            return false;
        };
        let held =
            |prepared: &Self, key: &str| prepared.held(record).and_then(|held| held.entry(key).cloned());
        let mut written = before.keys.iter().filter(|key| key.change.writes());
        before.does_the_same(after)
            && before.action != Action::Remove
            && written.all(|key| held(self, &key.key) == held(now, &key.key))
    }

    /// Leaves out every other record.
    pub fn keep_only(&mut self, names: &[String]) {
        let keep: Vec<bool> = self.plan.records.iter().map(|record| names.contains(&record.name)).collect();
        let mut kept = keep.iter();
        self.plan.records.retain(|_| kept.next() == Some(&true));
        let mut kept = keep.iter();
        self.works.retain(|_| kept.next() == Some(&true));
    }
}

impl Plan {
    /// The record of a name.
    #[must_use]
    pub fn record(&self, name: &str) -> Option<&RecordPlan> {
        self.records.iter().find(|record| record.name == name)
    }
}

impl RecordPlan {
    /// Whether another plan for it, made on another version, sets and removes the same keys from the same sources.
    fn does_the_same(&self, other: &Self) -> bool {
        let writes = |record: &Self| -> Vec<(String, KeyChange)> {
            let keys = record.keys.iter().filter(|key| key.change.writes());
            keys.map(|key| (key.key.clone(), key.change)).collect()
        };
        self.name == other.name && self.action == other.action && writes(self) == writes(other)
    }
}
