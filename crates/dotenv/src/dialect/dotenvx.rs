//! dotenvx: as `dotenv`, with `\t` in double and `\'` in single quotes, and everything but single quotes expanded. It runs
//! what stands in `$(…)` there, and decrypts what begins with `encrypted:`.

use std::collections::HashMap;

use super::references::Room;
use super::{Outside, Rules, js, node_dotenv};
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "dotenvx",
    title: "dotenvx",
    checked: "dotenvx 2.38.2",
    read,
    spellings,
    takes_name: node_dotenv::takes_name,
};

/// Steps after which an expansion is taken for one without an end.
const MOST_STEPS: usize = 100;
/// Every `$(` in a value up to this many is looked at, each as far as the end of the value.
const MOST_COMMANDS: usize = 200;

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut reading = Reading::default();
    let mut state = Running { values: HashMap::new(), literals: HashMap::new(), outside, room: Room::new() };
    js::each_line(&text, |found| {
        if !node_dotenv::takes_name(found.name) {
            return;
        }
        let is_literal = found.first == Some('\'');
        let mut value = found.value;
        match found.first {
            Some('\'') => value = value.replace("\\'", "'"),
            Some('"') => value = value.replace("\\n", "\n").replace("\\r", "\r").replace("\\t", "\t"),
            _ => {}
        }
        let own = outside(found.name);
        let value = own.clone().unwrap_or(value);
        let known = if value.starts_with("encrypted:") {
            reading.remark(found.line, Effect::Unknown, "its value is encrypted");
            None
        } else if !is_literal && has_command(&value) {
            reading.remark(found.line, Effect::Runs, "it runs what stands in `$(…)`");
            None
        } else if !is_literal && own.is_none_or(|own| own.is_empty()) {
            let expanded = state.expanded(value).map(|value| value.replace("\\$", "$"));
            if expanded.is_none() {
                reading.remark(found.line, Effect::Unknown, "its references cannot be followed");
            }
            expanded
        } else {
            Some(value)
        };
        match &known {
            Some(value) => reading.set(found.name, value.as_str(), found.line),
            None => reading.set_unknown(found.name, found.line),
        }
        if is_literal {
            state.literals.insert(found.name.to_owned(), known.clone().unwrap_or_default());
        }
        state.values.insert(found.name.to_owned(), known);
    });
    reading
}

/// The variables so far.
struct Running<'e> {
    /// Their values; none for what cannot be told.
    values: HashMap<String, Option<String>>,
    /// Those in single quotes.
    literals: HashMap<String, String>,
    outside: Outside<'e>,
    room: Room,
}

impl Running<'_> {
    fn of(&self, key: &str) -> Option<Option<String>> {
        (self.outside)(key).map(Some).or_else(|| self.values.get(key).cloned())
    }

    /// The value with its references replaced, first one first; none if one of them cannot be told.
    fn expanded(&self, value: String) -> Option<String> {
        let mut result = value;
        for _ in 0..MOST_STEPS {
            let Some(reference) = js::first_reference(&result) else { return Some(result) };
            let there = self.of(reference.key);
            let value = match &there {
                Some(None) => return None,
                Some(Some(value)) => Some(value.clone()),
                None => None,
            };
            let some = value.clone().filter(|value| !value.is_empty());
            let replacement = match reference.operator {
                Some(":-") => some.unwrap_or(reference.rest.clone()),
                Some("-") => value.clone().unwrap_or(reference.rest.clone()),
                Some(":+") => some.map(|_| reference.rest.clone()).unwrap_or_default(),
                Some("+") => value.clone().map(|_| reference.rest.clone()).unwrap_or_default(),
                _ => some.unwrap_or_default(),
            };
            let is_literal = self.literals.get(reference.key).is_some_and(|value| has_reference(value));
            let next = js::replace_first(&result, reference.template, &replacement);
            if value.as_ref() == Some(&next) || is_literal {
                return Some(next);
            }
            self.room.take(Some(&next))?;
            result = next;
        }
        None
    }
}

/// Whether a text has something that looks like a reference, escaped or not.
fn has_reference(text: &str) -> bool {
    text.match_indices('$').any(|(at, _)| {
        let after = &text[at + 1..];
        match after.strip_prefix('{') {
            Some(braced) => braced.find('}').is_some_and(|end| end > 0),
            None => after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_'),
        }
    })
}

/// Whether a text has a command in `$(…)`, with its parentheses and quotes closed. One with too many to look at is taken
/// to have one.
fn has_command(text: &str) -> bool {
    let mut commands = text.match_indices("$(").map(|(at, _)| closes(&text.as_bytes()[at + 2..]));
    commands.by_ref().take(MOST_COMMANDS).any(|is_closed| is_closed) || commands.next().is_some()
}

fn closes(bytes: &[u8]) -> bool {
    let mut open: Vec<Option<u8>> = vec![None];
    let mut at = 0;
    while let (Some(&byte), Some(quote)) = (bytes.get(at), open.last_mut()) {
        at += 1;
        match (*quote, byte) {
            (Some(b'\''), b'\'') => *quote = None,
            (Some(b'\''), _) => {}
            (_, b'\\') => at += 1,
            (Some(inside), _) if byte == inside => *quote = None,
            (Some(_), b'$') if bytes.get(at) == Some(&b'(') => {
                at += 1;
                open.push(None);
            }
            (Some(_), _) => {}
            (None, b'\'' | b'"' | b'`') => *quote = Some(byte),
            (None, b'(') => open.push(None),
            (None, b')') => {
                open.pop();
                if open.is_empty() {
                    return true;
                }
            }
            (None, _) => {}
        }
    }
    false
}

/// Single quotes hold dollars; in the others they are escaped.
fn spellings(value: &str) -> Vec<String> {
    let mut spellings = js::spellings(value);
    spellings.push(format!("'{}'", value.replace('\'', "\\'")));
    if value.contains('$') {
        spellings.extend(js::spellings(&value.replace('$', "\\$")));
    }
    spellings
}
