//! Finds where the parts of one line begin and end.

use crate::ProblemKind;
use crate::bytes::{count_line_ends, find_low, is_blank, line_end, next_line, skip_blanks};
use crate::scan::{Fault, Scanned, Span, What};

/// Letters, digits, `_`, `.` and `-`: what most readers take in a name.
const NAME: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        let ascii = byte as u8;
        table[byte] = ascii.is_ascii_alphanumeric() || matches!(ascii, b'_' | b'.' | b'-');
        byte += 1;
    }
    table
};

/// Scans the line that begins at `from`, which is `line` lines into the text.
///
/// `from` is the start of a line and before the end of the text.
#[inline]
pub(crate) fn scan(text: &str, from: usize, line: u32) -> Scanned {
    let bytes = text.as_bytes();
    let first = skip_blanks(bytes, from);
    let mut name = (first, name_end(bytes, first));
    if name.0 == name.1 {
        return no_name(bytes, first);
    }
    if &bytes[name.0..name.1] == b"export" {
        let after = skip_blanks(bytes, name.1);
        let stop = name_end(bytes, after);
        if after > name.1 && stop > after {
            name = (after, stop);
        }
    }
    let equals = skip_blanks(bytes, name.1);
    if bytes.get(equals) != Some(&b'=') {
        return no_entry(bytes, first);
    }
    let value = skip_blanks(bytes, equals + 1);
    match bytes.get(value) {
        Some(&quote @ (b'\'' | b'"' | b'`')) => quoted(bytes, name, value, quote, line),
        _ => bare(text, name, value, line),
    }
}

#[inline]
fn name_end(bytes: &[u8], mut at: usize) -> usize {
    while bytes.get(at).is_some_and(|&byte| NAME[usize::from(byte)]) {
        at += 1;
    }
    at
}

/// A line that does not begin with a name: nothing, a comment, or a fault.
fn no_name(bytes: &[u8], first: usize) -> Scanned {
    let what = match bytes.get(first) {
        None | Some(b'\n' | b'\r') => What::Blank,
        Some(b'#') => What::Comment,
        Some(_) => return no_entry(bytes, first),
    };
    Scanned { what, next: next_line(bytes, line_end(bytes, first)), lines: 1 }
}

/// A line that has no `=`, or more than a name before it. Its text may be part of a secret, so it has no name.
#[cold]
fn no_entry(bytes: &[u8], first: usize) -> Scanned {
    let end = line_end(bytes, first);
    let line = &bytes[first..end];
    let (kind, at) = match (memchr::memchr(0, line), memchr::memchr(b'=', line)) {
        (Some(nul), _) => (ProblemKind::Nul, first + nul),
        (None, Some(_)) => (ProblemKind::BadName, first),
        (None, None) => (ProblemKind::NoEquals, first),
    };
    Scanned { what: What::Fault(Fault { kind, at, name: None }), next: next_line(bytes, end), lines: 1 }
}

/// A value with a NUL in it. It is read to its end at `end`, but no environment can carry it.
#[cold]
fn nul(bytes: &[u8], name: (usize, usize), at: usize, end: usize, lines: u32) -> Scanned {
    let what = What::Fault(Fault { kind: ProblemKind::Nul, at, name: Some(name) });
    Scanned { what, next: next_line(bytes, end), lines }
}

#[inline]
fn bare(text: &str, name: (usize, usize), value: usize, line: u32) -> Scanned {
    let bytes = text.as_bytes();
    let mut stop = value;
    let mut warning = None;
    let end = loop {
        stop = find_low(bytes, stop);
        match bytes.get(stop) {
            None | Some(b'\n' | b'\r') => break stop,
            Some(b'#') => {
                warning = glued(bytes, stop);
                break line_end(bytes, stop);
            }
            Some(0) => return nul(bytes, name, stop, line_end(bytes, stop), 1),
            Some(_) => stop += 1,
        }
    };
    let (value_start, value_end) = trim(text, value, stop);
    let span = Span { name_start: name.0, name_end: name.1, value_start, value_end, end, line, warning };
    Scanned { what: What::Entry(span), next: next_line(bytes, end), lines: 1 }
}

/// The text without its outer white space; the ASCII white space before it is gone already.
#[inline]
fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let outer = |byte: u8| byte > b' ' && byte.is_ascii();
    let bytes = &text.as_bytes()[start..end];
    if let (Some(&first), Some(&last)) = (bytes.first(), bytes.last())
        && !(outer(first) && outer(last))
    {
        let tail = text[start..end].trim_start();
        let start = end - tail.len();
        return (start, start + tail.trim_end().len());
    }
    (start, end)
}

#[inline]
fn quoted(bytes: &[u8], name: (usize, usize), open: usize, quote: u8, line: u32) -> Scanned {
    let value_start = open + 1;
    let Some(close) = closing(bytes, value_start, quote) else {
        return broken(bytes, name, open, ProblemKind::UnterminatedQuote);
    };
    let value = &bytes[value_start..close];
    let breaks = count_line_ends(value);
    let rest = skip_blanks(bytes, close + 1);
    let (end, glued) = match bytes.get(rest) {
        None | Some(b'\n' | b'\r') => (rest, None),
        Some(b'#') => (line_end(bytes, rest), glued(bytes, rest)),
        // A quote that closes in front of more text, lines further down, is another value's opening quote.
        Some(_) if breaks > 0 => return broken(bytes, name, open, ProblemKind::UnterminatedQuote),
        Some(_) => return broken(bytes, name, rest, ProblemKind::TextAfterQuote),
    };
    let lines = breaks.saturating_add(1);
    if let Some(offset) = memchr::memchr(0, value) {
        return nul(bytes, name, value_start + offset, end, lines);
    }
    let escaped =
        (quote != b'"' && value.last() == Some(&b'\\')).then_some(ProblemKind::BackslashBeforeQuote);
    let warning = escaped.or(glued);
    let span =
        Span { name_start: name.0, name_end: name.1, value_start, value_end: close, end, line, warning };
    Scanned { what: What::Entry(span), next: next_line(bytes, end), lines }
}

/// The closing quote of the value that begins at `at`.
#[inline]
fn closing(bytes: &[u8], mut at: usize, quote: u8) -> Option<usize> {
    if quote != b'"' {
        return Some(at + memchr::memchr(quote, &bytes[at..])?);
    }
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// A quoted value that cannot be read. Reading goes on at the line after the opening quote, so that a forgotten
/// quote costs one line and not the rest of the file.
#[cold]
fn broken(bytes: &[u8], name: (usize, usize), at: usize, kind: ProblemKind) -> Scanned {
    let what = What::Fault(Fault { kind, at, name: Some(name) });
    Scanned { what, next: next_line(bytes, line_end(bytes, name.1)), lines: 1 }
}

/// Warns of a `#` that begins a comment with no blank in front of it.
fn glued(bytes: &[u8], hash: usize) -> Option<ProblemKind> {
    (!is_blank(bytes[hash - 1])).then_some(ProblemKind::HashWithoutBlank)
}
