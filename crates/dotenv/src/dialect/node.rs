//! Node.js itself: `node --env-file` and `util.parseEnv`. Quotes of three kinds without escapes, but `\n` in double ones; no
//! expansion.

use super::{Outside, Rules, js, node_lines};
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "node",
    title: "node --env-file",
    checked: "node 22.23.3, 24.9.0 and 26.9.0; what is written also node 20.20.2",
    read,
    spellings: js::spellings,
    takes_name: |name| {
        let begins_otherwise = name.starts_with('#') || name.starts_with("export ");
        let trimmed = name.trim_matches([' ', '\t', '\n']);
        !name.is_empty() && trimmed == name && !begins_otherwise && !name.contains(['=', '\n', '\r', '\0'])
    },
};

fn read(text: &str, _outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    let text = text.replace('\r', "");
    // The next quote, whatever stands before it.
    let closing = |text: &str, quote| text.find(quote);
    node_lines::each_line(&text, closing, |found| {
        let value = match found.quote {
            Some('"') => found.value.replace("\\n", "\n"),
            _ => found.value.to_owned(),
        };
        reading.set(found.name, value, found.line);
    });
    reading
}
