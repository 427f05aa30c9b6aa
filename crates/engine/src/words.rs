//! Words that reports share, and text that is safe to show: names of files can hold what a terminal obeys.

use std::borrow::Cow;
use std::io::{self, ErrorKind};
use std::path::Path;

use envschema::Contract;

/// What is looked at, in the order in which it is said: the contract's name, the environment, the profile and the
/// target. A profile that is made for a target usually has its name, which is said once.
#[must_use]
pub fn subject(contract: &Contract) -> Vec<&str> {
    let profile = contract.profile().filter(|profile| contract.part() != Some(profile));
    [Some(contract.name()), contract.environment(), profile, contract.part()].into_iter().flatten().collect()
}

/// `1 error`, `2 errors`
#[must_use]
pub fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

/// What the system said, in words that do not depend on the system.
#[must_use]
pub fn said(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".to_owned(),
        ErrorKind::StorageFull => "the disk is full".to_owned(),
        ErrorKind::ReadOnlyFilesystem => "the file system can only be read".to_owned(),
        ErrorKind::Other => error.to_string(),
        kind => kind.to_string(),
    }
}

/// A text with its control characters spelt out, such as `\u{1b}`. Line breaks stay, and so do colours if there is
/// colour.
#[must_use]
pub fn printable(text: &str, colour: bool) -> Cow<'_, str> {
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
#[must_use]
pub fn in_one_line(text: &str) -> String {
    printable(text, false).replace('\n', "\\n")
}

/// A path in one line.
#[must_use]
pub fn shown(path: &Path) -> String {
    in_one_line(&path.to_string_lossy())
}

/// The length of the change of colour that a text begins with, `ESC [ 1;31 m`; 0 if it begins with none.
fn colour_length(text: &str) -> usize {
    let Some(after) = text.strip_prefix("\u{1b}[") else { return 0 };
    let numbers = after.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b';').count();
    if after[numbers..].starts_with('m') { "\u{1b}[".len() + numbers + 1 } else { 0 }
}
