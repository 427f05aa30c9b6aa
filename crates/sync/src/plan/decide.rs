//! What becomes of each key: three values decide, the one that is wanted, the one that is there, and the one that we
//! wrote last.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{KeyChange, KeyPlan};
use crate::target::{Details, Held, HeldEntry};
use crate::wanted::{Wanted, WantedEntry};

/// What the user decided beforehand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Records that are not ours may be taken over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub adopt: bool,
    /// Records that carry our mark and that nobody wants are removed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub prune: bool,
    /// Keys or variables whose value at the target stays, although somebody else wrote it.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub accept: BTreeSet<String>,
    /// Keys or variables whose value at the target is replaced or removed, although somebody else wrote it. It counts
    /// where both are asked for.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub overwrite: BTreeSet<String>,
}

impl Choices {
    /// Whether nothing was decided.
    #[must_use]
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// What becomes of the keys of a record that is there. Those that stay as they are are left out.
pub(super) fn keys(wanted: &Wanted, held: &Held, details: &Details, choices: &Choices) -> Vec<KeyPlan> {
    let judge = Judge { held, details, choices };
    let set = wanted.entries.iter().filter_map(|entry| {
        let change = judge.set(entry)?;
        let from = (change != KeyChange::Accept).then(|| entry.place.to_string());
        Some(KeyPlan { key: entry.key.clone(), variable: Some(entry.variable.to_string()), change, from })
    });
    let there = |key: &&str| held.entry(key).is_some();
    let plan = |key: &str, change| KeyPlan { key: key.to_owned(), variable: None, change, from: None };
    let unset =
        wanted.unset.iter().map(String::as_str).filter(|key| wanted.removed().all(|gone| gone != *key));
    let unset = unset.filter(there).map(|key| plan(key, KeyChange::Unset));
    let removed = wanted.removed().filter(there).map(|key| plan(key, judge.remove(key)));
    set.chain(unset).chain(removed).collect()
}

struct Judge<'a> {
    held: &'a Held,
    details: &'a Details,
    choices: &'a Choices,
}

impl Judge<'_> {
    /// What becomes of a key that is to have a value; none if it has it.
    fn set(&self, entry: &WantedEntry) -> Option<KeyChange> {
        let now = self.held.entry(&entry.key);
        if now.is_some_and(|now| now.value.as_ref() == Some(&entry.value)) {
            return None;
        }
        if self.is_as_we_left_it(&entry.key) {
            return Some(if now.is_some() { KeyChange::Change } else { KeyChange::Add });
        }
        let chosen = |names: &BTreeSet<String>| is_in(names, &entry.key) || is_in(names, &entry.variable);
        // Only a text can be taken over by the sources.
        let is_text = now.is_some_and(|now| now.value.is_some());
        Some(match () {
            () if chosen(&self.choices.overwrite) => KeyChange::Overwrite,
            () if chosen(&self.choices.accept) && is_text => KeyChange::Accept,
            () => KeyChange::Drift,
        })
    }

    /// What becomes of a key that is to go. Somebody else's new value is not thrown away unasked either.
    fn remove(&self, key: &str) -> KeyChange {
        match () {
            () if self.is_as_we_left_it(key) || is_in(&self.choices.overwrite, key) => KeyChange::Remove,
            () if is_in(&self.choices.accept, key) => KeyChange::Accept,
            () => KeyChange::Drift,
        }
    }

    /// Whether nobody has changed a key since we wrote the record last, as far as that is known.
    fn is_as_we_left_it(&self, key: &str) -> bool {
        let Some(base) = &self.details.base else { return true };
        same(base.iter().find(|before| before.key == key), self.held.entry(key))
    }
}

/// Whether a name was decided about. The key of a record of one value is no name.
fn is_in(names: &BTreeSet<String>, name: &str) -> bool {
    !name.is_empty() && names.contains(name)
}

/// Whether a key is as we left it. What is no text was not written by us, and is taken for changed.
fn same(before: Option<&HeldEntry>, now: Option<&HeldEntry>) -> bool {
    match (before, now) {
        (None, None) => true,
        (Some(before), Some(now)) => before.value.is_some() && before.value == now.value,
        _ => false,
    }
}
