//! Docker Compose, which reads `.env` and `env_file` with the package dotenv of compose-go.
//!
//! The package began as a copy of godotenv, and little of that is left: a value without quotes ends before ` #`, a quote
//! after a backslash belongs to the value, single quotes know `\'`, double quotes the escapes of C and `\0` with three
//! octal digits. A name alone takes the value that the process has; a name that begins with a digit is left out.
//! References are expanded outside of single quotes, by the rules of Compose files (see [`template`]); variables of the
//! process go before the file's own, and `$$` is a `$`. A bad line or reference refuses the file.
//!
//! Names may have letters of any script. Marks that Unicode calls alphabetic are no letters to Go, but are taken for
//! letters here.

mod template;

use self::template::{Fault, Lookup, expand};
use super::cursor::Cursor;
use super::go;
use super::quoting::{quoted, raw};
use super::references::{NO_ROOM, Room, Values};
use super::{Outside, Rules};
use crate::place::BOM;
use crate::portable;
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "compose",
    title: "Docker Compose",
    checked: "compose-go e70e961",
    read,
    spellings,
    takes_name: portable::is_name,
};

fn spellings(value: &str) -> Vec<String> {
    let escape_single = |c| (c == '\'').then_some("\\'");
    let escape_double = |c| match c {
        '\\' => Some("\\\\"),
        '"' => Some("\\\""),
        '$' => Some("$$"),
        _ => None,
    };
    vec![
        value.to_owned(),
        value.replace('$', "$$"),
        raw(value, '\''),
        quoted(value, '\'', escape_single),
        quoted(value, '"', escape_double),
    ]
}

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut cursor = Cursor::new(text.strip_prefix(BOM).unwrap_or(text));
    let mut reading = Reading::default();
    let mut values = Values::new();
    let room = Room::new();
    while go::find_statement(&mut cursor) {
        let line = cursor.line();
        let (name, is_alone) = match name(&mut cursor) {
            Ok(name) => name,
            Err(reason) => return Reading::refused(line, reason),
        };
        let lookup = |name: &str| match (outside(name), values.get(name)) {
            (None, Some(value)) => {
                room.take(value.as_deref()).map(|value| Some(value.to_owned())).ok_or(Fault::Unknown)
            }
            (found, _) => Ok(found),
        };
        let value = if is_alone { outside(name).map(Ok) } else { Some(value(&mut cursor, &lookup)) };
        match value {
            Some(Err(Fault::Refused(reason))) => return Reading::refused(line, reason),
            Some(_) if name.starts_with(|c: char| c.is_ascii_digit()) => {
                reading.remark(line, Effect::Skips, "the name begins with a digit");
            }
            Some(value) => {
                let value = value.ok();
                reading.set_told(name, value.clone(), line, NO_ROOM);
                values.insert(name, value);
            }
            None => reading.remark(line, Effect::Skips, "there is no `=`, and no such variable to pass on"),
        }
    }
    reading
}

/// The name, and over what separates it from the value; and whether it is alone in its line.
fn name<'t>(cursor: &mut Cursor<'t>) -> Result<(&'t str, bool), &'static str> {
    let after_export = cursor.rest().strip_prefix("export");
    if after_export.is_some_and(|rest| rest.starts_with(['\t', '\n', '\u{c}', '\r', ' '])) {
        cursor.eat("export");
        cursor.take_while(go::is_blank);
    }
    if cursor.is_at_end() {
        return Err("there is no name after `export`");
    }
    let belongs = |c: char| go::is_blank(c) || c.is_alphabetic() || c.is_numeric() || "_.-[]".contains(c);
    let rest = cursor.rest();
    let (name, is_alone) = match rest.char_indices().find(|(_, c)| !belongs(*c)) {
        Some((end, separator @ ('=' | ':' | '\n'))) => (&cursor.take(end + 1)[..end], separator == '\n'),
        Some(_) => return Err("a name has a character in it that names do not have"),
        // The last line of a file is the value of a variable without a name.
        None => ("", false),
    };
    cursor.take_while(go::is_blank);
    let name = name.trim_end();
    if name.contains(' ') { Err("a name has a space in it") } else { Ok((name, is_alone)) }
}

fn value(cursor: &mut Cursor<'_>, lookup: Lookup<'_>) -> Result<String, Fault> {
    match cursor.peek() {
        Some(quote @ ('\'' | '"')) => {
            // Of the escapes, only that of the quote is one in both quotes.
            let inner = cursor.quoted(|c| (c == quote).then_some(c));
            let inner = inner.ok_or(Fault::Refused("the quotes of the value have no end"))?;
            if quote == '"' { expand(&unescape(&inner), lookup) } else { Ok(inner) }
        }
        _ => {
            let line = cursor.take_while(|c| c != '\n');
            let value = line.split_once(" #").map_or(line, |(value, _)| value);
            expand(value.trim_end(), lookup)
        }
    }
}

/// The value without the escapes of double quotes; a `$` that was one is `$$`.
fn unescape(value: &str) -> String {
    let mut unescaped = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('\\') {
        unescaped.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let escaped = rest.chars().next();
        let character = match escaped {
            Some('a') => "\u{7}",
            Some('b') => "\u{8}",
            Some('f') => "\u{c}",
            Some('n') => "\n",
            Some('r') => "\r",
            Some('t') => "\t",
            Some('v') => "\u{b}",
            Some('"') => "\"",
            Some('\\') => "\\",
            Some('$') => "$$",
            Some('0') => {
                let digits = rest[1..].bytes().take(3).take_while(u8::is_ascii_digit).count();
                let digits = &rest[1..=digits];
                match Some(digits).filter(|it| it.len() == 3).map(|it| u8::from_str_radix(it, 8)) {
                    Some(Ok(code)) => unescaped.push(char::from(code)),
                    _ => unescaped.extend(["\\", digits]),
                }
                rest = &rest[1 + digits.len()..];
                continue;
            }
            _ => {
                unescaped.push('\\');
                continue;
            }
        };
        unescaped.push_str(character);
        rest = &rest[1..];
    }
    unescaped.push_str(rest);
    unescaped
}
