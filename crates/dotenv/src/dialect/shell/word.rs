//! One word of a shell, and what it stands for.

/// The rest of a text, from which words are taken.
pub(super) struct Cursor<'t> {
    pub(super) rest: &'t str,
}

/// A word that only the shell itself can follow, or that is never closed.
pub(super) struct Beyond;

/// The value of a variable; none if it cannot be told.
pub(super) type Of<'o> = &'o dyn Fn(&str) -> Option<String>;

/// A word: its value, if that can be told, and whether something in it was expanded that no quotes are around.
#[derive(Default)]
pub(super) struct Word {
    text: String,
    is_unknown: bool,
    pub(super) is_split: bool,
}

impl Word {
    pub(super) fn value(self) -> Option<String> {
        (!self.is_unknown).then_some(self.text)
    }
}

impl<'t> Cursor<'t> {
    /// Takes so many bytes.
    pub(super) fn take(&mut self, length: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        taken
    }

    /// Takes white space that does not end a line, and line ends that a backslash stands before.
    pub(super) fn skip_blanks(&mut self) {
        loop {
            self.rest = self.rest.trim_start_matches([' ', '\t']);
            match self.rest.strip_prefix("\\\n") {
                Some(rest) => self.rest = rest,
                None => return,
            }
        }
    }

    /// Takes the word that begins here.
    pub(super) fn word(&mut self, of: Of<'_>) -> Result<Word, Beyond> {
        let mut word = Word::default();
        let mut before = ':';
        while let Some(c) = self.rest.chars().next() {
            match c {
                ' ' | '\t' | '\n' => break,
                '&' | '|' | ';' | '<' | '>' | '(' | ')' => return Err(Beyond),
                '~' if before == ':' => {
                    word.is_unknown = true;
                    self.take(1);
                }
                '{' => {
                    word.is_split = true;
                    word.text.push_str(self.take(1));
                }
                '\'' => {
                    let end = self.rest[1..].find('\'').ok_or(Beyond)?;
                    word.text.push_str(&self.take(end + 2)[1..=end]);
                }
                '"' => self.double(&mut word, of)?,
                '\\' => {
                    let next = self.rest[1..].chars().next().ok_or(Beyond)?;
                    if next != '\n' {
                        word.text.push(next);
                    }
                    self.take(1 + next.len_utf8());
                }
                '$' => {
                    word.is_split = true;
                    self.dollar(&mut word, of, false)?;
                }
                '`' => self.backticks(&mut word)?,
                c => word.text.push_str(self.take(c.len_utf8())),
            }
            before = c;
        }
        Ok(word)
    }

    fn double(&mut self, word: &mut Word, of: Of<'_>) -> Result<(), Beyond> {
        self.take(1);
        loop {
            match self.rest.chars().next().ok_or(Beyond)? {
                '"' => {
                    self.take(1);
                    return Ok(());
                }
                '\\' => {
                    let next = self.rest[1..].chars().next().ok_or(Beyond)?;
                    let taken = self.take(1 + next.len_utf8());
                    match next {
                        '\n' => {}
                        '$' | '`' | '"' | '\\' => word.text.push(next),
                        _ => word.text.push_str(taken),
                    }
                }
                '$' => self.dollar(word, of, true)?,
                '`' => self.backticks(word)?,
                c => word.text.push_str(self.take(c.len_utf8())),
            }
        }
    }

    /// A command in backticks, which is not run.
    fn backticks(&mut self, word: &mut Word) -> Result<(), Beyond> {
        let inner = &self.rest[1..];
        let end = inner.find('`').ok_or(Beyond)?;
        if !is_simple(&inner[..end]) {
            return Err(Beyond);
        }
        self.take(end + 2);
        word.is_unknown = true;
        Ok(())
    }

    fn dollar(&mut self, word: &mut Word, of: Of<'_>, in_quotes: bool) -> Result<(), Beyond> {
        let inner = &self.rest[1..];
        let name = name_at(inner);
        // The shell takes a line end that a backslash stands before away first, and a name or parameter goes on behind it.
        if inner[name.len()..].starts_with("\\\n") {
            return Err(Beyond);
        }
        if !name.is_empty() {
            self.take(1 + name.len());
            word.add(of(name));
            return Ok(());
        }
        match inner.chars().next() {
            Some('{') => self.braced(word, of),
            Some('(') => {
                let end = inner.find(')').ok_or(Beyond)?;
                if !is_simple(&inner[1..end]) {
                    return Err(Beyond);
                }
                self.take(end + 2);
                word.is_unknown = true;
                Ok(())
            }
            // Parameters of the shell.
            Some('0'..='9' | '$' | '?' | '#' | '@' | '*' | '!' | '-') => {
                self.take(2);
                word.is_unknown = true;
                Ok(())
            }
            // Quotes of bash, arithmetic of old; a dollar that ends the quotes is one.
            Some('\'') if in_quotes => word.dollar(self),
            Some('"') if in_quotes => word.dollar(self),
            Some('\'' | '"' | '[') => Err(Beyond),
            _ => word.dollar(self),
        }
    }

    /// `${NAME}`, and defaults that are plain text.
    fn braced(&mut self, word: &mut Word, of: Of<'_>) -> Result<(), Beyond> {
        let body = &self.rest[2..];
        let end = body.find('}').ok_or(Beyond)?;
        let name = name_at(body);
        if name.is_empty() || name.len() > end {
            return Err(Beyond);
        }
        let operator = &body[name.len()..end];
        let value = of(name);
        // Whether a variable is there without a value is not known here.
        match operator.strip_prefix(":-") {
            _ if operator.is_empty() => word.add(value),
            Some(default) if default.chars().all(is_plain) => match value {
                Some(value) if value.is_empty() => word.text.push_str(default),
                value => word.add(value),
            },
            _ => return Err(Beyond),
        }
        self.take(end + 3);
        Ok(())
    }
}

impl Word {
    fn add(&mut self, value: Option<String>) {
        match value {
            Some(value) => self.text.push_str(&value),
            None => self.is_unknown = true,
        }
    }

    fn dollar(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Beyond> {
        self.text.push_str(cursor.take(1));
        Ok(())
    }
}

/// Whether a command is nothing but words without quotes, so that it ends where it seems to.
fn is_simple(command: &str) -> bool {
    command.chars().all(|c| c == ' ' || is_plain(c))
}

/// The name of a variable that a text begins with.
pub(super) fn name_at(text: &str) -> &str {
    let begins = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let end = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(text.len());
    if begins { &text[..end] } else { "" }
}

/// What no shell takes for anything but itself.
pub(super) fn is_plain(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | ':' | '=' | ',' | '%' | '+' | '@' | '-')
}
