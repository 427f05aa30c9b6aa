//! What names look like: identifiers, and keys of a stack's configuration.

/// Letters, digits and `_`, not beginning with a digit.
pub(crate) fn is_identifier(name: &str) -> bool {
    begins(name) && name.bytes().all(is_word)
}

/// A key of a stack's configuration, `key` or `provider:key`: letters, digits and `_`, with `-` and `.` between them.
pub(crate) fn is_key(name: &str) -> bool {
    length(name) == name.len() && begins(name) && name.bytes().filter(|byte| *byte == b':').count() <= 1
}

/// How many bytes at the beginning of a text are a name. A `-`, `.` or `:` belongs to it only between others, so
/// that what stands after a name with a space is never a part of it.
pub(crate) fn length(text: &str) -> usize {
    if !begins(text) {
        return 0;
    }
    let bytes = text.as_bytes();
    let goes_on = |at: usize| match bytes[at] {
        b'-' | b'.' | b':' => bytes.get(at + 1).is_some_and(|next| is_word(*next)),
        byte => is_word(byte),
    };
    (1..bytes.len()).find(|at| !goes_on(*at)).unwrap_or(bytes.len())
}

fn begins(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}
