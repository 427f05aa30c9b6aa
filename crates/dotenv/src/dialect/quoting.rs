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
