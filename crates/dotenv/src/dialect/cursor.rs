//! [`Cursor`]: a place in a text that only moves forward, and its line.

/// A place in a text.
pub(super) struct Cursor<'t> {
    text: &'t str,
    at: usize,
    counted: usize,
    line: u32,
}

impl<'t> Cursor<'t> {
    /// The beginning of the text.
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, counted: 0, line: 1 }
    }

    /// What follows.
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    /// The next character.
    pub(super) fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether nothing follows.
    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.text.len()
    }

    /// Moves over as many bytes, which end a character, and gives them.
    pub(super) fn take(&mut self, length: usize) -> &'t str {
        let taken = &self.rest()[..length];
        self.at += length;
        taken
    }

    /// Moves over the characters that are wanted.
    pub(super) fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'t str {
        let rest = self.rest();
        self.take(rest.find(|c| !wanted(c)).unwrap_or(rest.len()))
    }

    /// Moves over what follows up to the end of the line, and over the line feed.
    pub(super) fn skip_line(&mut self) {
        self.take_while(|c| c != '\n');
        self.eat("\n");
    }

    /// Moves over `wanted`, if it follows.
    pub(super) fn eat(&mut self, wanted: &str) -> bool {
        let found = self.rest().starts_with(wanted);
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// Moves over a text between two of the next character, and gives it; nothing if it has no end. `unescape` gives what
    /// a character after a backslash stands for, if it is an escape.
    pub(super) fn quoted(&mut self, unescape: impl Fn(char) -> Option<char>) -> Option<String> {
        let mut value = String::new();
        let mut chars = self.rest().char_indices();
        let (_, quote) = chars.next()?;
        while let Some((at, c)) = chars.next() {
            if c == quote {
                self.take(at + quote.len_utf8());
                return Some(value);
            }
            if c != '\\' {
                value.push(c);
            } else if let Some((_, escaped)) = chars.next() {
                match unescape(escaped) {
                    Some(character) => value.push(character),
                    None => value.extend(['\\', escaped]),
                }
            }
        }
        None
    }

    /// The line of this place, from 1.
    pub(super) fn line(&mut self) -> u32 {
        let passed = &self.text.as_bytes()[self.counted..self.at];
        let lines = memchr::memchr_iter(b'\n', passed).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.at;
        self.line
    }
}
