//! Spellings in quotes, which most dialects propose.

/// `value` between two of `quote`, with whatever `escape` gives in place of a character.
pub(super) fn quoted(value: &str, quote: char, escape: impl Fn(char) -> Option<&'static str>) -> String {
    let mut spelling = String::with_capacity(value.len() + 2);
    spelling.push(quote);
    for c in value.chars() {
        match escape(c) {
            Some(escaped) => spelling.push_str(escaped),
            None => spelling.push(c),
        }
    }
    spelling.push(quote);
    spelling
}

/// `value` between two of `quote`, as it is.
pub(super) fn raw(value: &str, quote: char) -> String {
    quoted(value, quote, |_| None)
}

/// The escapes of double quotes in which a backslash is before itself, the quote and `$`.
pub(super) const fn escape(c: char) -> Option<&'static str> {
    match c {
        '\\' => Some("\\\\"),
        '"' => Some("\\\""),
        '$' => Some("\\$"),
        _ => None,
    }
}
