//! One environment on one screen: the verdict, what is on, the groups, and what deserves attention.

use std::fmt::Write as _;

use envctl_resolver::LayerKind;
use envschema::{Contract, Place, Severity, State};

use super::concern::{Concern, concerns};
use super::overview::{Counts, Overview, VariableLine};
use crate::render::columns::{left, right, wide};
use crate::render::mark::{self, STATES};
use crate::render::{Look, Tone, counted, subject};

/// How many lines deserve attention before the rest is only counted.
const MOST_CONCERNS: usize = 20;

/// The dashboard; `all` also lists every variable.
pub(crate) fn dashboard_text(contract: &Contract, overview: &Overview, all: bool, look: Look) -> String {
    let mut text = String::new();
    push_verdict(&mut text, contract, overview, look);
    push_conditions(&mut text, overview, look);
    push_groups(&mut text, overview, look);
    push_concerns(&mut text, overview, all, look);
    if all {
        push_listing(&mut text, overview, look);
    }
    text
}

/// `ready` or why not: `2 missing, 1 invalid`.
pub(crate) fn verdict(overview: &Overview) -> String {
    if overview.ready {
        return "ready".to_owned();
    }
    let counts = &overview.counts;
    let mut told = Vec::new();
    for state in [State::Missing, State::Invalid] {
        if counts.get(state) > 0 {
            told.push(format!("{} {}", counts.get(state), mark::word(state)));
        }
    }
    let errors = overview.findings.count(Severity::Error);
    match errors.saturating_sub(counts.missing + counts.invalid) {
        0 => {}
        others if told.is_empty() => told.push(counted(others, "error")),
        others => told.push(counted(others, "more error")),
    }
    format!("not ready: {}", told.join(", "))
}

fn push_verdict(text: &mut String, contract: &Contract, overview: &Overview, look: Look) {
    let (tone, mark) = if overview.ready {
        (Tone::Good, look.symbol("✓", "ok:"))
    } else {
        (Tone::Error, look.symbol("✗", "failed:"))
    };
    let told = look.paint(tone, &format!("{mark} {} is {}", subject(contract).join(" "), verdict(overview)));
    let warnings = match overview.warnings() {
        0 => String::new(),
        count => format!(", {}", counted(count, "warning")),
    };
    let _ = writeln!(text, "{told}{warnings}");
    let counts = overview.counts;
    let parts = [
        (counts.needed, "needed"),
        (counts.resolved, "set"),
        (counts.sealed, "encrypted"),
        (counts.missing, "missing"),
        (counts.invalid, "invalid"),
        (counts.not_needed, "not needed"),
        (counts.unset, "optional and unset"),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let line = format!("{}: {}", counted(counts.variables, "variable"), parts.join(", "));
    let _ = writeln!(text, "{}", look.wrap("  ", 2, line.trim_end_matches(": ")));
    if !overview.origins.is_empty() {
        let origins = format!("values from: {}", origins_text(overview));
        let _ = writeln!(text, "{}", look.wrap("  ", 2, &origins));
    }
    if !overview.absent.is_empty() {
        let absent = format!("not there, and so not read: {}", overview.absent.join(", "));
        let _ = writeln!(text, "{}", look.wrap("  ", 2, &absent));
    }
}

/// Where values come from: `.env.prod (33), derived (5)`.
pub(crate) fn origins_text(overview: &Overview) -> String {
    let origins = overview.origins.iter().map(|origin| match origin.layer {
        LayerKind::Existing | LayerKind::StackOutput => format!("{} ({})", origin.source, origin.count),
        layer => format!("{layer} ({})", origin.count),
    });
    origins.collect::<Vec<_>>().join(", ")
}

fn push_conditions(text: &mut String, overview: &Overview, look: Look) {
    if overview.conditions.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", look.paint(Tone::Heading, "Conditions"));
    let names = overview.conditions.iter().map(|condition| wide(&condition.name)).max().unwrap_or(0);
    for condition in &overview.conditions {
        let (tone, mark) = on_off(condition.holds, look);
        let first = format!(
            "  {} {}  ",
            look.paint(tone, mark),
            left(look, (!condition.holds).then_some(Tone::Faint), &condition.name, names)
        );
        let indent = 4 + wide(mark) + names;
        let _ = writeln!(text, "{}", look.wrap(&first, indent + 1, &condition.because));
    }
}

/// How a condition that holds or does not looks.
pub(crate) fn on_off(holds: bool, look: Look) -> (Tone, &'static str) {
    match (holds, look.symbols) {
        (true, true) => (Tone::Good, "✓"),
        (true, false) => (Tone::Good, "on "),
        (false, true) => (Tone::Faint, "✗"),
        (false, false) => (Tone::Faint, "off"),
    }
}

fn push_groups(text: &mut String, overview: &Overview, look: Look) {
    if overview.groups.len() < 2 {
        return;
    }
    // "needed" and "set" always stand there; of the others, those that count something.
    let mut columns: Vec<(&str, Option<State>)> = vec![("needed", None), ("set", Some(State::Resolved))];
    let rest = [State::Sealed, State::Missing, State::Invalid, State::NotNeeded, State::Unset];
    let counting = rest.into_iter().filter(|state| overview.counts.get(*state) > 0);
    columns.extend(counting.map(|state| (mark::word(state), Some(state))));
    let titles = overview.groups.iter().map(|group| wide(&group.title)).max().unwrap_or(0) + 2;
    let head: String = columns.iter().map(|(name, _)| format!("  {name}")).collect();
    let heading = left(look, Some(Tone::Heading), "Groups", titles);
    let _ = writeln!(text, "\n{heading}{}", look.paint(Tone::Faint, &head));
    for group in &overview.groups {
        let mut line = format!("  {}", left(look, None, &group.title, titles - 2));
        for (name, state) in &columns {
            line.push_str("  ");
            line.push_str(&count(group.counts, *state, wide(name), look));
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn count(counts: Counts, state: Option<State>, width: usize, look: Look) -> String {
    let count = state.map_or(counts.needed, |state| counts.get(state));
    let tone = match state {
        _ if count == 0 => Some(Tone::Faint),
        Some(State::Missing | State::Invalid) => Some(Tone::Error),
        _ => None,
    };
    let shown = if count == 0 { look.symbol("·", "-").to_owned() } else { count.to_string() };
    right(look, tone, &shown, width)
}

fn push_concerns(text: &mut String, overview: &Overview, all: bool, look: Look) {
    let concerns = concerns(overview);
    if concerns.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", look.paint(Tone::Heading, "Attention"));
    let most = if all { concerns.len() } else { MOST_CONCERNS };
    push_concern_lines(text, concerns.iter().take(most), look);
    if concerns.len() > most {
        let _ = writeln!(text, "  and {} more; `--all` lists them", concerns.len() - most);
    }
    let hint = "`envctl validate` says what to do, `envctl explain NAME` all about one variable";
    let _ = writeln!(text, "\n{}", look.paint(Tone::Faint, &look.wrap("", 0, hint)));
}

/// Concerns, a line each.
pub(crate) fn push_concern_lines<'a>(
    text: &mut String,
    concerns: impl Iterator<Item = &'a Concern> + Clone,
    look: Look,
) {
    let named = concerns.clone().filter_map(|concern| concern.name.as_deref());
    let names = named.map(wide).max().unwrap_or(0).min(40);
    let words = concerns.clone().map(|concern| wide(&concern.what)).max().unwrap_or(0);
    for concern in concerns {
        let name = concern.name.as_deref().unwrap_or_default();
        let first = format!(
            "  {} {}  {}  ",
            look.paint(concern.tone, concern.symbol(look)),
            left(look, None, name, names),
            left(look, Some(concern.tone), &concern.what, words),
        );
        let _ = writeln!(text, "{}", look.wrap(&first, 4 + names + 2 + words + 2, &concern.detail));
    }
}

/// Every variable under its heading.
fn push_listing(text: &mut String, overview: &Overview, look: Look) {
    let names = overview.variables.iter().map(|variable| wide(&variable.name)).max().unwrap_or(0);
    let words = STATES.map(mark::word).map(wide).into_iter().max().unwrap_or(0);
    for group in &overview.groups {
        let _ = writeln!(text, "\n{}", look.paint(Tone::Heading, &group.title));
        for variable in overview.variables_of(group) {
            let tone = mark::tone(variable.state);
            let first = format!(
                "  {} {}  {}  ",
                look.paint(tone, mark::symbol(variable.state, look)),
                left(look, None, &variable.name, names),
                left(look, Some(tone), mark::word(variable.state), words),
            );
            let mut detail = where_or_why(variable);
            if let Some(called) = &variable.called {
                let gap = if detail.is_empty() { "" } else { "; " };
                let _ = write!(detail, "{gap}the target calls it {called}");
            }
            let line = look.wrap(&first, 4 + names + 2 + words + 2, &detail);
            let _ = writeln!(text, "{}", line.trim_end());
        }
    }
}

/// Where a value comes from, or why there is none.
pub(crate) fn where_or_why(variable: &VariableLine) -> String {
    let because = || variable.because.as_ref().map(|why| format!("because {why}"));
    match (variable.state, &variable.place) {
        (State::Resolved | State::Sealed | State::Invalid, Some(place)) => place_shown(place),
        (State::Missing, _) => because().unwrap_or_else(|| "always required".to_owned()),
        (State::NotNeeded, _) => because().unwrap_or_default(),
        (State::Unset, _) => "optional".to_owned(),
        _ => String::new(),
    }
}

/// How much of a template is shown beside a variable.
const MOST_TEMPLATE: usize = 60;

/// A place on one line: the end of a long template is left out.
pub(crate) fn place_shown(place: &Place) -> String {
    match place {
        Place::Default => "default of the contract".to_owned(),
        Place::Derived { template, .. } if template.chars().count() > MOST_TEMPLATE => {
            let start: String = template.chars().take(MOST_TEMPLATE).collect();
            format!("template {start}...")
        }
        place => place.to_string(),
    }
}
