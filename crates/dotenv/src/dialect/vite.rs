//! Vite, by `dotenv` and `dotenv-expand`: `$NAME` is expanded whatever quotes it is in; `\$` is a dollar. A variable that
//! the process has goes before the file's.

use std::collections::{HashMap, HashSet};

use super::references::Room;
use super::{Outside, Rules, js, node_dotenv};
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "vite",
    title: "Vite",
    checked: "dotenv 18.0.10 with dotenv-expand 12.0.3",
    read,
    spellings,
    takes_name: node_dotenv::takes_name,
};

/// Steps after which an expansion is taken for one without an end.
const MOST_STEPS: usize = 100;

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut running: HashMap<String, Option<String>> = HashMap::new();
    let room = Room::new();
    for (name, value, line) in node_dotenv::variables(text) {
        let own = outside(&name).filter(|own| !own.is_empty() && *own != value);
        let expanded = match own {
            Some(own) => Some(own),
            None => expanded(value, &running, outside, &room),
        };
        let value = expanded.map(|value| value.replace("\\$", "$"));
        reading.set_told(&name, value.clone(), line, "its references are too many to be followed");
        running.insert(name, value);
    }
    reading
}

/// The value with its references replaced, first one first, until there are no more.
fn expanded(
    value: String,
    running: &HashMap<String, Option<String>>,
    outside: Outside<'_>,
    room: &Room,
) -> Option<String> {
    let of = |key: &str| outside(key).map(Some).or_else(|| running.get(key).cloned());
    let mut seen = HashSet::new();
    let mut result = value;
    while let Some(reference) = js::first_reference(&result) {
        if seen.len() == MOST_STEPS {
            return None;
        }
        let value = of(reference.key).unwrap_or_else(|| Some(String::new()))?;
        let is_set = !value.is_empty();
        let replacement = match reference.operator {
            Some(":+" | "+") if !is_set => String::new(),
            Some(":+" | "+") => reference.rest.clone(),
            _ if is_set && value != result && !seen.contains(&value) => value,
            _ => reference.rest.clone(),
        };
        let key = reference.key.to_owned();
        let next = js::replace_first(&result, reference.template, &replacement);
        room.take(Some(&next))?;
        let is_new = seen.insert(std::mem::replace(&mut result, next));
        if running.get(&key).is_some_and(|value| value.as_ref() == Some(&result)) {
            break;
        }
        // The same text again would be followed for ever.
        if !is_new && seen.contains(&result) {
            return None;
        }
    }
    Some(result)
}

/// As for `dotenv`, once more with dollars escaped.
pub(super) fn spellings(value: &str) -> Vec<String> {
    let mut spellings = js::spellings(value);
    if value.contains('$') {
        spellings.extend(js::spellings(&value.replace('$', "\\$")));
    }
    spellings
}
