//! varlock: a grammar that refuses the whole file where a line does not fit. Bare values end at a `#`; double quotes and
//! backticks have `\n` and `\$`, and each kind of quotes can have itself escaped. `$NAME` and `${NAME}` are expanded but in
//! single quotes, from the whole file in any order; a name that the file lacks refuses it.
//!
//! A bare value of nothing is told as empty, as it is where the schema makes the variable optional; it is not set then.
//! What decorators, functions, lists and commands make of a file is not told.

use std::collections::HashMap;

use super::references::Room;
use super::{Outside, Rules, js};
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "varlock",
    title: "varlock",
    checked: "varlock 1.20.0",
    read,
    spellings,
    takes_name: |name| !name.is_empty() && name_at(name) == name,
};

/// Why a file is read no further.
enum Stop {
    Refused(u32, &'static str),
    /// It has something in it that is not modelled.
    Beyond(u32, &'static str),
}

/// A piece of a value.
enum Piece {
    Text(String),
    Reference(String),
}

struct Item<'t> {
    name: &'t str,
    pieces: Vec<Piece>,
    line: u32,
}

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let text = text.replace("\r\n", "\n");
    let values = items(&text).and_then(|items| resolved(&items, outside));
    match values {
        Ok(values) => {
            let mut reading = Reading::default();
            for (name, value, line) in values {
                reading.set(&name, value, line);
            }
            reading
        }
        Err(Stop::Refused(line, reason)) => Reading::refused(line, reason),
        Err(Stop::Beyond(line, reason)) => {
            let mut reading = Reading::default();
            reading.remark(line, Effect::Unknown, reason);
            reading.lose_all();
            reading
        }
    }
}

/// The items of a file, the last one of each name.
fn items(text: &str) -> Result<Vec<Item<'_>>, Stop> {
    let mut items: Vec<Item<'_>> = Vec::new();
    let mut index = HashMap::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let before = rest.len();
        let blank = rest.trim_start_matches([' ', '\t']);
        if blank.is_empty() {
            break;
        }
        if let Some(after) = blank.strip_prefix('\n') {
            rest = after;
        } else if rest.starts_with('#') {
            rest = comment(rest, line)?;
            rest = rest.strip_prefix('\n').unwrap_or(rest);
        } else {
            let (item, after) = item(rest, line)?;
            match index.get(item.name) {
                Some(&at) => items[at] = item,
                None => {
                    index.insert(item.name, items.len());
                    items.push(item);
                }
            }
            rest = after;
        }
        let read = &text[text.len() - before..text.len() - rest.len()];
        line += u32::try_from(read.matches('\n').count()).unwrap_or(0);
    }
    Ok(items)
}

/// What follows a comment, up to the end of its line.
fn comment(text: &str, line: u32) -> Result<&str, Stop> {
    let end = text.find('\n').unwrap_or(text.len());
    if text[..end].contains('@') {
        return Err(Stop::Beyond(line, "a comment may be a decorator"));
    }
    Ok(&text[end..])
}

fn name_at(text: &str) -> &str {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let end = text.find(|c| !in_name(c)).unwrap_or(text.len());
    if begins { &text[..end] } else { "" }
}

fn item(text: &str, line: u32) -> Result<(Item<'_>, &str), Stop> {
    let blanks = [' ', '\t'];
    let mut rest = text.trim_start_matches(blanks);
    rest = rest.strip_prefix("export ").map_or(rest, |rest| rest.trim_start_matches(blanks));
    let name = name_at(rest);
    if name.is_empty() {
        return Err(Stop::Refused(line, "there is no name at its beginning"));
    }
    rest = rest[name.len()..].trim_start_matches(blanks);
    rest = rest.strip_prefix('=').ok_or(Stop::Refused(line, "there is no `=` after the name"))?;
    let (pieces, after) = value(rest, line)?;
    rest = after.trim_start_matches(blanks);
    if rest.starts_with('#') {
        rest = comment(rest, line)?;
    }
    rest = rest.trim_start_matches(blanks);
    if !rest.is_empty() && !rest.starts_with('\n') {
        return Err(Stop::Refused(line, "there is text after the value"));
    }
    Ok((Item { name, pieces, line }, rest.strip_prefix('\n').unwrap_or(rest)))
}

fn value(text: &str, line: u32) -> Result<(Vec<Piece>, &str), Stop> {
    if text.starts_with(['{', '[']) || text.starts_with("\"\"\"") || text.starts_with("```") {
        return Err(Stop::Beyond(line, "the value is a list, an object or a text in three quotes"));
    }
    let word = text.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
    if word.len() < text.len() && word.starts_with('(') {
        return Err(Stop::Beyond(line, "the value is a function"));
    }
    let first = text.chars().next();
    if let Some(quote @ ('\'' | '"' | '`')) = first {
        let Some(end) = closing(&text[1..], quote) else { return Ok((Vec::new(), text)) };
        let inner = text[1..=end].replace(&format!("\\{quote}"), &quote.to_string());
        let after = &text[end + 2..];
        if quote == '\'' {
            return Ok((vec![Piece::Text(inner)], after));
        }
        return Ok((expansion(&inner, line, |text| text.replace("\\$", "$").replace("\\n", "\n"))?, after));
    }
    if text.trim_start_matches([' ', '\t']).starts_with(['\'', '"', '`']) {
        return Ok((Vec::new(), text));
    }
    let end = text.find(['#', '\n']).unwrap_or(text.len());
    let bare = js::trim(&text[..end]);
    // JavaScript's own word for nothing.
    let bare = if bare == "undefined" { "" } else { bare };
    Ok((expansion(bare, line, |text| text.replace("\\$", "$"))?, &text[end..]))
}

/// The quote that closes a value; backticks close in their line.
fn closing(text: &str, quote: char) -> Option<usize> {
    let mut at = 0;
    let bytes = text.as_bytes();
    while at < bytes.len() {
        match bytes[at] {
            b'\\' if bytes.get(at + 1) == Some(&(quote as u8)) => at += 1,
            b'\n' if quote == '`' => return None,
            byte if byte == quote as u8 => return Some(at),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The pieces of a value: references, and the text between them.
fn expansion(value: &str, line: u32, unescape: fn(&str) -> String) -> Result<Vec<Piece>, Stop> {
    let mut pieces = Vec::new();
    let mut plain = 0;
    // Defaults, and what is escaped beside a reference, are unescaped more than once.
    let is_beyond = value.contains(['\\', '"', '\'', '`']) || value.contains("undefined");
    for (at, _) in value.match_indices('$') {
        if at < plain || value[..at].ends_with('\\') {
            continue;
        }
        let after = &value[at + 1..];
        if after.starts_with('(') {
            return Err(Stop::Beyond(line, "it may run a command"));
        }
        let braced = after.strip_prefix('{');
        let name = name_at(braced.unwrap_or(after));
        let name = if braced.is_some() { name } else { name.split(['.', '-']).next().unwrap_or_default() };
        if name.is_empty() {
            continue;
        }
        let end = at + 1 + name.len() + if braced.is_some() { 2 } else { 0 };
        let is_closed = braced.is_none_or(|braced| braced[name.len()..].starts_with('}'));
        if is_beyond || !is_closed || name.contains(['.', '-']) {
            return Err(Stop::Beyond(line, "it has a reference with more around it than is followed here"));
        }
        pieces.push(Piece::Text(value[plain..at].to_owned()));
        pieces.push(Piece::Reference(name.to_owned()));
        plain = end;
    }
    pieces.push(Piece::Text(if pieces.is_empty() { unescape(value) } else { value[plain..].to_owned() }));
    Ok(pieces)
}

/// The values, each after those that it refers to.
fn resolved(items: &[Item<'_>], outside: Outside<'_>) -> Result<Vec<(String, String, u32)>, Stop> {
    let room = Room::new();
    let index: HashMap<_, _> = items.iter().enumerate().map(|(at, item)| (item.name, at)).collect();
    let mut values: Vec<Option<String>> = items.iter().map(|item| outside(item.name)).collect();
    // Each round settles what refers to nothing unsettled; a circle never settles.
    let mut left: Vec<usize> = (0..items.len()).filter(|at| values[*at].is_none()).collect();
    while !left.is_empty() {
        let before = left.len();
        let mut waiting = Vec::new();
        for at in left {
            let item = &items[at];
            let mut value = String::new();
            let mut is_settled = true;
            for piece in &item.pieces {
                match piece {
                    Piece::Text(text) => value.push_str(text),
                    Piece::Reference(name) => {
                        let &to = index
                            .get(name.as_str())
                            .ok_or(Stop::Refused(item.line, "it refers to a variable that the file lacks"))?;
                        match &values[to] {
                            Some(other) => {
                                let taken = room.take(Some(other));
                                value.push_str(
                                    taken.ok_or(Stop::Beyond(item.line, "its references add too much"))?,
                                );
                            }
                            None => is_settled = false,
                        }
                    }
                }
            }
            if is_settled {
                values[at] = Some(value);
            } else {
                waiting.push(at);
            }
        }
        if waiting.len() == before {
            return Err(Stop::Refused(items[waiting[0]].line, "its references go round in circles"));
        }
        left = waiting;
    }
    let value = |(item, value): (&Item<'_>, Option<String>)| {
        (item.name.to_owned(), value.unwrap_or_default(), item.line)
    };
    Ok(items.iter().zip(values).map(value).collect())
}

/// Bare, and in each kind of quotes with itself, dollars and line ends escaped.
fn spellings(value: &str) -> Vec<String> {
    let mut spellings = js::spellings(value);
    spellings.push(format!("'{}'", value.replace('\'', "\\'")));
    for quote in ['"', '`'] {
        let escaped = value.replace('$', "\\$").replace(quote, &format!("\\{quote}"));
        spellings.push(format!("{quote}{escaped}{quote}"));
        spellings.push(format!("{quote}{}{quote}", escaped.replace('\n', "\\n")));
    }
    spellings.push(value.replace('$', "\\$"));
    spellings
}
