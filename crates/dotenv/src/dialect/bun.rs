//! Bun: quotes of three kinds, `\n` and `\r` in double ones, and `$NAME` expanded whatever quotes it is in; `\$` is a dollar.
//! A quoted value ends at the first quote without a backslash before it, and what follows on that line is passed over.

mod expand;

use super::references::{NO_ROOM, Room};
use super::{Outside, Rules, node_dotenv, vite};
use crate::place::BOM;
use crate::reading::Reading;

pub(super) const RULES: Rules = Rules {
    name: "bun",
    title: "Bun",
    checked: "bun 1.4.5",
    read,
    spellings: vite::spellings,
    takes_name: node_dotenv::takes_name,
};

fn is_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

/// A variable as the file has it.
struct Entry {
    name: String,
    value: Option<String>,
    line: u32,
}

fn read(text: &str, outside: Outside<'_>) -> Reading {
    let mut entries: Vec<Entry> = Vec::new();
    let mut index = std::collections::HashMap::new();
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let mut parser = Parser { text, bytes: text.as_bytes(), at: 0, counted: 0, line: 1 };
    while parser.at < parser.bytes.len() {
        let Some((start, end)) = parser.name(true) else {
            parser.skip_line();
            continue;
        };
        let line = parser.line_of(start);
        let name = text[start..end].to_owned();
        let value = parser.value();
        // What the process has stays.
        if outside(&name).is_some() {
            continue;
        }
        let entry = Entry { name: name.clone(), value: Some(value), line };
        match index.get(&name) {
            Some(&at) => {
                let first: &mut Entry = &mut entries[at];
                first.value = entry.value;
                first.line = line;
            }
            None => {
                index.insert(name, entries.len());
                entries.push(entry);
            }
        }
    }
    let mut reading = Reading::default();
    let room = Room::new();
    for at in 0..entries.len() {
        let of = |name: &str| {
            let own = index.get(name).map(|at: &usize| entries[*at].value.clone());
            own.or_else(|| outside(name).map(Some))
        };
        let Entry { name, value, line } = &entries[at];
        let value = value.as_ref().and_then(|value| expand::expanded(value, &of, &room));
        reading.set_told(name, value.clone(), *line, NO_ROOM);
        entries[at].value = value;
    }
    reading
}

struct Parser<'t> {
    text: &'t str,
    bytes: &'t [u8],
    at: usize,
    counted: usize,
    line: u32,
}

impl Parser<'_> {
    fn skip_line(&mut self) {
        let end = memchr::memchr2(b'\n', b'\r', &self.bytes[self.at..]);
        self.at = end.map_or(self.bytes.len(), |end| self.at + end + 1);
    }

    fn skip_spaces(&mut self) {
        while self.bytes.get(self.at).is_some_and(|byte| is_space(*byte)) {
            self.at += 1;
        }
    }

    fn line_of(&mut self, at: usize) -> u32 {
        self.line += crate::bytes::count_line_ends(&self.bytes[self.counted..at]);
        self.counted = at;
        self.line
    }

    /// The name up to its `=` or colon, if there is one; otherwise we stay where the line begins.
    fn name(&mut self, is_first: bool) -> Option<(usize, usize)> {
        if is_first {
            self.skip_spaces();
        }
        let start = self.at;
        let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.');
        let end = start + self.bytes[start..].iter().take_while(|byte| in_name(byte)).count();
        if start < end && end < self.bytes.len() {
            self.at = end;
            self.skip_spaces();
            if is_first
                && end < self.at
                && self.at < self.bytes.len()
                && &self.bytes[start..end] == b"export"
                && let Some(name) = self.name(false)
            {
                return Some(name);
            }
            match self.bytes.get(self.at) {
                Some(b'=') => {
                    self.at += 1;
                    return Some((start, end));
                }
                Some(b':') if self.bytes.get(self.at + 1).is_some_and(|byte| is_space(*byte)) => {
                    self.at += 2;
                    return Some((start, end));
                }
                _ => {}
            }
        }
        self.at = start;
        None
    }

    fn value(&mut self) -> String {
        let start = self.at;
        self.skip_spaces();
        let Some(&first) = self.bytes.get(self.at) else { return String::new() };
        if matches!(first, b'`' | b'"' | b'\'')
            && let Some(close) = self.closing(first)
        {
            let raw = &self.text[self.at + 1..close];
            self.at = close + 1;
            self.skip_line();
            return unescaped(raw, first == b'"');
        }
        let rest = &self.text[start..];
        let end = rest.find(['#', '\r', '\n']).unwrap_or(rest.len());
        self.at = start + end;
        rest[..end].trim_matches(|c: char| c.is_ascii() && is_space(c as u8)).to_owned()
    }

    /// The quote that closes the one where we stand.
    fn closing(&self, quote: u8) -> Option<usize> {
        let mut at = self.at + 1;
        loop {
            at += memchr::memchr2(quote, b'\\', self.bytes.get(at..)?)?;
            if self.bytes[at] == quote {
                return Some(at);
            }
            at += 2;
        }
    }
}

fn unescaped(raw: &str, escapes: bool) -> String {
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some('n')) if escapes => {
                rest.next();
                value.push('\n');
            }
            ('\\', Some('r')) if escapes => {
                rest.next();
                value.push('\r');
            }
            ('\\', Some(_)) if escapes => {
                value.push(c);
                value.extend(rest.next());
            }
            ('\r', Some('\n')) => {}
            ('\r', _) => value.push('\n'),
            _ => value.push(c),
        }
    }
    value
}
