//! godotenv, as its `Read` and `Unmarshal` read a file.
//!
//! A name is separated by `=` or `:`, and checked byte by byte as if the file were Latin-1. A value without quotes ends
//! at the line, or at the last `#` after white space. Quotes end at the first one of their kind that is not after a
//! backslash, escaped or not, and every quote at both ends of the value is dropped, escaped or not. Double quotes know
//! `\n` and `\r`, and drop the backslash before anything but `$`. `$NAME` of capital letters, digits and `_` is expanded
//! outside of single quotes, to the file's own variables only; `\$` stops that. A bad line refuses the file.

use super::cursor::Cursor;
use super::go::{find_statement, is_blank};
use super::quoting::{escape, quoted, raw};
use super::references::{self, NO_ROOM, Room, Values};
use super::{Outside, Rules};
use crate::portable;
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "godotenv",
    title: "godotenv",
    checked: "godotenv 1.5.1",
    read,
    spellings,
    takes_name: portable::is_name,
};

fn spellings(value: &str) -> Vec<String> {
    let escape = |c| if c == '\r' { Some("\\r") } else { escape(c) };
    vec![value.to_owned(), value.replace('$', "\\$"), raw(value, '\''), quoted(value, '"', escape)]
}

fn read(text: &str, _outside: Outside<'_>) -> Reading {
    let text = text.replace("\r\n", "\n");
    let mut cursor = Cursor::new(&text);
    let mut reading = Reading::default();
    let mut values = Values::new();
    let room = Room::new();
    let mut are_all_nameless = false;
    while find_statement(&mut cursor) {
        let line = cursor.line();
        let found = name(&mut cursor, &mut are_all_nameless)
            .and_then(|name| Ok((name, value(&mut cursor, &values, &room)?)));
        match found {
            Ok((name, value)) => {
                let value = room.told(value);
                reading.set_told(name, value.clone(), line, NO_ROOM);
                values.insert(name, value);
            }
            Err(reason) => return Reading::refused(line, reason),
        }
    }
    reading
}

/// The name, and over what separates it from the value. Once nothing separates the two in all that follows, no later
/// value has a name either, and is not looked through again.
fn name<'t>(cursor: &mut Cursor<'t>, are_all_nameless: &mut bool) -> Result<&'t str, &'static str> {
    if cursor.rest().strip_prefix("export").is_some_and(|rest| rest.starts_with(is_blank)) {
        cursor.eat("export");
        cursor.take_while(is_blank);
    }
    if cursor.is_at_end() {
        return Err("there is no name after `export`");
    }
    let rest = cursor.rest();
    let belongs = |byte: u8| {
        let c = char::from(byte);
        is_blank(c) || c.is_alphabetic() || c.is_numeric() || matches!(c, '_' | '.')
    };
    let end = if *are_all_nameless { None } else { rest.bytes().position(|byte| !belongs(byte)) };
    let name = match end {
        Some(end) if matches!(rest.as_bytes()[end], b'=' | b':') => &cursor.take(end + 1)[..end],
        Some(_) => return Err("a name has a character in it that names do not have"),
        // The last line of a file is the value of a variable without a name.
        None => {
            *are_all_nameless = true;
            ""
        }
    };
    cursor.take_while(is_blank);
    Ok(name.trim_end())
}

fn value(cursor: &mut Cursor<'_>, values: &Values<'_>, room: &Room) -> Result<String, &'static str> {
    let Some(quote) = cursor.peek().filter(|c| matches!(c, '\'' | '"')) else {
        let line = cursor.take_while(|c| c != '\n' && c != '\r');
        let comment = line.rmatch_indices('#').find(|(at, _)| line[..*at].ends_with(is_blank));
        let value = comment.map_or(line, |(at, _)| &line[..at]);
        return Ok(expand(value.trim_matches(is_blank), values, room));
    };
    let rest = cursor.rest();
    let mut ends = rest.match_indices(quote).skip(1);
    let (end, _) =
        ends.find(|(at, _)| !rest[..*at].ends_with('\\')).ok_or("the quotes of the value have no end")?;
    let value = cursor.take(end + 1)[..end].trim_matches(quote);
    Ok(if quote == '"' { expand(&unescape(value), values, room) } else { value.to_owned() })
}

/// The value without the escapes of double quotes but `\$`.
fn unescape(value: &str) -> String {
    let mut lines = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match (c, chars.clone().next()) {
            ('\\', Some('n')) => lines.push('\n'),
            ('\\', Some('r')) => lines.push('\r'),
            ('\\', Some(escaped)) if escaped != '\n' => lines.extend([c, escaped]),
            _ => {
                lines.push(c);
                continue;
            }
        }
        chars.next();
    }
    // In a second pass, since a backslash may come before a line feed that was an escape.
    references::unescape(&lines)
}

/// The value with references replaced.
fn expand(value: &str, values: &Values<'_>, room: &Room) -> String {
    let mut expanded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('$') {
        let mut cursor = Cursor::new(&rest[at + 1..]);
        cursor.eat("(");
        cursor.eat("{");
        let name = cursor.take_while(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_');
        cursor.eat("}");
        let end = rest.len() - cursor.rest().len();
        if let Some(before) = rest[..at].strip_suffix('\\') {
            expanded.push_str(before);
            expanded.push_str(&rest[at..end]);
        } else if name.is_empty() {
            expanded.push_str(&rest[..end]);
        } else {
            expanded.push_str(&rest[..at]);
            expanded.extend(values.get(name).and_then(|value| room.take(value.as_deref())));
        }
        rest = &rest[end..];
    }
    expanded.push_str(rest);
    expanded
}
