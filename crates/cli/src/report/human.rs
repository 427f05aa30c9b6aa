//! A report for people: findings in the contract's groups, each with its place and the one thing to do.

use std::fmt::Write as _;

use crate::render::{Look, Tone, push_finding};

use super::section::by_section;
use super::{Run, verdict};

/// The findings of a run, and its verdict.
pub(crate) fn run_text(run: &dyn Run, look: Look) -> String {
    let mut text = findings_text(run, look);
    if !text.is_empty() {
        text.push('\n');
    }
    push_summary(&mut text, run, look);
    text
}

/// The findings alone.
pub(crate) fn findings_text(run: &dyn Run, look: Look) -> String {
    let mut text = String::new();
    let mut heading = None;
    for (section, finding) in by_section(run) {
        if heading != Some(section) {
            if heading.is_some() {
                text.push('\n');
            }
            let _ = writeln!(text, "{}", look.paint(Tone::Heading, section.title(run.about())));
            heading = Some(section);
        }
        push_finding(&mut text, finding, look);
    }
    text
}

fn push_summary(text: &mut String, run: &dyn Run, look: Look) {
    let (mark, tone) = if run.findings().is_valid() {
        (look.symbol("✓", "ok:"), Tone::Good)
    } else {
        (look.symbol("✗", "failed:"), Tone::Error)
    };
    let _ = writeln!(text, "{}", look.paint(tone, &format!("{mark} {}", verdict(run))));
    for note in run.notes() {
        let _ = writeln!(text, "{}", look.wrap("  ", 2, &note));
    }
}
