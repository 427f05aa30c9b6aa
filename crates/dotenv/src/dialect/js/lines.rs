//! The lines that the `dotenv` package finds: with one regular expression, whose backtracking decides what a quote is.
//!
//! A name, `=` or a colon with white space behind it, a value, a comment. White space may hold line ends, so a value can
//! stand lines below its name. A quoted value ends at the first quote that has no backslash before it, if nothing but a
//! comment follows; otherwise at the last escaped quote of which that is true; otherwise the quotes are part of a bare
//! value, which ends at a `#` or at the end of the line.

use super::{is_line_end, is_space, trim};

/// A variable that was found.
pub(in crate::dialect) struct Found<'t> {
    pub(in crate::dialect) name: &'t str,
    /// The value, without the quotes around it.
    pub(in crate::dialect) value: String,
    /// The first character of the value as it is written.
    pub(in crate::dialect) first: Option<char>,
    /// The line of the name, from 1.
    pub(in crate::dialect) line: u32,
}

/// Calls `with` for every variable in `text`, whose line ends have to be `\n` alone.
pub(in crate::dialect) fn each_line<'t>(text: &'t str, mut with: impl FnMut(Found<'t>)) {
    let mut counted = (0, 1);
    let mut at = 0;
    while at < text.len() {
        // Empty lines are passed over at once: what follows them is no match from any of them.
        let start = skip_spaces(text, at);
        let Some((found, next)) = match_at(text, start) else {
            at = next_start(text, start);
            continue;
        };
        counted.1 += newlines(&text[counted.0..found.name_start]);
        counted.0 = found.name_start;
        let value = trim(found.raw);
        with(Found {
            name: found.name,
            value: without_quotes(value),
            first: value.chars().next(),
            line: counted.1,
        });
        // The next one may begin only where a line does.
        let begins = text[..next].chars().next_back().is_some_and(is_line_end);
        at = if begins { next } else { next_start(text, next) };
    }
}

fn newlines(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).fold(0, |count, _| count.saturating_add(1))
}

/// The start of the line after the one that `at` is in.
fn next_start(text: &str, at: usize) -> usize {
    let end = text[at..].char_indices().find(|(_, c)| is_line_end(*c));
    end.map_or(text.len(), |(offset, c)| at + offset + c.len_utf8())
}

struct Match<'t> {
    name: &'t str,
    name_start: usize,
    raw: &'t str,
}

/// The match that begins at `start`, with only white space before it on its line, and where it ends.
fn match_at(text: &str, start: usize) -> Option<(Match<'_>, usize)> {
    let exported = text[start..].strip_prefix("export").filter(|rest| rest.starts_with(is_space));
    let exported = exported.and_then(|rest| match_name(text, skip_spaces(text, text.len() - rest.len())));
    exported.or_else(|| match_name(text, start))
}

fn match_name(text: &str, start: usize) -> Option<(Match<'_>, usize)> {
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let rest = text[start..].trim_start_matches(in_name);
    let end = text.len() - rest.len();
    if end == start {
        return None;
    }
    let equals = skip_spaces(text, end);
    let value = if text[equals..].starts_with('=') {
        equals + 1
    } else {
        let after = rest.strip_prefix(':')?;
        let space = after.chars().next().filter(|c| is_space(*c))?;
        end + 1 + space.len_utf8()
    };
    let (raw, after) = value_at(text, value);
    Some((Match { name: &text[start..end], name_start: start, raw }, after))
}

/// The value that begins at `at`, as it is written, and where the match ends.
fn value_at(text: &str, at: usize) -> (&str, usize) {
    let first = skip_spaces(text, at);
    if let Some(quote @ (b'\'' | b'"' | b'`')) = text.as_bytes().get(first)
        && let Some((end, after)) = quoted(text, first, *quote)
    {
        return (&text[at..end], after);
    }
    let rest = &text[at..];
    let end = at + memchr::memchr2(b'#', b'\n', rest.as_bytes()).unwrap_or(rest.len());
    let after = tail(text, end).unwrap_or(end);
    (&text[at..end], after)
}

/// The end of the quoted value that opens at `open`, after its quote, and the end of the match.
fn quoted(text: &str, open: usize, quote: u8) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let inside = open + 1;
    let is_escaped = |close: usize| close > inside && bytes[close - 1] == b'\\';
    let mut closing = memchr::memchr_iter(quote, &bytes[inside..]).map(|offset| inside + offset);
    let end = closing.find(|close| !is_escaped(*close)).map_or(bytes.len(), |close| close + 1);
    let mut last_first = memchr::memrchr_iter(quote, &bytes[inside..end]).map(|offset| inside + offset + 1);
    last_first.find_map(|close| Some((close, tail(text, close)?)))
}

/// The end of what may follow a value: white space, a comment, and then the end of a line. None if something else does.
fn tail(text: &str, at: usize) -> Option<usize> {
    let mut end = None;
    let mut position = at;
    for c in text[at..].chars() {
        if is_line_end(c) {
            end = Some(position);
        }
        if !is_space(c) {
            if c == '#' {
                let comment = text[position..].find(is_line_end);
                return Some(comment.map_or(text.len(), |length| position + length));
            }
            return end;
        }
        position += c.len_utf8();
    }
    Some(text.len())
}

fn skip_spaces(text: &str, at: usize) -> usize {
    text.len() - text[at..].trim_start_matches(is_space).len()
}

/// The value without the quotes around it. Where a line separator of Unicode stands in a value, what counts as its
/// beginning and end is that of each line.
fn without_quotes(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut at = 0;
    let mut is_start = true;
    // Behind the last closing quote of a kind there is no other, so each kind is looked for once.
    let mut quotes = vec!['\'', '"', '`'];
    while let Some(c) = value[at..].chars().next() {
        if is_start
            && let Some(kind) = quotes.iter().position(|quote| *quote == c)
            && let Some(close) = last_closing(&value[at + 1..], quotes.swap_remove(kind))
        {
            out.push_str(&value[at + 1..at + 1 + close]);
            at += close + 2;
            is_start = false;
            continue;
        }
        out.push(c);
        is_start = is_line_end(c);
        at += c.len_utf8();
    }
    out
}

/// The last quote in `text` that stands at the end of a line.
fn last_closing(text: &str, quote: char) -> Option<usize> {
    let ends = |at: &usize| text[at + 1..].chars().next().is_none_or(is_line_end);
    text.rmatch_indices(quote).map(|(at, _)| at).find(ends)
}
