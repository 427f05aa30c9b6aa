//! Where the bytes of a TOML string's text stand between its quotes, escapes and all.

/// For each byte of `inner`, and one past its end, the offset in `written`, the string as it stands with its
/// quotes. `None` if `written` is no string that means `inner`.
pub(super) fn places(written: &str, inner: &str) -> Option<Vec<usize>> {
    let quotes = ["\"\"\"", "'''", "\"", "'"].into_iter().find(|quotes| written.starts_with(quotes))?;
    let body = written.get(quotes.len()..written.len().checked_sub(quotes.len())?)?;
    let mut reader = Reader { body, at: 0, escapes: quotes.starts_with('"') };
    if quotes.len() == 3 {
        // A line break right after the opening quotes is not part of the text.
        reader.at = if body.starts_with("\r\n") { 2 } else { usize::from(body.starts_with('\n')) };
    }
    let mut places = Vec::with_capacity(inner.len() + 1);
    let mut expected = inner.chars();
    while let Some((start, character)) = reader.next() {
        if expected.next() != Some(character) {
            return None;
        }
        places.extend(std::iter::repeat_n(quotes.len() + start, character.len_utf8()));
    }
    places.push(quotes.len() + body.len());
    expected.next().is_none().then_some(places)
}

struct Reader<'a> {
    body: &'a str,
    at: usize,
    escapes: bool,
}

impl Reader<'_> {
    /// The next character of the text, and where it begins.
    fn next(&mut self) -> Option<(usize, char)> {
        loop {
            let start = self.at;
            let rest = &self.body[start..];
            let character = rest.chars().next()?;
            if character != '\\' || !self.escapes {
                self.at += character.len_utf8();
                return Some((start, character));
            }
            let escaped = rest[1..].chars().next()?;
            if escaped.is_whitespace() {
                // A backslash at the end of a line swallows all white space up to the next text.
                self.at += 1 + rest[1..].find(|c: char| !c.is_whitespace()).unwrap_or(rest.len() - 1);
                continue;
            }
            let (character, length) = unescape(escaped, &rest[2..])?;
            self.at += length;
            return Some((start, character));
        }
    }
}

/// The character that an escape stands for, and the length of the escape with its backslash.
fn unescape(escaped: char, digits: &str) -> Option<(char, usize)> {
    let numbered = |count: usize| {
        let code = u32::from_str_radix(digits.get(..count)?, 16).ok()?;
        Some((char::from_u32(code)?, 2 + count))
    };
    let simple = match escaped {
        'b' => '\u{8}',
        't' => '\t',
        'n' => '\n',
        'f' => '\u{c}',
        'r' => '\r',
        'e' => '\u{1b}',
        '"' | '\\' => escaped,
        'x' => return numbered(2),
        'u' => return numbered(4),
        'U' => return numbered(8),
        _ => return None,
    };
    Some((simple, 2))
}
