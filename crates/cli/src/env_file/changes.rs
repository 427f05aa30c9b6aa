//! [`Changes`]: what a new text changes in a file, by name.

use std::collections::HashSet;

use envctl_dotenv::{Dialect, LineKind, Outcome, Reader, Reading, lines};
use serde_json::{Map, Value};

use super::comment::is_ours;
use crate::render::{Look, Tone, counted, in_one_line};

/// What becomes of each name. It holds no value.
#[derive(Default)]
pub(crate) struct Changes {
    added: Vec<String>,
    changed: Vec<String>,
    removed: Vec<String>,
    same: usize,
    /// Lines with comments, or with what cannot be read, that are gone afterwards.
    lines: usize,
}

/// How a name stands before and after.
#[derive(Clone, Copy)]
enum Change {
    Added,
    Changed,
    Removed,
    Same,
}

impl Changes {
    /// Of an env file, as its reader reads it.
    pub(crate) fn of_env_file(before: &str, after: &str, dialect: Dialect) -> Self {
        let (mut old, mut new) = (Reader::new(dialect).read(before), Reader::new(dialect).read(after));
        if old.is_refused() || new.is_refused() {
            let lenient = Reader::new(Dialect::Portable);
            (old, new) = (lenient.read(before), lenient.read(after));
        }
        let mut changes = Self::default();
        for name in names(&old, &new) {
            changes.put(
                name,
                match (old.outcome(name), new.outcome(name)) {
                    (Outcome::Absent, _) => Change::Added,
                    (_, Outcome::Absent) => Change::Removed,
                    (before, after) if before == after => Change::Same,
                    _ => Change::Changed,
                },
            );
        }
        let left: HashSet<&str> = lines(after).map(|line| line.text().trim()).collect();
        changes.lines = lines(before)
            .filter(|line| matches!(line.kind(), LineKind::Comment | LineKind::Bad(_)))
            .filter(|line| !is_ours(line.text()) && !left.contains(line.text().trim()))
            .count();
        changes
    }

    /// Of a JSON object; none if the file holds anything else.
    pub(crate) fn of_json(before: &[u8], after: &str) -> Option<Self> {
        let old: Map<String, Value> = serde_json::from_slice(before).ok()?;
        let new: Map<String, Value> = serde_json::from_str(after).ok()?;
        let mut changes = Self::default();
        for (name, value) in &new {
            changes.put(
                name,
                match old.get(name) {
                    None => Change::Added,
                    Some(before) if before == value => Change::Same,
                    Some(_) => Change::Changed,
                },
            );
        }
        for name in old.keys().filter(|name| !new.contains_key(*name)) {
            changes.put(name, Change::Removed);
        }
        Some(changes)
    }

    fn put(&mut self, name: &str, change: Change) {
        match change {
            Change::Added => self.added.push(name.to_owned()),
            Change::Changed => self.changed.push(name.to_owned()),
            Change::Removed => self.removed.push(name.to_owned()),
            Change::Same => self.same += 1,
        }
    }

    /// `1 added, 2 changed`
    pub(crate) fn summary(&self) -> String {
        let counts =
            [(self.added.len(), "added"), (self.changed.len(), "changed"), (self.removed.len(), "removed")];
        let parts: Vec<_> = counts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        if parts.is_empty() { "the same values".to_owned() } else { parts.join(", ") }
    }
}

/// Every name, in the order of the new text first.
fn names<'r>(old: &'r Reading, new: &'r Reading) -> Vec<&'r str> {
    let mut seen = HashSet::new();
    let both = new.variables().chain(old.variables()).map(envctl_dotenv::Variable::name);
    both.filter(|name| seen.insert(*name)).collect()
}

/// A line for each name that is not the same, and how many are.
pub(crate) fn changes_text(changes: &Changes, look: Look) -> String {
    let mut text = String::new();
    let kinds = [
        ("added", Tone::Good, &changes.added),
        ("changed", Tone::Warning, &changes.changed),
        ("removed", Tone::Error, &changes.removed),
    ];
    for (what, tone, names) in kinds {
        for name in names {
            text.push_str(&format!("  {}  {}\n", look.paint(tone, &format!("{what:<7}")), in_one_line(name)));
        }
    }
    if changes.lines > 0 {
        let lines = counted(changes.lines, "line");
        text.push_str(&format!("  {}  {lines} of comments\n", look.paint(Tone::Error, "removed")));
    }
    if changes.same > 0 {
        text.push_str(&format!("  {:<7}  {}\n", "same", counted(changes.same, "variable")));
    }
    text
}
