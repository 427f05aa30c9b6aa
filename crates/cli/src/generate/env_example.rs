//! An env file with every variable and no value in use.

use envctl_dotenv::{Dialect, write_entry};
use envschema::{Empty, GeneratorForm, Standing, ValueType, Variable};

use super::words::{capital, deprecation, ended, shown_default};
use super::{Entry, Model};
use crate::render::in_one_line;

/// What stands for a secret that must not be empty; envctl takes it for a placeholder.
const REMINDER: &str = "replace-me";

/// A file to copy and fill in. What a plain variable is by default stands there; a secret is its example, or empty.
pub(crate) fn env_example(model: &Model<'_>) -> String {
    let mut text = format!("# {}\n", model.mark());
    push(
        &mut text,
        &format!("The environment of {}. Copy it, and fill in what is required.", model.subject()),
    );
    for (group, entries) in model.sections() {
        if let Some(group) = group {
            text.push('\n');
            push(&mut text, &format!("=== {} ===", group.title));
            group.about.iter().for_each(|about| push(&mut text, about));
        }
        for entry in entries {
            text.push('\n');
            comments(model, entry).iter().for_each(|line| push(&mut text, line));
            text.push_str(&line(entry));
            text.push('\n');
        }
    }
    text
}

fn push(text: &mut String, comment: &str) {
    text.push_str("# ");
    text.push_str(&in_one_line(comment));
    text.push('\n');
}

/// What a reader has to know to fill it in.
fn comments(model: &Model<'_>, entry: &Entry<'_>) -> Vec<String> {
    let variable = entry.variable;
    let mut lines: Vec<String> = variable.about.iter().map(|about| ended(about)).collect();
    let need = capital(&model.need(entry, &str::to_owned));
    let secret = if variable.is_secret() { ". Secret" } else { "" };
    lines.push(match &*entry.kind {
        // In the words that `envctl init` reads choices from.
        ValueType::Enum(of) if !of.ignore_case => format!("{need}{secret}. One of: {}", of.values.join(", ")),
        kind => format!("{need}{secret}. Expects {}.", kind.expectation()),
    });
    // An example of what is shown by default, or stands there already, tells nothing more.
    if let Some(example) = &variable.example
        && !variable.is_secret()
        && shown_default(variable).is_none()
        && !example.is_empty()
    {
        lines.push(format!("For example: {example}"));
    }
    lines.extend(entry.differences.iter().map(|difference| format!("{}.", capital(difference))));
    lines.extend(variable.without.iter().map(|without| format!("Without it, {}", ended(without))));
    if let Some(generate) = variable.generate.as_deref().filter(|generate| generate.prefix.is_empty()) {
        lines.extend(match generate.form {
            GeneratorForm::Base64(bytes) => Some(format!("Make one: openssl rand -base64 {bytes}")),
            GeneratorForm::Hex(bytes) => Some(format!("Make one: openssl rand -hex {bytes}")),
            _ => None,
        });
    }
    lines.extend(deprecation(variable).map(|instead| format!("Deprecated: {}", ended(&instead))));
    lines.extend(variable.docs.iter().map(|docs| format!("See {docs}")));
    lines
}

/// The variable itself. One that has no value yet, and must not be empty, is commented out.
fn line(entry: &Entry<'_>) -> String {
    let variable = entry.variable;
    let written = value(variable).and_then(|value| write_entry(entry.name, value, Dialect::Portable).ok());
    written.unwrap_or_else(|| match variable.empty {
        Empty::Unset => format!("{}=", entry.name),
        Empty::Value | Empty::Error => format!("# {}=", entry.name),
    })
}

fn value(variable: &Variable) -> Option<&str> {
    if !variable.is_secret() {
        return variable.default.as_deref();
    }
    let example = variable.example.as_deref().filter(|text| variable.standing(text) == Standing::Placeholder);
    example.or((variable.empty == Empty::Error).then_some(REMINDER))
}
