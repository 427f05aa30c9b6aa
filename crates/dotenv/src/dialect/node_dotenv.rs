//! `dotenv` for Node.js: quotes of three kinds, `\n` and `\r` in double ones, no expansion.

use super::{Outside, Rules, js};
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "node-dotenv",
    title: "dotenv for Node.js",
    checked: "dotenv 18.0.10 and 16.6.1",
    read,
    spellings: js::spellings,
    takes_name,
};

/// Letters, digits, `_`, `.` and `-`; a name that JavaScript has a meaning of its own for is lost.
pub(super) fn takes_name(name: &str) -> bool {
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
    !name.is_empty() && name.bytes().all(in_name) && name != "__proto__"
}

fn read(text: &str, _outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    for (name, value, line) in variables(text) {
        reading.set(&name, value, line);
    }
    reading
}

/// The variables with the line of each, the last value of each name, in order of the first one.
pub(super) fn variables(text: &str) -> Vec<(String, String, u32)> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut variables: Vec<(String, String, u32)> = Vec::new();
    let mut index = std::collections::HashMap::new();
    js::each_line(&text, |found| {
        let mut value = found.value;
        if found.first == Some('"') {
            value = value.replace("\\n", "\n").replace("\\r", "\r");
        }
        if !takes_name(found.name) {
            return;
        }
        let variable = (found.name.to_owned(), value, found.line);
        match index.get(found.name) {
            Some(&at) => variables[at] = variable,
            None => {
                index.insert(found.name.to_owned(), variables.len());
                variables.push(variable);
            }
        }
    });
    variables
}
