//! Chooses the spelling that most real readers read back alike.

use std::borrow::Cow;

use crate::{Feature, Quote, Reason};

/// The spelling to use for `value`.
///
/// `kept` is the quote that the file uses for this value now: it stays when it still holds the value.
fn spelling(value: &str, kept: Option<Quote>) -> Result<Quote, Reason> {
    if is_bare(value) && matches!(kept, None | Some(Quote::None)) {
        return Ok(Quote::None);
    }
    unportable(value)?;
    let single = single_quoted(value);
    let double = double_quoted(value);
    match (kept, single, double) {
        (Some(Quote::Double), _, Ok(())) => Ok(Quote::Double),
        (_, Ok(()), _) => Ok(Quote::Single),
        (_, _, Ok(())) => Ok(Quote::Double),
        (_, Err(reason), _) => Err(reason),
    }
}

/// `value` in the spelling that [`spelling`] chooses.
pub(crate) fn write(value: &str, kept: Option<Quote>) -> Result<Cow<'_, str>, Reason> {
    let quote = spelling(value, kept)?;
    if quote == Quote::None {
        return Ok(Cow::Borrowed(value));
    }
    let mut spelled = String::with_capacity(value.len() + 2);
    push(&mut spelled, value, quote);
    Ok(Cow::Owned(spelled))
}

/// Adds `value` to `out` in the given spelling; the quote was chosen by [`spelling`].
fn push(out: &mut String, value: &str, quote: Quote) {
    let mark = quote.mark();
    out.extend(mark);
    out.push_str(value);
    out.extend(mark);
}

/// Whether every reader takes this as a name: a letter or `_`, then letters, digits and `_`.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with(|first: char| first.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Whether every reader reads `value` alike when it has no quotes. The word `undefined` is not text to all of them.
fn is_bare(value: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_./:@%+,=-".contains(&byte);
    value.bytes().all(plain) && value != "undefined"
}

/// Whether Unicode has the code point for no character; systemd refuses a file with one.
pub(crate) const fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || c as u32 & 0xfffe == 0xfffe
}

/// Refuses what no spelling holds.
fn unportable(value: &str) -> Result<(), Reason> {
    if value.contains(is_no_character) {
        return Err(Reason::Holds(Feature::NoCharacter));
    }
    let bytes = value.as_bytes();
    if bytes.contains(&0) {
        return Err(Reason::Nul);
    }
    if bytes.contains(&b'\r') {
        return Err(Reason::CarriageReturn);
    }
    for dollar in memchr::memchr_iter(b'$', bytes) {
        let reference = bytes
            .get(dollar + 1)
            .is_some_and(|&next| next.is_ascii_alphanumeric() || matches!(next, b'_' | b'{'));
        if reference {
            return Err(Reason::Reference);
        }
        if dollar > 0 && bytes[dollar - 1] == b'\\' {
            return Err(Reason::EscapedDollar);
        }
    }
    Ok(())
}

/// Single quotes hold anything but themselves and, for some readers, a backslash that means more than itself.
fn single_quoted(value: &str) -> Result<(), Reason> {
    if value.contains('\'') {
        return Err(Reason::MixedQuotes);
    }
    if value.ends_with('\\') {
        return Err(Reason::TrailingBackslash);
    }
    if value.contains(r"\\") {
        return Err(Reason::DoubleBackslash);
    }
    Ok(())
}

/// Double quotes hold what no reader treats as special inside them.
fn double_quoted(value: &str) -> Result<(), Reason> {
    if value.contains(['"', '\\', '$', '`']) { Err(Reason::MixedQuotes) } else { Ok(()) }
}
