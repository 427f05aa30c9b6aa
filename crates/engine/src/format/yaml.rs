//! A flat YAML mapping of texts, spelled so that readers of YAML 1.1 and 1.2 agree.

use std::fmt::Write as _;

use super::Exported;
use super::refusal::{Printed, each};

pub(super) fn print(values: &[Exported<'_>]) -> Printed {
    if values.is_empty() {
        return Ok("{}\n".to_owned().into());
    }
    each(values, "written to YAML", |text, exported, value| {
        let name = exported.name;
        entry(text, 0, name, value);
        Ok(())
    })
}

/// One line of a mapping, `indent` spaces in.
pub(super) fn entry(text: &mut String, indent: usize, name: &str, value: &str) {
    key(text, indent, name);
    text.push(' ');
    quoted(text, value);
    text.push('\n');
}

/// A key with its colon.
pub(super) fn key(text: &mut String, indent: usize, name: &str) {
    text.extend(std::iter::repeat_n(' ', indent));
    if is_plain(name) {
        text.push_str(name);
    } else {
        quoted(text, name);
    }
    text.push(':');
}

/// Whether every reader takes a key for a text without quotes. One with fewer than two letters may be read as a
/// boolean (`y`) or as a number (`E1`).
fn is_plain(name: &str) -> bool {
    const WORDS: &[&str] = &["yes", "no", "on", "off", "true", "false", "null"];
    name.starts_with(|first: char| first == '_' || first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte == b'_' || byte.is_ascii_alphanumeric())
        && name.bytes().filter(u8::is_ascii_alphabetic).count() > 1
        && !WORDS.iter().any(|word| name.eq_ignore_ascii_case(word))
}

/// A text in double quotes on one line. Nothing in it depends on what a reader takes for a number, a date, a
/// boolean or a line break.
pub(super) fn quoted(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            c if is_printable(c) => text.push(c),
            c => {
                let code = u32::from(c);
                let _ = if code > 0xFFFF {
                    write!(text, "\\U{code:08X}")
                } else if code > 0xFF {
                    write!(text, "\\u{code:04X}")
                } else {
                    write!(text, "\\x{code:02X}")
                };
            }
        }
    }
    text.push('"');
}

/// What may stand in a file as it is, in every version of YAML: no control characters, no breaks of lines, no mark
/// of the byte order, and nothing that is no character.
fn is_printable(c: char) -> bool {
    match c {
        '\u{2028}' | '\u{2029}' | '\u{feff}' => false,
        ' '..='~' | '\u{a0}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' => true,
        c => c >= '\u{10000}',
    }
}
