//! A comparison for people.

use std::fmt::Write as _;

use envschema::State;

use super::{Comparison, Entry, Kind, Side};
use crate::render::columns::{left, wide};
use crate::render::{Look, Tone, counted, mark};

use super::side::Held;

/// The comparison; `all` also lists what is the same.
pub(crate) fn comparison_text(comparison: &Comparison<'_>, all: bool, look: Look) -> String {
    let (a, b) = (&*comparison.a.name, &*comparison.b.name);
    let mut text = String::new();
    let sections = [
        (Kind::OnlyA, format!("Only in {a}")),
        (Kind::OnlyB, format!("Only in {b}")),
        (Kind::Differs, "Different values".to_owned()),
        (Kind::State, "No different value, but another state".to_owned()),
        (Kind::Unknown, "Set in both, and encrypted: not compared".to_owned()),
        (Kind::Same, "The same".to_owned()),
    ];
    let names = comparison
        .entries
        .iter()
        .filter(|entry| entry.kind != Kind::Neither && (all || entry.kind != Kind::Same))
        .map(|entry| wide(&entry.name))
        .max()
        .unwrap_or(0);
    for (kind, title) in sections {
        let mut entries = comparison.entries.iter().filter(|entry| entry.kind == kind).peekable();
        if entries.peek().is_none() || (kind == Kind::Same && !all) {
            continue;
        }
        let _ = writeln!(text, "{}", look.paint(Tone::Heading, &title));
        for entry in entries {
            let (tone, symbol) = symbol(kind, look);
            let first = format!("  {} {}  ", look.paint(tone, symbol), left(look, None, &entry.name, names));
            let _ = writeln!(text, "{}", look.wrap(&first, names + 6, &detail(entry, comparison)));
        }
        text.push('\n');
    }
    push_verdict(&mut text, comparison, look);
    text
}

fn symbol(kind: Kind, look: Look) -> (Tone, &'static str) {
    match kind {
        Kind::OnlyA => (Tone::Error, "-"),
        Kind::OnlyB => (Tone::Good, "+"),
        Kind::Differs => (Tone::Warning, "~"),
        Kind::State => (Tone::Warning, look.symbol("≠", "!")),
        Kind::Unknown => (Tone::Faint, look.symbol("◆", "*")),
        Kind::Same | Kind::Neither => (Tone::Faint, "="),
    }
}

/// What both sides have, and what the other side makes of not having it.
fn detail(entry: &Entry, comparison: &Comparison<'_>) -> String {
    let (a, b) = (comparison.a, comparison.b);
    let mut detail = match entry.kind {
        Kind::OnlyA => lone(&entry.a, a, &entry.b, b),
        Kind::OnlyB => lone(&entry.b, b, &entry.a, a),
        Kind::Same if entry.a.place == entry.b.place => place(&entry.a),
        Kind::State => format!("{}; {}", judged(&entry.a, a), judged(&entry.b, b)),
        _ => format!("{}{}, {}{}", place(&entry.a), wrong(&entry.a), place(&entry.b), wrong(&entry.b)),
    };
    if entry.visibility.is_none() {
        detail.push_str(" (not in the contract)");
    }
    detail
}

fn lone(has: &Held, here: &Side, lacks: &Held, there: &Side) -> String {
    let judged = match lacks.state {
        Some(_) => format!("; {}", judged(lacks, there)),
        None => String::new(),
    };
    let unneeded = match has.needed {
        Some(false) if lacks.needed == Some(true) => format!("; {} does not need it", here.name),
        _ => String::new(),
    };
    format!("{}{}{judged}{unneeded}", place(has), wrong(has))
}

/// `dev: missing`
fn judged(held: &Held, side: &Side) -> String {
    let word = match (held.state, held.needed) {
        (Some(State::Resolved), Some(false)) => "set, not needed",
        (Some(state), _) => mark::word(state),
        (None, _) => "not in the file",
    };
    format!("{}: {word}", side.name)
}

fn place(held: &Held) -> String {
    held.place.as_ref().map(ToString::to_string).unwrap_or_default()
}

fn wrong(held: &Held) -> &'static str {
    if held.state == Some(State::Invalid) { " (invalid)" } else { "" }
}

fn push_verdict(text: &mut String, comparison: &Comparison<'_>, look: Look) {
    let counts = comparison.counts;
    let (a, b) = (&comparison.a.name, &comparison.b.name);
    let told = if comparison.same {
        let told = format!("{} {a} and {b} are the same", look.symbol("✓", "ok:"));
        look.paint(Tone::Good, &told)
    } else {
        let told = format!("{} {a} and {b} differ", look.symbol("✗", "differ:"));
        look.paint(Tone::Warning, &told)
    };
    let parts = [
        (Kind::OnlyA, format!("only in {a}")),
        (Kind::OnlyB, format!("only in {b}")),
        (Kind::Differs, "different".to_owned()),
        (Kind::State, "in another state".to_owned()),
        (Kind::Unknown, "encrypted".to_owned()),
        (Kind::Same, "the same".to_owned()),
        (Kind::Neither, "in neither".to_owned()),
    ];
    let told_counts: Vec<_> = parts
        .into_iter()
        .filter(|(kind, _)| counts.get(*kind) > 0)
        .map(|(kind, what)| format!("{} {what}", counts.get(kind)))
        .collect();
    let all = counted(comparison.entries.len(), "name");
    let _ = writeln!(text, "{told}");
    let _ = writeln!(text, "{}", look.wrap("  ", 2, &format!("{all}: {}", told_counts.join(", "))));
}
