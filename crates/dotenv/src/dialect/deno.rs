//! Deno: nearly the lines of Node.js. `$NAME` and `${NAME}` are expanded but in single quotes and backticks, and `\$` is a dollar
//! there. The first value of a name counts, as with one that the process has.

use std::collections::HashMap;

use super::references::{NO_ROOM, Room};
use super::{Outside, Rules, js, node, node_lines};
use crate::reading::{Outcome, Reading};

pub(super) const RULES: Rules = Rules {
    name: "deno",
    title: "Deno",
    checked: "deno 2.9.6",
    read,
    spellings,
    takes_name: node::RULES.takes_name,
};

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    let room = Room::new();
    let mut nameless = None;
    let text = text.replace('\r', "");
    node_lines::each_line(&text, closing, |found| {
        let value = match found.quote {
            Some('"') => found.value.replace("\\n", "\n"),
            _ => found.value.to_owned(),
        };
        let expands = !found.is_open && matches!(found.quote, None | Some('"'));
        let value = if expands { expanded(&value, &known, outside, &room) } else { Some(value) };
        if found.name.is_empty() {
            nameless.get_or_insert(found.line);
        }
        known.insert(found.name.to_owned(), value.clone());
        if reading.outcome(found.name) == Outcome::Absent {
            reading.set_told(found.name, outside(found.name).or(value), found.line, NO_ROOM);
        }
    });
    match nameless {
        Some(line) => Reading::refused(line, "there is no name before the `=`"),
        None => reading,
    }
}

/// The first quote, or of those after it in its line the first one with nothing but a comment behind it.
fn closing(text: &str, quote: char) -> Option<usize> {
    let first = text.find(quote)?;
    let line = text[first..].split('\n').next().unwrap_or_default();
    let ends = |at: &usize| {
        let after = line[at + 1..].trim_start_matches([' ', '\t']);
        after.is_empty() || after.starts_with('#')
    };
    let last = line.match_indices(quote).map(|(at, _)| at).find(ends);
    Some(first + last.unwrap_or(0))
}

fn expanded(
    value: &str,
    known: &HashMap<String, Option<String>>,
    outside: Outside<'_>,
    room: &Room,
) -> Option<String> {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        if rest[..at].ends_with('\\') {
            out.push_str(&rest[..at - 1]);
            out.push('$');
            rest = &rest[at + 1..];
            continue;
        }
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let name = match after.strip_prefix('{') {
            Some(braced) => {
                let (name, after) = braced.split_once('}').unwrap_or((braced, ""));
                rest = after;
                name
            }
            None => {
                let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
                rest = &after[end..];
                &after[..end]
            }
        };
        let value = outside(name).map(Some).or_else(|| known.get(name).cloned());
        if let Some(value) = value {
            out.push_str(room.take(value.as_deref()).unwrap_or_default());
        }
    }
    out.push_str(rest);
    room.told(out)
}

fn spellings(value: &str) -> Vec<String> {
    let mut spellings = js::spellings(value);
    if value.contains('$') {
        spellings.extend(js::spellings(&value.replace('$', "\\$")));
    }
    spellings
}
