//! Markdown as GitHub shows it, for a step summary or a comment: the verdict, a table for each group, and counts to
//! unfold.

use std::fmt::Write as _;

use envschema::{Finding, Severity};

use super::section::by_section;
use super::{Report, Run, verdict};

pub(super) fn page(report: &Report<'_>) -> String {
    report.runs.iter().map(|run| part(*run)).collect::<Vec<_>>().join("\n")
}

fn part(run: &dyn Run) -> String {
    let mark = if run.findings().is_valid() { "✅" } else { "❌" };
    let mut text = format!("### {mark} {}\n", escaped(&verdict(run)));
    let mut heading = None;
    for (section, finding) in by_section(run) {
        if heading != Some(section) {
            let title = escaped(section.title(run.about()));
            let _ =
                writeln!(text, "\n**{title}**\n\n| | variable | finding | what to do |\n|---|---|---|---|");
            heading = Some(section);
        }
        push_row(&mut text, finding);
    }
    let notes = run.notes();
    if let [only] = notes.as_slice() {
        let _ = writeln!(text, "\n{}", escaped(only));
    } else if let Some((first, rest)) = notes.split_first() {
        let _ = writeln!(text, "\n<details><summary>{}</summary>\n", in_html(first));
        for note in rest {
            let _ = writeln!(text, "- {}", escaped(note));
        }
        let _ = writeln!(text, "\n</details>");
    }
    text
}

fn push_row(text: &mut String, finding: &Finding) {
    let sign = match finding.severity {
        Severity::Error => "🔴",
        Severity::Warning => "🟡",
    };
    let variable = finding.variable.as_deref().map(escaped).unwrap_or_default();
    let place = finding.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
    let message = escaped(&format!("{place}{}", finding.message));
    let help = finding.help.as_deref().map(escaped).unwrap_or_default();
    let _ = writeln!(text, "| {sign} {} | {variable} | {message} | {help} |", finding.code);
}

/// Text that stands for itself: nothing in it is markup, ends a cell or begins a line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            // Within a word it is no markup, and names are easier to read without backslashes.
            '_' if before.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric()) => {
                escaped.push('_');
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' | '$' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => push_in_html(&mut escaped, c),
        }
        before = c;
    }
    escaped
}

/// Text where Markdown leaves HTML alone.
fn in_html(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        push_in_html(&mut escaped, c);
    }
    escaped
}

fn push_in_html(text: &mut String, c: char) {
    match c {
        '&' => text.push_str("&amp;"),
        '<' => text.push_str("&lt;"),
        '>' => text.push_str("&gt;"),
        '\n' => text.push_str("<br>"),
        c if c.is_control() => text.push(' '),
        c => text.push(c),
    }
}
