//! Rust text as tokens: enough to find a call, and never fooled by a comment or a string.

use std::iter::Peekable;
use std::str::CharIndices;

/// A word, a `::`, or one other sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'t> {
    /// The token as written.
    pub text: &'t str,
    /// Its line, from 1.
    pub line: usize,
}

/// The tokens of a file. Comments, doc comments, string and character literals and lifetimes are left out.
#[must_use]
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut scanner = Scanner { text, chars: text.char_indices().peekable(), line: 1 };
    let mut tokens = Vec::new();
    while let Some(token) = scanner.next_token() {
        tokens.extend(token);
    }
    tokens
}

struct Scanner<'t> {
    text: &'t str,
    chars: Peekable<CharIndices<'t>>,
    line: usize,
}

impl<'t> Scanner<'t> {
    /// `None` at the end; `Some(None)` for what is left out.
    fn next_token(&mut self) -> Option<Option<Token<'t>>> {
        let (start, sign) = self.bump()?;
        let line = self.line;
        let token = |text| Some(Token { text, line });
        Some(match sign {
            '/' if self.rest().starts_with('/') => {
                self.skip_while(|c| c != '\n');
                None
            }
            '/' if self.rest().starts_with('*') => {
                self.block_comment();
                None
            }
            '"' => {
                self.string();
                None
            }
            '\'' => {
                self.quote();
                None
            }
            ':' if self.rest().starts_with(':') => {
                self.bump();
                token("::")
            }
            sign if is_word(sign) => {
                self.skip_while(is_word);
                let word = &self.text[start..self.position()];
                if self.literal_after(word) { None } else { token(word) }
            }
            sign if sign.is_whitespace() => None,
            sign => token(&self.text[start..start + sign.len_utf8()]),
        })
    }

    /// Skips the literal that `word` is the prefix of, as in `r#"..."#` and `b'x'`.
    fn literal_after(&mut self, word: &str) -> bool {
        let quoted = self.rest().starts_with('"');
        match word {
            "r" | "br" | "cr" => self.raw_string(),
            "b" | "c" if quoted => {
                self.bump();
                self.string();
                true
            }
            "b" if self.rest().starts_with('\'') => {
                self.bump();
                self.quote();
                true
            }
            _ => false,
        }
    }

    fn raw_string(&mut self) -> bool {
        let hashes = self.rest().chars().take_while(|c| *c == '#').count();
        if !self.rest()[hashes..].starts_with('"') {
            return false;
        }
        let end = format!("\"{}", "#".repeat(hashes));
        for _ in 0..=hashes {
            self.bump();
        }
        while !self.rest().is_empty() && !self.rest().starts_with(&end) {
            self.bump();
        }
        for _ in 0..=hashes {
            self.bump();
        }
        true
    }

    fn string(&mut self) {
        while let Some((_, sign)) = self.bump() {
            match sign {
                '\\' => drop(self.bump()),
                '"' => return,
                _ => {}
            }
        }
    }

    /// After a `'`: a character literal is skipped to its end, a lifetime to the end of its name.
    fn quote(&mut self) {
        let mut ahead = self.rest().chars();
        match (ahead.next(), ahead.next()) {
            (Some('\\'), _) => {
                self.bump();
                self.bump();
                self.skip_while(|c| c != '\'');
                self.bump();
            }
            (Some(_), Some('\'')) => {
                self.bump();
                self.bump();
            }
            _ => self.skip_while(is_word),
        }
    }

    fn block_comment(&mut self) {
        self.bump();
        let mut depth = 1;
        while depth > 0 {
            let rest = self.rest();
            if rest.starts_with("/*") {
                depth += 1;
                self.bump();
            } else if rest.starts_with("*/") {
                depth -= 1;
                self.bump();
            }
            if self.bump().is_none() {
                return;
            }
        }
    }

    fn skip_while(&mut self, keep: impl Fn(char) -> bool) {
        while self.chars.peek().is_some_and(|(_, sign)| keep(*sign)) {
            self.bump();
        }
    }

    fn bump(&mut self) -> Option<(usize, char)> {
        let next = self.chars.next()?;
        self.line += usize::from(next.1 == '\n');
        Some(next)
    }

    fn position(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    fn rest(&mut self) -> &'t str {
        let at = self.position();
        &self.text[at..]
    }
}

fn is_word(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}
