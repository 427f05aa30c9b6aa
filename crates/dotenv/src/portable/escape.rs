//! The text that a quoted value stands for.

use std::borrow::Cow;

use crate::Quote;

/// The value of `raw`, the text between the quotes, or the whole text when there are none.
///
/// Borrowed unless an escape or a `\r` changes it.
#[inline]
pub(crate) fn value(raw: &str, quote: Quote) -> Cow<'_, str> {
    let changes = match quote {
        Quote::None => false,
        Quote::Single | Quote::Backtick => memchr::memchr(b'\r', raw.as_bytes()).is_some(),
        Quote::Double => memchr::memchr2(b'\r', b'\\', raw.as_bytes()).is_some(),
    };
    if changes { Cow::Owned(unescape(raw, quote == Quote::Double)) } else { Cow::Borrowed(raw) }
}

#[inline(never)]
fn unescape(raw: &str, escapes: bool) -> String {
    // Never longer than `raw`, so it does not move and leave copies of a secret behind.
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw.chars().peekable();
    while let Some(char) = rest.next() {
        match char {
            '\r' => {
                rest.next_if_eq(&'\n');
                out.push('\n');
            }
            '\\' if escapes => match rest.next_if(|next| matches!(next, 'n' | 'r' | '"' | '\\' | '$')) {
                Some('n') => out.push('\n'),
                Some('r') => out.push('\r'),
                Some(literal) => out.push(literal),
                None => out.push('\\'),
            },
            _ => out.push(char),
        }
    }
    out
}
