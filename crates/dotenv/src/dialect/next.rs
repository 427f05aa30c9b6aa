//! Next.js: `$NAME` is expanded whatever quotes it is in, the last one first; `\$` is a dollar. A variable that the process
//! has goes before the file's.

use std::collections::HashMap;

use super::references::Room;
use super::{Outside, Rules, js, node_dotenv, vite};
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "next",
    title: "Next.js",
    checked: "@next/env 15.5.29",
    read,
    spellings: vite::spellings,
    takes_name: node_dotenv::takes_name,
};

/// Replacements after which JavaScript has no more room for the next one, more or less.
const MOST_STEPS: usize = 5_000;

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let variables = node_dotenv::variables(text);
    let mut parsed: HashMap<String, String> =
        variables.iter().map(|(name, value, _)| (name.clone(), value.clone())).collect();
    let mut reading = Reading::default();
    let room = Room::new();
    for (name, value, line) in variables {
        let Some(value) = expanded(outside(&name).unwrap_or(value), &parsed, outside, &room) else {
            return Reading::refused(
                line,
                "its references go round in circles, or add more than is followed here",
            );
        };
        let value = value.replace("\\$", "$");
        reading.set(&name, value.as_str(), line);
        parsed.insert(name, value);
    }
    reading
}

/// The value with its references replaced, last one first, until the last dollar begins none.
fn expanded(
    value: String,
    parsed: &HashMap<String, String>,
    outside: Outside<'_>,
    room: &Room,
) -> Option<String> {
    let mut result = value;
    for _ in 0..MOST_STEPS {
        let Some((template, key, default)) = last_reference(&result) else { return Some(result) };
        let some = |value: String| Some(value).filter(|value| !value.is_empty());
        let value = outside(key).and_then(some);
        let value = value.or_else(|| default.map(str::to_owned).and_then(some));
        let value = value.or_else(|| parsed.get(key).cloned()).unwrap_or_default();
        result = js::replace_first(&result, template, &value);
        room.take(Some(&result))?;
    }
    None
}

/// What the last dollar without a backslash before it begins: all of it, the name, and what follows `:-`.
fn last_reference(text: &str) -> Option<(&str, &str, Option<&str>)> {
    let bytes = text.as_bytes();
    let at = memchr::memrchr_iter(b'$', bytes).find(|at| *at == 0 || bytes[at - 1] != b'\\')?;
    let after = &text[at + 1..];
    let after = after.strip_prefix('{').unwrap_or(after);
    let name = after.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    if name == 0 {
        return None;
    }
    let (key, mut rest) = after.split_at(name);
    let mut default = None;
    if let Some(after) = rest.strip_prefix(":-") {
        let end = after.find(['}', '\\']).unwrap_or(after.len());
        default = Some(&after[..end]);
        rest = &after[end..];
    }
    let rest = rest.strip_prefix('}').unwrap_or(rest);
    Some((&text[at..text.len() - rest.len()], key, default))
}
