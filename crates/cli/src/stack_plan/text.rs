//! A plan for people: a table of the keys in their groups, the commands, and how many keys are in each state.

use std::fmt::Write as _;

use super::{Key, Plan, Status};
use crate::render::{Look, Tone, counted, place_text};

/// Longer values are cut in the table; the commands have them whole.
const LONGEST_VALUE: usize = 40;

/// The table and the commands; `findings` stand between them.
pub(crate) fn plan_text(plan: &Plan, findings: &str, look: Look) -> String {
    let mut text = String::new();
    let keys = plan.keys.iter().map(|key| key.key.chars().count()).max().unwrap_or(0);
    let rows: Vec<(&Key, String)> = plan.keys.iter().map(|key| (key, value_text(key, look))).collect();
    let values = rows.iter().map(|(_, value)| value.chars().count()).max().unwrap_or(0);
    let groups = groups(plan);
    let rest = if groups.len() > 1 { "Other keys" } else { "Keys" };
    for group in groups {
        let _ = writeln!(text, "{}", look.paint(Tone::Heading, group.unwrap_or(rest)));
        for (key, value) in rows.iter().filter(|(key, _)| key.group.as_deref() == group) {
            let word = format!("{:<10}", word(key.status));
            let word = tone(key.status).map_or_else(|| word.clone(), |tone| look.paint(tone, &word));
            let line = format!("  {word}  {:<keys$}  {value:<values$}  {}", key.key, origin(key));
            let _ = writeln!(text, "{}", line.trim_end());
        }
        text.push('\n');
    }
    if !findings.is_empty() {
        let _ = writeln!(text, "{findings}");
    }
    let commands: Vec<_> = plan.keys.iter().filter_map(|key| key.command.as_ref()).collect();
    if !commands.is_empty() {
        let _ = writeln!(text, "{}", look.paint(Tone::Heading, "Commands"));
        for command in commands {
            let _ = writeln!(text, "  {}", command.line());
        }
        text.push('\n');
    }
    push_summary(&mut text, plan, look);
    text
}

/// The groups that have keys, in the order in which they first do.
fn groups(plan: &Plan) -> Vec<Option<&str>> {
    let mut groups = Vec::new();
    for key in &plan.keys {
        if !groups.contains(&key.group.as_deref()) {
            groups.push(key.group.as_deref());
        }
    }
    // What has no group comes last, as in every report.
    groups.sort_by_key(Option::is_none);
    groups
}

fn word(status: Status) -> &'static str {
    Status::WORDS.iter().find(|(of, ..)| *of == status).map_or("", |(_, word, _)| word)
}

fn tone(status: Status) -> Option<Tone> {
    match status {
        Status::Set | Status::Change => Some(Tone::Good),
        Status::Encrypted => Some(Tone::Warning),
        Status::Missing | Status::Invalid => Some(Tone::Error),
        Status::Unchanged | Status::Default => None,
        Status::Unset | Status::NotNeeded => Some(Tone::Faint),
    }
}

fn value_text(key: &Key, look: Look) -> String {
    let masked = || "[secret]".to_owned();
    match (key.status, &key.value, &key.present) {
        (Status::Missing | Status::Invalid | Status::Unset | Status::NotNeeded, ..) => String::new(),
        (Status::Change, Some(value), Some(present)) => {
            format!("{} {} {}", short(present), look.symbol("→", "->"), short(value))
        }
        (_, Some(value), _) => short(value),
        (_, None, _) => masked(),
    }
}

/// A value on one line, cut if it is long.
fn short(value: &str) -> String {
    let plain = !value.is_empty() && !value.contains(|c: char| c.is_control() || c.is_whitespace());
    let text = if plain { value.to_owned() } else { format!("{value:?}") };
    if text.chars().count() <= LONGEST_VALUE {
        return text;
    }
    text.chars().take(LONGEST_VALUE - 3).chain("...".chars()).collect()
}

/// Where the value comes from, and what else there is to know.
fn origin(key: &Key) -> String {
    let place = match (key.status, &key.place) {
        (Status::Set | Status::Change | Status::Encrypted, Some(place)) => Some(match key.layer {
            Some(envctl_resolver::LayerKind::Default) => "default of the contract here".to_owned(),
            _ => place_text(place),
        }),
        _ => None,
    };
    let parts: Vec<String> = place.into_iter().chain(key.note.clone()).collect();
    parts.join("; ")
}

fn push_summary(text: &mut String, plan: &Plan, look: Look) {
    let mut subject = plan.contract.clone();
    if let Some(environment) = &plan.environment {
        let _ = write!(subject, " {environment}");
    }
    let pending = plan.keys.iter().filter(|key| key.status.is_pending()).count();
    let (tone, symbol, verdict) = match (plan.findings().is_valid(), pending) {
        (false, _) => (Tone::Error, look.symbol("✗", "failed:"), "is not complete".to_owned()),
        (true, 0) => (Tone::Good, look.symbol("✓", "ok:"), "is in line".to_owned()),
        (true, count) => {
            let keys = counted(count, "key");
            let are = if count == 1 { "is" } else { "are" };
            (Tone::Warning, look.symbol("→", "pending:"), format!("is not in line: {keys} {are} to be set"))
        }
    };
    let _ = writeln!(text, "{}", look.paint(tone, &format!("{symbol} {subject} {verdict}")));
    let counts: Vec<String> = Status::WORDS
        .iter()
        .map(|(status, _, words)| (plan.keys.iter().filter(|key| key.status == *status).count(), words))
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    let keys = counted(plan.keys.len(), "key");
    let _ = writeln!(text, "{}", look.wrap("  ", 2, &format!("{keys}: {}", counts.join(", "))));
    let compared = match &plan.source {
        Some(source) => format!("compared with {source}"),
        None => format!("the stack {} is not configured yet", plan.stack),
    };
    let _ = writeln!(text, "  {compared}");
}
