//! The text of a drafted contract.

use std::fmt::Write;

use envschema::Visibility;

use super::Limit;
use super::draft::{Draft, DraftVariable};

/// The contract as TOML, in the order of the draft.
pub(crate) fn contract_text(draft: &Draft) -> String {
    let mut text = format!("[schema]\nname = {}\n", quoted(&draft.name));
    for group in &draft.groups {
        let _ =
            write!(text, "\n[[groups]]\nid    = {}\ntitle = {}\n", quoted(&group.id), quoted(&group.title));
    }
    for variable in &draft.variables {
        let _ = write!(text, "\n[vars.{}]\n", key(&variable.name));
        let keys = keys(draft, variable);
        let widest = keys.iter().map(|(key, _)| key.len()).max().unwrap_or(0);
        for (key, value) in keys {
            let _ = writeln!(text, "{key:<widest$} = {value}");
        }
    }
    text
}

/// The keys of a variable with their values, in the order in which contracts have them.
fn keys(draft: &Draft, variable: &DraftVariable) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    let limits = |late: bool| {
        let of_place =
            variable.limits.iter().filter(move |(key, _)| ["prefix", "pattern"].contains(key) == late);
        of_place.map(|(key, limit)| match limit {
            Limit::Number(number) => (*key, Some(number.clone())),
            Limit::Text(text) => (*key, Some(quoted(text))),
        })
    };
    let mut push = |key, value: Option<String>| keys.extend(value.map(|value| (key, value)));
    push("about", variable.about.as_deref().map(quoted));
    push("group", variable.group.and_then(|place| draft.groups.get(place)).map(|group| quoted(&group.id)));
    push("type", variable.kind.name.map(quoted));
    if let Some((parameter, values)) = &variable.kind.parameter {
        let values: Vec<_> = values.iter().map(|value| quoted(value)).collect();
        push(parameter, Some(format!("[{}]", values.join(", "))));
    }
    limits(false).for_each(|(key, value)| push(key, value));
    push("required", (!variable.required).then(|| "false".to_owned()));
    push(
        "visibility",
        match variable.visibility {
            Visibility::Secret => None,
            Visibility::Plain => Some(quoted("plain")),
            Visibility::Public => Some(quoted("public")),
        },
    );
    limits(true).for_each(|(key, value)| push(key, value));
    push("default", variable.default.as_deref().map(|value| literal(value, variable.kind.name)));
    push("example", variable.example.as_deref().map(quoted));
    push("generate", variable.generate.as_deref().map(quoted));
    keys
}

/// A default as people write it: numbers and switches without quotes, where that is the same text.
pub(super) fn literal(value: &str, kind: Option<&str>) -> String {
    let bare = match kind {
        Some("boolean") => ["true", "false"].contains(&value),
        Some("integer" | "port") => value.parse().is_ok_and(|number: i64| number.to_string() == value),
        _ => false,
    };
    if bare { value.to_owned() } else { quoted(value) }
}

fn key(name: &str) -> String {
    let bare =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if bare { name.to_owned() } else { quoted(name) }
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
