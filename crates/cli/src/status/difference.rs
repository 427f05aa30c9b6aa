//! [`Difference`]: all that another value of a variable would change.

use std::fmt::Write as _;

use envschema::{Code, Contract, Finding, State};
use serde::Serialize;

use super::concern::concern;
use super::dashboard::{on_off, place_shown, push_concern_lines, verdict};
use super::overview::{Overview, VariableLine};
use super::what_if::OPTION;
use crate::render::columns::{left, wide};
use crate::render::mark;
use crate::render::{Look, Tone, subject};

/// What would change in one environment. Its JSON form is part of the interface.
#[derive(Serialize)]
pub(crate) struct Difference {
    environment: Option<String>,
    ready_before: bool,
    /// Whether nothing would be missing or wrong.
    pub(crate) ready: bool,
    /// The variables that were given, as they are now.
    given: Vec<VariableLine>,
    /// Conditions that would hold or would no longer hold, as they would be.
    conditions: Vec<super::overview::ConditionLine>,
    /// As they would be.
    newly_needed: Vec<VariableLine>,
    /// As they would be.
    no_longer_needed: Vec<VariableLine>,
    /// Findings that would be new, but those that newly needed variables are missing.
    new_findings: Vec<Finding>,
    /// Findings that would be gone.
    gone_findings: Vec<Finding>,
    #[serde(skip)]
    verdicts: (String, String),
}

impl Difference {
    pub(crate) fn new(before: &Overview, after: Overview) -> Self {
        let given = |variable: &&VariableLine| {
            variable.place.as_ref().is_some_and(|place| place.to_string() == OPTION)
        };
        let names: Vec<_> = after.variables.iter().filter(given).map(|one| one.name.clone()).collect();
        let pairs = || before.variables.iter().zip(&after.variables);
        let turned = |from: bool| {
            let turned = pairs().filter(move |(old, new)| old.needed == from && new.needed != from);
            turned.map(|(_, new)| new.clone()).collect::<Vec<_>>()
        };
        let (newly_needed, no_longer_needed) = (turned(false), turned(true));
        let told = |finding: &Finding, variables: &[VariableLine]| {
            matches!(finding.code, Code::Missing | Code::Placeholder)
                && variables.iter().any(|one| finding.variable.as_deref() == Some(&*one.name))
        };
        let only_in = |one: &Overview, other: &Overview, told_of: &[VariableLine]| {
            let new = |finding: &&Finding| !other.findings.iter().any(|old| is_same(old, finding));
            one.findings.iter().filter(new).filter(|finding| !told(finding, told_of)).cloned().collect()
        };
        Self {
            environment: after.environment.clone(),
            ready_before: before.ready,
            ready: after.ready,
            given: before.variables.iter().filter(|one| names.contains(&one.name)).cloned().collect(),
            new_findings: only_in(&after, before, &newly_needed),
            gone_findings: only_in(before, &after, &no_longer_needed),
            verdicts: (verdict(before), verdict(&after)),
            conditions: before
                .conditions
                .iter()
                .zip(after.conditions)
                .filter(|(old, new)| old.holds != new.holds)
                .map(|(_, new)| new)
                .collect(),
            newly_needed,
            no_longer_needed,
        }
    }

    fn is_empty(&self) -> bool {
        self.conditions.is_empty()
            && self.newly_needed.is_empty()
            && self.no_longer_needed.is_empty()
            && self.new_findings.is_empty()
            && self.gone_findings.is_empty()
    }
}

/// Whether two findings tell the same, their reasons aside.
fn is_same(one: &Finding, other: &Finding) -> bool {
    let by_reason = matches!(one.code, Code::Missing | Code::Placeholder);
    one.code == other.code
        && one.variable == other.variable
        && one.severity == other.severity
        && (by_reason || one.message == other.message)
}

/// For people.
pub(crate) fn difference_text(
    contract: &Contract,
    given: &[String],
    difference: &Difference,
    look: Look,
) -> String {
    let mut text = String::new();
    let given = given.join(" and ");
    let _ = writeln!(
        text,
        "{}",
        look.paint(Tone::Heading, &format!("{} with {given}", subject(contract).join(" ")))
    );
    for variable in &difference.given {
        let now = match &variable.place {
            Some(place) => format!("now from {}", place_shown(place)),
            None => "now not set".to_owned(),
        };
        let _ = writeln!(text, "{}", look.wrap("  ", 4, &format!("{} {now}", variable.name)));
    }
    if difference.is_empty() {
        let _ = writeln!(text, "\n  nothing else would change");
    }
    push_conditions(&mut text, difference, look);
    push_variables(&mut text, "Newly needed", &difference.newly_needed, look, |variable| {
        let because = variable.because.as_ref().map(|why| format!("because {why}"));
        because.unwrap_or_default()
    });
    push_variables(&mut text, "No longer needed", &difference.no_longer_needed, look, |variable| {
        match &variable.place {
            Some(place) => place_shown(place),
            None => String::new(),
        }
    });
    for (title, findings) in
        [("New findings", &difference.new_findings), ("Findings that go away", &difference.gone_findings)]
    {
        if findings.is_empty() {
            continue;
        }
        let _ = writeln!(text, "\n{}", look.paint(Tone::Heading, title));
        let concerns: Vec<_> = findings.iter().map(concern).collect();
        push_concern_lines(&mut text, concerns.iter(), look);
    }
    push_verdict(&mut text, difference, look);
    text
}

fn push_conditions(text: &mut String, difference: &Difference, look: Look) {
    if difference.conditions.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", look.paint(Tone::Heading, "Conditions"));
    let names = difference.conditions.iter().map(|one| wide(&one.name)).max().unwrap_or(0);
    for condition in &difference.conditions {
        let arrow = look.symbol("→", "->");
        let word = |holds: bool| if holds { "on" } else { "off" };
        let (tone, _) = on_off(condition.holds, look);
        let turned = format!("{} {arrow} {}", word(!condition.holds), word(condition.holds));
        let width = wide(arrow) + 7;
        let first = format!(
            "  {}  {}  ",
            left(look, None, &condition.name, names),
            left(look, Some(tone), &turned, width)
        );
        let _ = writeln!(text, "{}", look.wrap(&first, names + width + 6, &condition.because));
    }
}

fn push_variables(
    text: &mut String,
    title: &str,
    variables: &[VariableLine],
    look: Look,
    detail: impl Fn(&VariableLine) -> String,
) {
    if variables.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{}", look.paint(Tone::Heading, title));
    let names = variables.iter().map(|one| wide(&one.name)).max().unwrap_or(0);
    let state = |variable: &VariableLine| match (variable.state, variable.needed) {
        (State::Resolved | State::Sealed, true) => "set already",
        (State::Resolved | State::Sealed, false) => "still set",
        (state, _) => mark::word(state),
    };
    let words = variables.iter().map(|one| wide(state(one))).max().unwrap_or(0);
    for variable in variables {
        let tone = mark::tone(variable.state);
        let first = format!(
            "  {} {}  {}  ",
            look.paint(tone, mark::symbol(variable.state, look)),
            left(look, None, &variable.name, names),
            left(look, Some(tone), state(variable), words),
        );
        let line = look.wrap(&first, 8 + names + words, &detail(variable));
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

fn push_verdict(text: &mut String, difference: &Difference, look: Look) {
    let (before, after) = &difference.verdicts;
    let told = match (difference.ready_before, difference.ready) {
        (true, true) => format!("{} it stays ready", look.symbol("✓", "ok:")),
        (false, true) => format!("{} it would be ready; now it is {before}", look.symbol("✓", "ok:")),
        (true, false) => {
            let after = after.trim_start_matches("not ");
            format!("{} it would not be {after}; now it is ready", look.symbol("✗", "failed:"))
        }
        (false, false) if before == after => format!("{} it stays {after}", look.symbol("✗", "failed:")),
        (false, false) => format!("{} it would be {after}; now it is {before}", look.symbol("✗", "failed:")),
    };
    let tone = if difference.ready { Tone::Good } else { Tone::Error };
    let _ = writeln!(text, "\n{}", look.paint(tone, &told));
}
