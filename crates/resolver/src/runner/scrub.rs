//! Making a program's standard error fit to show: no control characters, no known secrets, not too long.

use envschema::SecretValue;
use zeroize::Zeroizing;

/// Stands where a secret was.
const MARK: &str = "[secret]";

/// How many lines are kept, from the end.
const LINES: usize = 20;

/// How many characters of a line are kept.
const WIDTH: usize = 400;

/// A known secret shorter than this takes its whole line with it: cutting out each `a` would tell the secret.
const SHORT: usize = 4;

/// Lines of a text with several lines count as secrets from this length on; a `{` of its own is none.
const LINE_OF_TEXT: usize = 8;

/// The pieces of the secrets to look for, longest first, without control characters.
pub(super) struct Scrubber(Vec<Zeroizing<String>>);

impl Scrubber {
    pub(super) fn new<'a>(secrets: impl Iterator<Item = &'a SecretValue>) -> Self {
        let mut pieces = Vec::new();
        for secret in secrets {
            #[expect(
                clippy::disallowed_methods,
                reason = "to find it in what a program printed; it goes nowhere"
            )]
            let text = secret.expose().trim();
            let several = text.contains('\n');
            for line in text.lines() {
                let line = plain(line.trim());
                if !line.is_empty() && (!several || line.chars().count() >= LINE_OF_TEXT) {
                    pieces.push(line);
                }
            }
        }
        pieces.sort_by_key(|piece| std::cmp::Reverse(piece.len()));
        Self(pieces)
    }

    /// The last lines of `bytes`, fit to show.
    pub(super) fn clean(&self, bytes: &[u8]) -> String {
        let text = Zeroizing::new(String::from_utf8_lossy(bytes).into_owned());
        let lines: Vec<String> =
            text.lines().map(|line| self.clean_line(line)).filter(|line| !line.is_empty()).collect();
        lines[lines.len().saturating_sub(LINES)..].join("\n")
    }

    fn clean_line(&self, line: &str) -> String {
        let mut line = plain(line);
        for piece in &self.0 {
            if !line.contains(piece.as_str()) {
                continue;
            }
            if piece.chars().count() < SHORT {
                return MARK.to_owned();
            }
            line = Zeroizing::new(line.replace(piece.as_str(), MARK));
        }
        without_userinfo(line.trim_end()).chars().take(WIDTH).collect()
    }
}

/// The text without terminal sequences and control characters.
fn plain(text: &str) -> Zeroizing<String> {
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            skip_sequence(&mut chars);
        } else if c == '\t' {
            kept.push(' ');
        } else if !c.is_control() {
            kept.push(c);
        }
    }
    kept
}

/// Skips what follows an escape: `[` up to its final letter, or one character.
fn skip_sequence(chars: &mut std::str::Chars<'_>) {
    if chars.next() == Some('[') {
        for c in chars.by_ref() {
            if ('@'..='~').contains(&c) {
                return;
            }
        }
    }
}

/// `scheme://user:password@host` without its user and password, which nobody needs in order to understand
/// an error.
fn without_userinfo(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(start) = rest.find("://") {
        let (before, after) = rest.split_at(start + 3);
        kept.push_str(before);
        let end =
            |stops: &str| after.find(|c: char| c.is_whitespace() || stops.contains(c)).unwrap_or(after.len());
        let mut authority = end("/?#\"'<>");
        // `user:` and no port number: a password that should have been encoded, and goes on.
        let number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !after[..authority].contains('@')
            && after[..authority].rsplit_once(':').is_some_and(|(_, port)| !number(port))
        {
            authority = end("\"'<>");
        }
        rest = match after[..authority].rfind('@') {
            Some(at) => {
                kept.push_str(MARK);
                &after[at..]
            }
            None => after,
        };
    }
    kept.push_str(rest);
    kept
}
