//! The gem dotenv of Ruby, as `Dotenv.load` and `Dotenv.parse` of version 3.2 read a file.
//!
//! One pattern is looked for from line to line, and what it does not match is passed over; [`statement`] finds what it
//! matches. White space in it may be line feeds. A variable that the process has keeps its value there. Double quotes
//! and values without quotes drop the backslash before anything but `$`, a line end is a line feed, and `\n` in double
//! quotes stays as it is. `$(command)` runs outside of single quotes, then `$NAME` and `${NAME}` are expanded; a
//! backslash stops either. The variable `DOTENV_LINEBREAK_MODE`, when it is `legacy`, makes `\n` and `\r` line ends.

mod statement;

use std::collections::HashMap;

use self::statement::{Closers, Statement, statement};
use super::quoting::{escape, quoted, raw};
use super::references::{Room, Values, unescape};
use super::{Outside, Rules};
use crate::place::BOM;
use crate::portable;
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "ruby-dotenv",
    title: "dotenv of Ruby",
    checked: "dotenv 3.2.0",
    read,
    spellings,
    takes_name: portable::is_name,
};

fn spellings(value: &str) -> Vec<String> {
    let bare = value.replace('\\', "\\\\").replace('$', "\\$");
    // A quote that is not closed, or closed after a backslash, has an end that depends on what follows in the file.
    let mut spellings =
        if value.starts_with(['\'', '"']) { vec![format!("\\{bare}")] } else { vec![value.to_owned(), bare] };
    if !value.ends_with('\\') {
        spellings.extend([raw(value, '\''), raw(value, '"'), quoted(value, '"', escape)]);
    }
    spellings
}

const LINEBREAK_MODE: &str = "DOTENV_LINEBREAK_MODE";

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let text = text.strip_prefix(BOM).unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let closers = Closers::of(&text);
    let mut file = File { reading: Reading::default(), values: Values::new(), room: Room::new(), outside };
    let mut lines = Lines { text: &text, counted: 0, line: 1 };
    let mut at = 0;
    while let Some(start) = statement::line_start(&text, at) {
        at = match statement(&text, start, &closers) {
            Ok(statement) => {
                let line = lines.line(statement.start);
                if let Err(reason) = file.take(&statement, line) {
                    return Reading::refused(line, reason);
                }
                statement.end
            }
            Err(passed) => {
                if !text[passed..].is_empty() && !text[passed..].starts_with('#') {
                    let line = lines.line(passed);
                    file.reading.remark(line, Effect::Skips, "it is not a name with a value");
                }
                text[passed..].find('\n').map_or(text.len(), |end| passed + end + 1)
            }
        };
    }
    file.reading
}

/// Counts lines up to places that come one after the other.
struct Lines<'t> {
    text: &'t str,
    counted: usize,
    line: u32,
}

impl Lines<'_> {
    fn line(&mut self, at: usize) -> u32 {
        let lines = self.text[self.counted..at].matches('\n').count();
        self.counted = at;
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.line
    }
}

/// What was read so far.
struct File<'t, 'e> {
    reading: Reading,
    values: Values<'t>,
    room: Room,
    outside: Outside<'e>,
}

impl<'t> File<'t, '_> {
    fn take(&mut self, statement: &Statement<'t>, line: u32) -> Result<(), &'static str> {
        let Statement { name, value, .. } = *statement;
        let existing = (self.outside)(name).filter(|_| name != LINEBREAK_MODE);
        let value = match (existing, value) {
            (Some(existing), _) => Some(existing),
            (None, None) if statement.is_export => {
                let known = self.values.contains_key(name);
                return known.then_some(()).ok_or("`export` is before a name that has no value");
            }
            (None, value) => self.value(value.unwrap_or_default(), line),
        };
        match &value {
            Some(value) => self.reading.set(name, value.clone(), line),
            None => self.reading.set_unknown(name, line),
        }
        self.values.insert(name, value);
        Ok(())
    }

    /// What the text after the separator stands for; nothing if a command would tell.
    fn value(&mut self, text: &str, line: u32) -> Option<String> {
        let text = text.trim_matches(|c| c == '\0' || statement::is_space(c));
        let between = |quote| text.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(inner) = between('\'') {
            return Some(inner.to_owned());
        }
        let unescaped = match between('"') {
            Some(inner) => unescape(&self.with_linebreaks(inner)),
            None => unescape(text),
        };
        let Some(value) = without_escaped_commands(&unescaped) else {
            self.reading.remark(line, Effect::Runs, "a `$(` outside of single quotes runs a command");
            return None;
        };
        let expanded = self.expand(&value);
        if expanded.is_none() {
            self.reading.remark(line, Effect::Unknown, "it refers to what cannot be told, or is too long");
        }
        expanded
    }

    /// The text with its `\n` and `\r` made line ends, or saved from what drops backslashes.
    fn with_linebreaks(&self, text: &str) -> String {
        let file = self.values.get(LINEBREAK_MODE).cloned().flatten();
        let is_legacy = file.or_else(|| (self.outside)(LINEBREAK_MODE)).is_some_and(|mode| mode == "legacy");
        let (feed, carriage) = if is_legacy { ("\n", "\r") } else { ("\\\\n", "\\\\r") };
        text.replace("\\n", feed).replace("\\r", carriage)
    }

    /// The value with references replaced; nothing if one of them cannot be told.
    fn expand(&self, value: &str) -> Option<String> {
        let mut expanded = String::with_capacity(value.len());
        let mut rest = value;
        while let Some(at) = rest.find('$') {
            let after = &rest[at + 1..];
            if after.starts_with('(') {
                expanded.push_str(&rest[..=at]);
                rest = after;
                continue;
            }
            let inner = after.strip_prefix('{').unwrap_or(after);
            let end = inner.find(|c| !is_of_reference(c)).unwrap_or(inner.len());
            let (name, left) = inner.split_at(end);
            let left = left.strip_prefix('}').unwrap_or(left);
            let whole = &rest[at..rest.len() - left.len()];
            if let Some(before) = rest[..at].strip_suffix('\\') {
                expanded.extend([before, whole]);
            } else if name.is_empty() {
                expanded.extend([&rest[..at], whole]);
            } else {
                expanded.push_str(&rest[..at]);
                match self.values.get(name) {
                    Some(value) => expanded.push_str(self.room.take(value.as_deref())?),
                    None => expanded.push_str(&(self.outside)(name).unwrap_or_default()),
                }
            }
            rest = left;
        }
        expanded.push_str(rest);
        Some(expanded)
    }
}

/// Whether a name after `$` goes on. Two characters are lower case forms of letters to the pattern.
fn is_of_reference(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '\u{17f}' | '\u{212a}')
}

/// The text with the backslash before `$(command)` dropped; nothing if there is a command that has none.
fn without_escaped_commands(text: &str) -> Option<String> {
    let ends = groups(text);
    let mut out = String::with_capacity(text.len());
    let mut copied = 0;
    for (at, _) in text.match_indices("$(") {
        let Some(end) = ends.get(&(at + 1)).filter(|_| at >= copied) else { continue };
        out.push_str(text[copied..at].strip_suffix('\\')?);
        out.push_str(&text[at..*end]);
        copied = *end;
    }
    out.push_str(&text[copied..]);
    Some(out)
}

/// Where parentheses end that are balanced and never empty, by where they begin.
fn groups(text: &str) -> HashMap<usize, usize> {
    let mut groups = HashMap::new();
    let mut open: Vec<(usize, bool)> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'(' {
            open.push((at, true));
        } else if byte == b')'
            && let Some((start, is_good)) = open.pop()
        {
            if is_good && at > start + 1 {
                groups.insert(start, at + 1);
            } else if let Some(outer) = open.last_mut() {
                outer.1 = false;
            }
        }
    }
    groups
}
