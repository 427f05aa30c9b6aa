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

    /// The line of this place, from 1.
    pub(super) fn line(&mut self) -> u32 {
        let passed = &self.text.as_bytes()[self.counted..self.at];
        let lines = memchr::memchr_iter(b'\n', passed).count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.at;
        self.line
    }
}
