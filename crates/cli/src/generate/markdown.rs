//! A reference of all variables, for a guide.

use std::fmt::Write as _;

use envschema::{Empty, Variable, Visibility};

use super::words::{deprecation, ended, quoted, shown_default};
use super::{Entry, Model};
use crate::render::in_one_line;

/// A table for each group: every variable, when it is needed, what it takes, what it is for.
pub(crate) fn markdown(model: &Model<'_>) -> String {
    let mut text =
        format!("<!-- {} Do not edit. -->\n\n# Environment of {}\n", model.mark(), cell(&model.subject()));
    if let Some(about) = model.contract.about() {
        let _ = write!(text, "\n{}\n", cell(&ended(about)));
    }
    for (group, entries) in model.sections() {
        match group {
            Some(group) => {
                let _ = write!(text, "\n## {}\n", cell(&group.title));
                if let Some(about) = &group.about {
                    let _ = write!(text, "\n{}\n", cell(&ended(about)));
                }
            }
            None => text.push_str("\n## Other variables\n"),
        }
        text.push_str("\n| variable | required | takes | what for |\n|---|---|---|---|\n");
        for entry in entries {
            let _ = writeln!(
                text,
                "| <a id=\"{name}\"></a>`{name}`{mark} | {need} | {takes} | {about} |",
                name = entry.name,
                mark = mark(entry),
                need = need(model, entry),
                takes = takes(entry),
                about = about(entry),
            );
        }
    }
    text
}

fn mark(entry: &Entry<'_>) -> &'static str {
    match entry.variable.visibility {
        Visibility::Secret => " (secret)",
        Visibility::Public => " (public)",
        Visibility::Plain => "",
    }
}

/// When it is needed, and what is done without it.
fn need(model: &Model<'_>, entry: &Entry<'_>) -> String {
    let words = model.need(entry, &|text| code(text));
    let words = match words.split_once(' ') {
        None if words == "required" => "yes".to_owned(),
        None => "no".to_owned(),
        Some((_, condition)) => condition.to_owned(),
    };
    match &entry.variable.without {
        Some(without) => format!("{words}; without it, {}", cell(without.trim_end_matches('.'))),
        None => words,
    }
}

/// Type, default and example.
fn takes(entry: &Entry<'_>) -> String {
    let variable = entry.variable;
    let mut parts = vec![cell(&in_one_line(&entry.kind.expectation()))];
    match shown_default(variable) {
        Some(default) => parts.push(format!("by default {}", cell(&quoted(default)))),
        None if variable.default.is_some() => parts.push("has a default".to_owned()),
        None => parts.extend(example(variable).map(|text| format!("such as {}", cell(&quoted(text))))),
    }
    parts.extend(entry.differences.iter().map(|difference| cell(difference)));
    match variable.empty {
        Empty::Unset => {}
        Empty::Value => parts.push("may be empty".to_owned()),
        Empty::Error => parts.push("not empty".to_owned()),
    }
    parts.join("; ")
}

/// An example that tells more than that a value is wanted.
fn example(variable: &Variable) -> Option<&str> {
    let is_reminder = |text: &str| Variable::REMINDERS.iter().any(|one| text.eq_ignore_ascii_case(one));
    variable.example.as_deref().filter(|text| !text.is_empty() && !is_reminder(text))
}

/// What it is for, where it comes from, where to read on.
fn about(entry: &Entry<'_>) -> String {
    let variable = entry.variable;
    let mut parts: Vec<String> = variable.about.iter().map(|about| cell(&ended(about))).collect();
    if variable.generate.is_some() {
        parts.push("`envctl export --generate` makes one.".to_owned());
    }
    if !variable.outputs.is_empty() {
        let outputs: Vec<String> = variable.outputs.iter().map(|output| code(output)).collect();
        parts.push(format!("From the stack's output {}.", outputs.join(" or ")));
    }
    if let Some(key) = &variable.config {
        parts.push(format!("In the stack's configuration {}.", code(key)));
    }
    parts.extend(deprecation(variable).map(|instead| format!("**Deprecated**: {}", cell(&ended(&instead)))));
    parts.extend(variable.docs.iter().map(|docs| {
        format!("See <{}>.", docs.replace(|c: char| c.is_whitespace() || "<>|".contains(c), ""))
    }));
    parts.join(" ")
}

/// A word of the contract.
fn code(text: &str) -> String {
    cell(&quoted(text))
}

/// A text that stays in its cell and is no markup outside of code.
fn cell(text: &str) -> String {
    let mut shown = String::new();
    let mut in_code = false;
    // A mark without its other one begins no code.
    let is_paired = text.matches('`').count().is_multiple_of(2);
    for c in in_one_line(text).chars() {
        match c {
            '`' if is_paired => in_code = !in_code,
            '`' => shown.push('\\'),
            '|' => shown.push('\\'),
            '<' if !in_code => {
                shown.push_str("&lt;");
                continue;
            }
            '*' | '_' | '[' | ']' if !in_code => shown.push('\\'),
            _ => {}
        }
        shown.push(c);
    }
    shown
}
