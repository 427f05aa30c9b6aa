//! python-dotenv, as its `dotenv_values` and `load_dotenv` read a file.
//!
//! A name is anything without white space, `=` and `#`, or anything in single quotes. A value without quotes ends
//! before white space and a `#`, and has no escapes; single quotes know `\\` and `\'`, double quotes the escapes of C.
//! `${NAME}` and `${NAME:-default}` are expanded in every value, quoted or not, and nothing stops that; the file's own
//! variables go before those of the process. A bad line is passed over up to its end, from where it went bad. Every
//! line end becomes a line feed before anything is read.

use std::collections::HashMap;

use super::cursor::Cursor;
use super::quoting::{quoted, raw};
use super::references::{NO_ROOM, Room, Values};
use super::{Outside, Rules};
use crate::place::BOM;
use crate::portable;
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "python-dotenv",
    title: "python-dotenv",
    checked: "python-dotenv 1.2.4",
    read,
    spellings,
    takes_name: portable::is_name,
};

fn spellings(value: &str) -> Vec<String> {
    let escape_single = |c| match c {
        '\\' => Some("\\\\"),
        '\'' => Some("\\'"),
        _ => None,
    };
    let escape_double = |c| match c {
        '\\' => Some("\\\\"),
        '"' => Some("\\\""),
        '\r' => Some("\\r"),
        _ => None,
    };
    vec![
        value.to_owned(),
        raw(value, '\''),
        raw(value, '"'),
        quoted(value, '\'', escape_single),
        quoted(value, '"', escape_double),
    ]
}

/// A name, its value before expansion if it has one, and its line.
type Binding<'t> = (&'t str, Option<String>, u32);

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let text = text.strip_prefix(BOM).unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let mut cursor = Cursor::new(&text);
    let mut reading = Reading::default();
    let mut bindings = Vec::new();
    let mut has_value = HashMap::new();
    let mut values = Values::new();
    let room = Room::new();
    while !cursor.is_at_end() {
        match binding(&mut cursor) {
            Ok(None) => {}
            Ok(Some((name, value, line))) => {
                if value.is_none() {
                    reading.remark(line, Effect::Skips, "there is no `=` after the name");
                }
                has_value.insert(name, value.is_some());
                // To a reference, a name without a value is an empty one.
                let expanded = expand(&value.unwrap_or_default(), &values, &room, outside);
                let value = room.told(expanded);
                if value.is_none() {
                    reading.remark(line, Effect::Unknown, NO_ROOM);
                }
                bindings.push((name, value.clone(), line));
                values.insert(name, value);
            }
            Err(reason) => {
                let line = cursor.line();
                cursor.skip_line();
                reading.remark(line, Effect::Skips, reason);
            }
        }
    }
    // A name without a value takes the value away that it had.
    for (name, value, line) in bindings {
        if has_value[name] {
            match value {
                Some(value) => reading.set(name, value, line),
                None => reading.set_unknown(name, line),
            }
        }
    }
    reading
}

/// The next binding. Where it goes wrong, the cursor is left.
fn binding<'t>(cursor: &mut Cursor<'t>) -> Result<Option<Binding<'t>>, &'static str> {
    cursor.take_while(is_space);
    if cursor.is_at_end() {
        return Ok(None);
    }
    let after_export = cursor.rest().strip_prefix("export");
    if after_export.is_some_and(|rest| rest.starts_with(is_blank)) {
        cursor.eat("export");
        cursor.take_while(is_blank);
    }
    let line = cursor.line();
    let name = name(cursor)?;
    cursor.take_while(is_blank);
    let value = if cursor.eat("=") {
        let spaced = !cursor.take_while(is_blank).is_empty();
        // Without white space before it, a `#` belongs to the value.
        Some(if spaced && cursor.peek() == Some('#') { String::new() } else { value(cursor)? })
    } else {
        None
    };
    cursor.take_while(is_blank);
    if cursor.peek() == Some('#') {
        cursor.take_while(|c| c != '\n');
    }
    if !cursor.is_at_end() && !cursor.eat("\n") {
        return Err("something follows the name or the value");
    }
    Ok(name.map(|name| (name, value, line)))
}

/// A name; none where a comment begins.
fn name<'t>(cursor: &mut Cursor<'t>) -> Result<Option<&'t str>, &'static str> {
    match cursor.peek() {
        Some('#') => Ok(None),
        Some('\'') => {
            let end = cursor.rest()[1..].find('\'').filter(|end| *end > 0);
            let end = end.ok_or("the name in quotes has no end, or is empty")?;
            Ok(Some(&cursor.take(end + 2)[1..=end]))
        }
        _ => match cursor.take_while(|c| c != '=' && c != '#' && !is_space(c)) {
            "" => Err("there is no name before the `=`"),
            name => Ok(Some(name)),
        },
    }
}

fn value(cursor: &mut Cursor<'_>) -> Result<String, &'static str> {
    let in_quotes = match cursor.peek() {
        Some('\'') => cursor.quoted(|c| matches!(c, '\\' | '\'').then_some(c)),
        Some('"') => cursor.quoted(|c| match c {
            '\\' | '\'' | '"' => Some(c),
            'a' => Some('\u{7}'),
            'b' => Some('\u{8}'),
            'f' => Some('\u{c}'),
            'n' => Some('\n'),
            'r' => Some('\r'),
            't' => Some('\t'),
            'v' => Some('\u{b}'),
            _ => None,
        }),
        _ => {
            let part = cursor.take_while(|c| c != '\n');
            let comment = part.match_indices('#').find(|(at, _)| part[..*at].ends_with(is_space));
            let part = comment.map_or(part, |(at, _)| &part[..at]);
            return Ok(part.trim_end_matches(is_space).to_owned());
        }
    };
    in_quotes.ok_or("the quotes of the value have no end")
}

/// The value with references replaced.
fn expand(value: &str, values: &Values<'_>, room: &Room, outside: Outside<'_>) -> String {
    let mut expanded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(start) = rest.find("${") {
        let (before, inner) = (&rest[..start], &rest[start + 2..]);
        let Some(end) = inner.find(['}', ':']) else { break };
        let (name, after) = (&inner[..end], &inner[end..]);
        let default = after.strip_prefix(":-");
        if default.is_none() && after.starts_with(':') {
            // No reference ends here, so none of those that begin before this place is one.
            let passed = start + 2 + end + 1;
            expanded.push_str(&rest[..passed]);
            rest = &rest[passed..];
            continue;
        }
        let Some(close) = after.find('}') else { break };
        expanded.push_str(before);
        let default = || default.map_or("", |_| &after[2..close]).to_owned();
        match values.get(name) {
            Some(value) => expanded.extend(room.take(value.as_deref())),
            None => expanded.push_str(&outside(name).unwrap_or_else(default)),
        }
        rest = &after[close + 1..];
    }
    expanded.push_str(rest);
    expanded
}

/// White space of Python's texts.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// White space within a line. The file has line feeds only.
fn is_blank(c: char) -> bool {
    is_space(c) && c != '\n'
}
