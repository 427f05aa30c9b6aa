//! `docker run --env-file`: no quotes, no escapes, no expansion; a line is a name and whatever follows the `=`.

use super::{Outside, Rules};
use crate::place::BOM;
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "docker",
    title: "docker --env-file",
    checked: "docker 28.2.2",
    read,
    spellings: |value| vec![value.to_owned()],
    takes_name: |name| {
        !name.is_empty() && !name.contains(|c: char| c.is_whitespace() || c == '=' || c == '#')
    },
};

/// What a name may not have in it.
const WHITE_SPACE: [char; 2] = [' ', '\t'];

/// A line that is longer is refused, by the program's reader of lines.
const LONGEST_LINE: usize = 64 * 1024 - 1;

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    let text = text.strip_prefix(BOM).unwrap_or(text);
    for (number, line) in (1..).zip(text.split('\n')) {
        if line.len() > LONGEST_LINE {
            return Reading::refused(number, "the line is longer than 64 KiB");
        }
        let line = line.strip_suffix('\r').unwrap_or(line).trim_start();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = match line.split_once('=') {
            Some((name, value)) => (name, Some(value.to_owned())),
            None => (line, None),
        };
        if name.is_empty() {
            return Reading::refused(number, "there is no name before the `=`");
        }
        if name.contains(WHITE_SPACE) {
            return Reading::refused(number, "a name has a space or a tab in it");
        }
        // A name alone passes the variable of the process on.
        match value.or_else(|| outside(name)) {
            Some(value) => reading.set(name, value, number),
            None => reading.remark(number, Effect::Skips, "there is no `=`, and no such variable to pass on"),
        }
    }
    reading
}
