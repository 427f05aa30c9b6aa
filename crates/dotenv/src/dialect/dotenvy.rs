//! dotenvy, as `from_path_iter` and the other iterators of the crate read a file; where a variable comes twice, the
//! last one counts.
//!
//! A first pass finds the lines that belong together, a second one reads them, and the two see quotes and comments in
//! their own ways. A value is put together of bare, single and double quoted parts; white space ends it. Backslashes
//! escape themselves, quotes, `$`, a space and `n` outside of single quotes, and no other character. `$NAME` ends at the
//! first character that is no letter or digit, which then has no other meaning, not even that of a quote. Variables of
//! the process go before the file's own. The first bad line is an error, and what comes before it is loaded; a byte
//! order mark is bad too, but for `dotenv` and `from_path`, which pass over it. Those two also keep the first one of two
//! variables.

use std::mem::take;

use super::quoting::{escape, quoted, raw};
use super::references::{NO_ROOM, Room, Values};
use super::{Outside, Rules};
use crate::portable;
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "dotenvy",
    title: "dotenvy",
    checked: "dotenvy 0.15.7",
    read,
    spellings,
    takes_name: portable::is_name,
};

fn spellings(value: &str) -> Vec<String> {
    vec![value.to_owned(), raw(value, '\''), quoted(value, '"', escape)]
}

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut reading = Reading::default();
    let mut values = Values::new();
    let room = Room::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let Some((statement, length)) = statement(rest) else {
            reading.refuse(line, "a quote has no end, or white space ends the file");
            break;
        };
        match assignment(statement, &values, &room, outside) {
            Ok(None) => {}
            Ok(Some((name, value))) => {
                let value = room.told(value);
                reading.set_told(name, value.clone(), line, NO_ROOM);
                values.insert(name, value);
            }
            Err(reason) => {
                reading.refuse(line, reason);
                break;
            }
        }
        let lines = rest[..length].matches('\n').count();
        line = line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        rest = &rest[length..];
    }
    reading
}

/// Where the search for the end of a statement is.
#[derive(Clone, Copy, PartialEq)]
enum State {
    /// Outside of quotes. A statement can end here.
    Plain,
    /// After one white space, where a `#` begins a comment. After a second one it does not.
    Space,
    Escape,
    Quotes(char),
    EscapeIn(char),
}

/// The lines that belong together, without a comment and the line end, and how long they are with those.
fn statement(text: &str) -> Option<(&str, usize)> {
    let mut state = State::Plain;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        if start == 0 && line.trim_start().starts_with('#') {
            return Some(("", end));
        }
        for (at, c) in line.char_indices() {
            state = match (state, c) {
                (State::Space, '#') => return Some((&text[..start + at], end)),
                (State::Plain | State::Space, '\\') => State::Escape,
                (State::Plain | State::Space, '"' | '\'') => State::Quotes(c),
                (State::Plain, c) if c.is_whitespace() && c != '\n' && c != '\r' => State::Space,
                (State::Plain | State::Space | State::Escape, _) => State::Plain,
                (State::Quotes(quote), '\\') => State::EscapeIn(quote),
                (State::Quotes(quote), c) if c == quote => State::Plain,
                (State::Quotes(quote) | State::EscapeIn(quote), _) => State::Quotes(quote),
            };
        }
        if state == State::Plain {
            let statement = &text[..end];
            let statement = statement
                .strip_suffix('\n')
                .map_or(statement, |statement| statement.strip_suffix('\r').unwrap_or(statement));
            return Some((statement, end));
        }
        start = end;
    }
    None
}

/// The name and the value of a statement; none of an empty one.
fn assignment<'t>(
    statement: &'t str,
    values: &Values<'_>,
    room: &Room,
    outside: Outside<'_>,
) -> Result<Option<(&'t str, String)>, &'static str> {
    let statement = statement.trim();
    if statement.is_empty() || statement.starts_with('#') {
        return Ok(None);
    }
    let (mut name, mut rest) = name(statement)?;
    if name == "export" && !rest.starts_with('=') {
        (name, rest) = self::name(rest)?;
    }
    let rest = rest.strip_prefix('=').ok_or("there is no `=` after the name")?.trim_start();
    if rest.is_empty() || rest.starts_with('#') {
        return Ok(Some((name, String::new())));
    }
    let lookup = |name: &str| {
        // The end of a value is looked up like a reference without a name, and no environment has that.
        let own = || values.get(name).and_then(|value| room.take(value.as_deref())).map(str::to_owned);
        if name.is_empty() { String::new() } else { outside(name).or_else(own).unwrap_or_default() }
    };
    value(rest, &lookup).map(|value| Some((name, value)))
}

/// A name, and what follows it and white space.
fn name(text: &str) -> Result<(&str, &str), &'static str> {
    if !text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        return Err("the name does not begin with a letter or `_`");
    }
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.')).unwrap_or(text.len());
    Ok((&text[..end], text[end..].trim_start()))
}

/// Where the reading of a value is, beside the double quotes it may be in.
enum Part {
    Plain,
    Single,
    Escape,
    /// After `$`, with the name so far.
    Reference(String),
    /// After `${`, with the name so far.
    Braced(String),
    /// After white space, where only a comment may follow.
    End,
}

/// The value of a text that is not empty.
fn value(text: &str, lookup: &dyn Fn(&str) -> String) -> Result<String, &'static str> {
    let mut value = String::new();
    let mut double = false;
    let mut part = Part::Plain;
    for c in text.chars() {
        part = match (part, c) {
            (Part::End, ' ' | '\t') => Part::End,
            (Part::End, '#') => return Ok(value),
            (Part::End, _) => return Err("something follows the value, which has no quotes"),
            (Part::Escape, '\\' | '\'' | '"' | '$' | ' ' | 'n') => {
                value.push(if c == 'n' { '\n' } else { c });
                Part::Plain
            }
            (Part::Escape, _) => return Err("a backslash is before a character that it does not escape"),
            (Part::Single, '\'') => Part::Plain,
            (Part::Single, _) => {
                value.push(c);
                Part::Single
            }
            (Part::Reference(mut name), c) if c.is_alphanumeric() => {
                name.push(c);
                Part::Reference(name)
            }
            (Part::Reference(name), '{') if name.is_empty() => Part::Braced(name),
            (Part::Reference(mut name), c) => {
                value.push_str(&lookup(&take(&mut name)));
                if c == '$' {
                    Part::Reference(name)
                } else {
                    value.push(c);
                    Part::Plain
                }
            }
            (Part::Braced(name), '}') => {
                value.push_str(&lookup(&name));
                Part::Plain
            }
            (Part::Braced(mut name), _) => {
                name.push(c);
                Part::Braced(name)
            }
            (Part::Plain, '$') => Part::Reference(String::new()),
            (Part::Plain, '\\') => Part::Escape,
            (Part::Plain, '"') => {
                double = !double;
                Part::Plain
            }
            (Part::Plain, '\'') if !double => Part::Single,
            (Part::Plain, ' ' | '\t') if !double => Part::End,
            (Part::Plain, _) => {
                value.push(c);
                Part::Plain
            }
        };
    }
    match part {
        Part::Single | Part::Braced(_) => Err("a quote or a `${` has no end"),
        _ if double => Err("a quote has no end"),
        Part::Reference(name) => {
            value.push_str(&lookup(&name));
            Ok(value)
        }
        Part::Plain | Part::Escape | Part::End => Ok(value),
    }
}
