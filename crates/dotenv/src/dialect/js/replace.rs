//! `text.replace(pattern, replacement)` of JavaScript, with texts.

/// Replaces the first `pattern`. In the replacement `$$` is a dollar, `$&` the pattern, and `` $` `` and `$'` are what
/// stands before and behind it. So the result can be twice as long as the text, whatever the replacement is: a caller that
/// goes on with it takes [`Room`](crate::dialect::references::Room) for all of it.
pub(in crate::dialect) fn replace_first(text: &str, pattern: &str, replacement: &str) -> String {
    let Some(at) = text.find(pattern) else { return text.to_owned() };
    let (before, after) = (&text[..at], &text[at + pattern.len()..]);
    let mut out = String::with_capacity(text.len() + replacement.len());
    out.push_str(before);
    let mut rest = replacement;
    while let Some(dollar) = rest.find('$') {
        out.push_str(&rest[..dollar]);
        let (inserted, length) = match rest.as_bytes().get(dollar + 1) {
            Some(b'$') => ("$", 2),
            Some(b'&') => (pattern, 2),
            Some(b'`') => (before, 2),
            Some(b'\'') => (after, 2),
            _ => ("$", 1),
        };
        out.push_str(inserted);
        rest = &rest[dollar + length..];
    }
    out.push_str(rest);
    out.push_str(after);
    out
}
