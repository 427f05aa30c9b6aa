//! What becomes of each key: three values decide, the one that is wanted, the one that is there, and the one that we
//! wrote last.

use std::collections::BTreeSet;

use super::{KeyChange, KeyPlan};
use crate::target::{Details, Held, HeldEntry};
use crate::wanted::{Wanted, WantedEntry};

/// What the user decided beforehand.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// Records that are not ours may be taken over.
    pub adopt: bool,
    /// Keys or variables whose value at the target stays, although somebody else wrote it.
    pub accept: BTreeSet<String>,
    /// Keys or variables whose value at the target is replaced, although somebody else wrote it.
    pub overwrite: BTreeSet<String>,
}

/// What becomes of the keys of a record that is there. Those that stay as they are are left out.
pub(super) fn keys(wanted: &Wanted, held: &Held, details: &Details, choices: &Choices) -> Vec<KeyPlan> {
    let set = wanted.entries.iter().filter_map(|entry| {
        let change = change(entry, held, details, choices)?;
        let from = (change != KeyChange::Accept).then(|| entry.place.to_string());
        Some(KeyPlan { key: entry.key.clone(), variable: Some(entry.variable.to_string()), change, from })
    });
    let there = |key: &&String| held.entry(key).is_some();
    let plan = |change| move |key: &String| KeyPlan { key: key.clone(), variable: None, change, from: None };
    let unset = wanted.unset.iter().filter(there).map(plan(KeyChange::Unset));
    let removed = wanted.remove.iter().filter(there).map(plan(KeyChange::Remove));
    set.chain(unset).chain(removed).collect()
}

fn change(entry: &WantedEntry, held: &Held, details: &Details, choices: &Choices) -> Option<KeyChange> {
    let now = held.entry(&entry.key);
    if now.is_some_and(|now| now.value.as_ref() == Some(&entry.value)) {
        return None;
    }
    let plain = if now.is_some() { KeyChange::Change } else { KeyChange::Add };
    let Some(base) = &details.base else { return Some(plain) };
    let before = base.iter().find(|before| before.key == entry.key);
    if same(before, now) {
        return Some(plain);
    }
    let chosen = |names: &BTreeSet<String>| names.contains(&entry.key) || names.contains(&*entry.variable);
    Some(match () {
        () if chosen(&choices.overwrite) => KeyChange::Overwrite,
        () if chosen(&choices.accept) && now.is_some_and(|now| now.value.is_some()) => KeyChange::Accept,
        () => KeyChange::Drift,
    })
}

/// Whether a key is as we left it. What is no text was not written by us, and is taken for changed.
fn same(before: Option<&HeldEntry>, now: Option<&HeldEntry>) -> bool {
    match (before, now) {
        (None, None) => true,
        (Some(before), Some(now)) => before.value.is_some() && before.value == now.value,
        _ => false,
    }
}
