//! Text that is safe to show: names of files can hold what a terminal obeys.

use std::borrow::Cow;
use std::path::Path;

/// A text with its control characters spelt out, such as `\u{1b}`. Line breaks stay, and so do colours if there is
/// colour.
pub(crate) fn printable(text: &str, colour: bool) -> Cow<'_, str> {
    let is_safe = |c: char| c == '\n' || !c.is_control();
    if text.chars().all(is_safe) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if colour { colour_length(rest) } else { 0 };
        if length > 0 {
            shown.push_str(&rest[..length]);
            rest = &rest[length..];
            continue;
        }
        if is_safe(c) {
            shown.push(c);
        } else {
            shown.extend(c.escape_default());
        }
        rest = &rest[c.len_utf8()..];
    }
    Cow::Owned(shown)
}

/// The same in one line: line breaks are spelt out too.
pub(crate) fn in_one_line(text: &str) -> String {
    printable(text, false).replace('\n', "\\n")
}

/// A path in one line.
pub(crate) fn shown(path: &Path) -> String {
    in_one_line(&path.to_string_lossy())
}

/// The length of the change of colour that a text begins with, `ESC [ 1;31 m`; 0 if it begins with none.
fn colour_length(text: &str) -> usize {
    let Some(after) = text.strip_prefix("\u{1b}[") else { return 0 };
    let numbers = after.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    if after[numbers..].starts_with('m') { "\u{1b}[".len() + numbers + 1 } else { 0 }
}
