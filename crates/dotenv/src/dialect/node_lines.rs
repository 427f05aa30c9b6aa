//! The lines that Node.js's own parser finds, which Deno has taken over.
//!
//! Carriage returns are dropped everywhere. Spaces, tabs and line ends around a name, a value and the whole text do not
//! count, so an empty value with a space behind it takes the next line. Where a quoted value ends they see differently;
//! what follows on that line is passed over.

/// A variable that was found.
pub(super) struct Found<'t> {
    pub(super) name: &'t str,
    /// As it is written, without the quotes around it.
    pub(super) value: &'t str,
    /// The quote around it, if it has both.
    pub(super) quote: Option<char>,
    /// Whether its first quote has no second one.
    pub(super) is_open: bool,
    /// The line of the name, from 1.
    pub(super) line: u32,
}

const SPACES: [char; 3] = [' ', '\t', '\n'];

/// Calls `with` for every variable in `text`, which has no carriage returns. `closing` finds the second quote.
pub(super) fn each_line<'t>(
    text: &'t str,
    closing: fn(&str, char) -> Option<usize>,
    mut with: impl FnMut(Found<'t>),
) {
    let whole = text.trim_end_matches(SPACES);
    let mut rest = whole.trim_start_matches(SPACES);
    let (mut counted, mut line) = (0, 1);
    while let Some(first) = rest.chars().next() {
        let at = whole.len() - rest.len();
        line += newlines(&text[counted..at]);
        counted = at;
        if matches!(first, '\n' | '#') {
            rest = after_line(rest);
            continue;
        }
        match rest.find(['=', '\n']) {
            None => return,
            Some(end) if rest[end..].starts_with('\n') => {
                rest = rest[end + 1..].trim_start_matches(SPACES);
            }
            Some(equals) => {
                let name = rest[..equals].trim_matches(SPACES);
                rest = &rest[equals + 1..];
                let mut found =
                    |name, value, quote, is_open| with(Found { name, value, quote, is_open, line });
                if rest.is_empty() || rest.starts_with('\n') {
                    found(name, "", None, false);
                    continue;
                }
                rest = rest.trim_start_matches(SPACES);
                if name.is_empty() {
                    continue;
                }
                let exported = name.strip_prefix("export ").map(|name| name.trim_matches(SPACES));
                let name = exported.unwrap_or(name);
                rest = value(rest, closing, |value, quote, is_open| found(name, value, quote, is_open));
            }
        }
    }
}

/// Reads the value that `rest` begins with; gives what follows its line.
fn value<'t>(
    rest: &'t str,
    closing: fn(&str, char) -> Option<usize>,
    found: impl FnOnce(&'t str, Option<char>, bool),
) -> &'t str {
    let quote = rest.chars().next().filter(|first| matches!(first, '\'' | '"' | '`'));
    if let Some(quote) = quote {
        if let Some(close) = closing(&rest[1..], quote) {
            found(&rest[1..=close], Some(quote), false);
            return after_line(&rest[close + 2..]);
        }
        let line = rest.split('\n').next().unwrap_or(rest);
        found(line, None, true);
    } else {
        let line = rest.split('\n').next().unwrap_or(rest);
        let value = line.split('#').next().unwrap_or(line);
        found(value.trim_matches(SPACES), None, false);
    }
    after_line(rest).trim_start_matches(SPACES)
}

/// What follows the line end.
fn after_line(text: &str) -> &str {
    text.split_once('\n').map_or("", |(_, rest)| rest)
}

fn newlines(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).fold(0, |count, _| count.saturating_add(1))
}
