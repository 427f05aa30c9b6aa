//! A plan for people: each record with what would become of it, each key with its reason; never a value.

use std::fmt::Write as _;

use envctl_sync::{Action, KeyChange, KeyPlan, Plan, RecordPlan};

use crate::render::{Look, Tone, counted, printable};
use crate::settings::To;

/// The plan, ended by one line that sums it up.
pub(crate) fn plan_text(plan: &Plan, look: Look) -> String {
    let mut text = String::new();
    let _ = writeln!(text, "{}", look.paint(Tone::Heading, &plan.place.to_string()));
    for record in plan.records.iter().filter(|record| !is_quiet(record)) {
        push_record(&mut text, record, &plan.place.kind, look);
    }
    let _ = writeln!(text, "{}", summary(plan, look));
    text
}

/// A record that has nothing to tell.
fn is_quiet(record: &RecordPlan) -> bool {
    record.action == Action::Keep && record.keys.is_empty()
}

fn push_record(text: &mut String, record: &RecordPlan, kind: &str, look: Look) {
    let (tone, mark) = mark(&record.action);
    let name = printable(&record.name, false);
    let _ = writeln!(text, "{} {name}  {}", look.paint(tone, mark), about(record, kind));
    let longest = record.keys.iter().map(|key| key.key.len()).max().unwrap_or(0);
    for key in &record.keys {
        push_key(text, key, longest, look);
    }
    if let Some((why, help)) = why(&record.action) {
        let _ = writeln!(text, "    {}", look.wrap("", 4, &why));
        if let Some(help) = help {
            let _ = writeln!(text, "    {}: {}", look.paint(Tone::Good, "help"), look.wrap("", 4, &help));
        }
    }
}

fn push_key(text: &mut String, key: &KeyPlan, longest: usize, look: Look) {
    let (tone, mark, word) = match key.change {
        KeyChange::Add => (Tone::Good, "+", "add"),
        KeyChange::Change => (Tone::Warning, "~", "change"),
        KeyChange::Remove => (Tone::Error, "-", "remove"),
        KeyChange::Overwrite => (Tone::Warning, "~", "overwrite what somebody else wrote"),
        KeyChange::Accept => (Tone::Warning, "<", "keep what somebody else wrote"),
        KeyChange::Drift => (Tone::Error, "!", "somebody else changed it"),
        KeyChange::Unset => (Tone::Faint, ".", "has no value here; kept"),
    };
    let from = match (&key.from, key.change) {
        (None, _) => String::new(),
        (Some(from), KeyChange::Drift) => format!("; ours is from {from}"),
        (Some(from), _) => format!(", from {from}"),
    };
    let variable = key.variable.as_deref().filter(|variable| *variable != key.key);
    let variable = match (variable, key.key.is_empty()) {
        (Some(variable), false) => format!(" ({variable})"),
        _ => String::new(),
    };
    let name = if key.key.is_empty() { key.variable.as_deref().unwrap_or_default() } else { &key.key };
    let from = printable(&from, false);
    let _ = writeln!(text, "    {} {name:<longest$}  {word}{variable}{from}", look.paint(tone, mark));
}

/// `2 change, 1 add, 4 not ours (kept)`; `kind` is the target's.
fn about(record: &RecordPlan, kind: &str) -> String {
    let counts = [
        (KeyChange::Add, "add"),
        (KeyChange::Change, "change"),
        (KeyChange::Overwrite, "overwrite"),
        (KeyChange::Remove, "remove"),
        (KeyChange::Drift, "drifted"),
        (KeyChange::Accept, "kept as somebody else wrote it"),
    ];
    let counted = counts.into_iter().map(|(change, word)| (record.count(change), word));
    let mut parts: Vec<String> =
        counted.filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
    if record.foreign > 0 {
        parts.push(format!("{} not ours (kept)", record.foreign));
    }
    let first = match &record.action {
        Action::Create => Some("new"),
        Action::Remove if kind == To::SecretsManager.name() => Some("to be deleted; it can be brought back"),
        Action::Remove => Some("to be deleted for good"),
        Action::Restore { .. } => Some("going to be deleted"),
        Action::Refuse(_) => Some("not touched"),
        Action::Unknown { .. } => Some("not known"),
        Action::Drifted => Some("not touched"),
        Action::Keep | Action::Update => None,
    };
    let adopted = record.adopt.then_some("taken over");
    let words = first.into_iter().chain(adopted).map(str::to_owned);
    words.chain(parts).collect::<Vec<_>>().join(", ")
}

fn mark(action: &Action) -> (Tone, &'static str) {
    match action {
        Action::Create => (Tone::Good, "+"),
        Action::Update => (Tone::Warning, "~"),
        Action::Remove => (Tone::Error, "-"),
        Action::Keep => (Tone::Faint, "="),
        Action::Restore { .. } | Action::Drifted | Action::Refuse(_) => (Tone::Error, "!"),
        Action::Unknown { .. } => (Tone::Error, "?"),
    }
}

/// Why a record is not touched, and what to do.
pub(super) fn why(action: &Action) -> Option<(String, Option<String>)> {
    Some(match action {
        Action::Restore { on } => (
            match on {
                Some(on) => format!("it is going to be deleted on {on}"),
                None => "it is going to be deleted".to_owned(),
            },
            Some("to bring it back and write to it: `--restore`".to_owned()),
        ),
        Action::Drifted => (
            "keys of it have another value than envctl wrote".to_owned(),
            Some(
                "`--overwrite KEY` writes ours, `--accept-remote KEY` takes theirs into the env file"
                    .to_owned(),
            ),
        ),
        Action::Refuse(refused) => (refused.why.clone(), Some(refused.help.clone())),
        Action::Unknown { why, help, .. } => (why.clone(), help.clone()),
        Action::Create | Action::Update | Action::Remove | Action::Keep => return None,
    })
}

/// `plan: 1 new, 2 to update, 7 as they should be`
fn summary(plan: &Plan, look: Look) -> String {
    let count = |is: fn(&Action) -> bool| plan.records.iter().filter(|record| is(&record.action)).count();
    let counts = [
        (count(|action| *action == Action::Create), "new"),
        (count(|action| *action == Action::Update), "to update"),
        (count(|action| *action == Action::Remove), "to delete"),
        (plan.refused().count(), "not touched"),
        (plan.unknown().count(), "not known"),
    ];
    let mut parts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let kept = count(|action| *action == Action::Keep);
    if parts.is_empty() {
        let records = counted(plan.records.len(), "record");
        let are = if plan.records.len() == 1 { "is as it should be" } else { "are as they should be" };
        return format!("{} {records} {are}", look.paint(Tone::Good, look.symbol("✓", "ok:")));
    }
    if kept > 0 {
        parts.push(format!("{kept} as they should be"));
    }
    format!("{} {}", look.paint(Tone::Heading, "plan:"), parts.join(", "))
}
