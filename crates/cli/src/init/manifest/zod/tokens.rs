//! The words and marks of a JavaScript file, as far as its types for variables need them.

use zeroize::Zeroizing;

use super::super::Broken;

/// One piece of the text. It may hold a secret that should not be there, and so has no `Debug`.
pub(super) enum Token {
    Word(String),
    Text(Zeroizing<String>),
    Number(Zeroizing<String>),
    /// A pattern between slashes, without flags.
    Regex(String),
    Mark(char),
}

pub(super) fn tokens(text: &str) -> Result<Vec<(u32, Token)>, Broken> {
    let mut tokens: Vec<(u32, Token)> = Vec::new();
    let (mut rest, mut line) = (text, 1_u32);
    while let Some(c) = rest.chars().next() {
        let broken = |what| Broken { line, what };
        let length = match c {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => {
                rest.find("*/").ok_or_else(|| broken("this comment has no end"))? + 2
            }
            '"' | '\'' | '`' => {
                let length = closed(rest, c).ok_or_else(|| broken("this text has no end"))?;
                let inside = &rest[1..length - 1];
                // What is put together, or spelt with escapes, is no literal.
                let is_plain = !(inside.contains('\\') || (c == '`' && inside.contains("${")));
                let literal = Token::Text(Zeroizing::new(inside.to_owned()));
                tokens.push((line, if is_plain { literal } else { Token::Mark(c) }));
                length
            }
            '/' if matches!(tokens.last(), Some((_, Token::Mark('(' | ',' | '=' | ':' | '[')))) => {
                let length = closed(rest, '/').ok_or_else(|| broken("this pattern has no end"))?;
                let flags = rest[length..].chars().take_while(char::is_ascii_alphabetic).count();
                let pattern = Token::Regex(rest[1..length - 1].replace("\\/", "/"));
                tokens.push((line, if flags == 0 { pattern } else { Token::Mark('/') }));
                length + flags
            }
            c if c.is_ascii_digit() => {
                let length = run(rest, |c| c.is_ascii_alphanumeric() || "_.".contains(c));
                tokens.push((line, Token::Number(Zeroizing::new(rest[..length].replace('_', "")))));
                length
            }
            c if c.is_alphabetic() || "_$".contains(c) => {
                let length = run(rest, |c| c.is_alphanumeric() || "_$".contains(c));
                tokens.push((line, Token::Word(rest[..length].to_owned())));
                length
            }
            c => {
                if !c.is_whitespace() {
                    tokens.push((line, Token::Mark(c)));
                }
                c.len_utf8()
            }
        };
        let (done, behind) = rest.split_at(length);
        line = line.saturating_add(u32::try_from(done.matches('\n').count()).unwrap_or(u32::MAX));
        rest = behind;
    }
    Ok(tokens)
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

/// The length of what begins and ends with a mark, with both of them.
fn closed(text: &str, mark: char) -> Option<usize> {
    let (mut escaped, mut in_class) = (false, false);
    for (place, c) in text.char_indices().skip(1) {
        match c {
            '\n' if mark != '`' => return None,
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '[' if mark == '/' => in_class = true,
            ']' if mark == '/' => in_class = false,
            c if c == mark && !in_class => return Some(place + 1),
            _ => {}
        }
    }
    None
}
