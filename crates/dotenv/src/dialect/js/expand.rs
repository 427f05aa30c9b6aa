//! `$NAME` and `${NAME}` as `dotenv-expand` and dotenvx find them, with the operators `:-`, `-`, `:+` and `+`.

use std::ops::Range;

/// A reference in a text.
pub(in crate::dialect) struct Reference<'t> {
    /// All of it, with the `$`.
    pub(in crate::dialect) template: &'t str,
    /// The name.
    pub(in crate::dialect) key: &'t str,
    pub(in crate::dialect) operator: Option<&'t str>,
    /// What follows the operator.
    pub(in crate::dialect) rest: String,
}

/// The first reference in `text` that has no backslash before it.
pub(in crate::dialect) fn first_reference(text: &str) -> Option<Reference<'_>> {
    let bytes = text.as_bytes();
    for at in memchr::memchr_iter(b'$', bytes) {
        if at > 0 && bytes[at - 1] == b'\\' {
            continue;
        }
        let after = &text[at + 1..];
        if let Some(braced) = after.strip_prefix('{') {
            let end = braced.find(['{', '}']).unwrap_or(braced.len());
            if end > 0 && braced[end..].starts_with('}') {
                return Some(reference(&text[at..at + end + 3], &braced[..end]));
            }
            continue;
        }
        let name = name_at(after);
        if !name.is_empty() {
            return Some(reference(&text[at..=at + name.len()], &after[name]));
        }
    }
    None
}

/// The name that a text begins with.
fn name_at(text: &str) -> Range<usize> {
    let first = text.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_');
    let rest = text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    0..if first { rest } else { 0 }
}

fn reference<'t>(template: &'t str, expression: &'t str) -> Reference<'t> {
    let operator = expression.char_indices().find_map(|(at, c)| {
        let length = match c {
            ':' if expression[at + 1..].starts_with(['+', '-']) => 2,
            '+' | '-' => 1,
            _ => return None,
        };
        Some(&expression[at..at + length])
    });
    // Without an operator the expression is split at `null`, as that is what JavaScript makes of none.
    let (key, rest) = expression.split_once(operator.unwrap_or("null")).unwrap_or((expression, ""));
    Reference { template, key, operator, rest: rest.to_owned() }
}
