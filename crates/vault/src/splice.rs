//! Changing parts of a text without touching the rest of it.

use std::ops::Range;

/// Changes of one text, each in a place of its own.
pub(crate) struct Splices<'t> {
    text: &'t str,
    changes: Vec<(Range<usize>, String)>,
}

impl<'t> Splices<'t> {
    /// None yet.
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, changes: Vec::new() }
    }

    /// Puts `new` where `old` is.
    pub(crate) fn replace(&mut self, old: Range<usize>, new: String) {
        self.changes.push((old, new));
    }

    /// Puts lines before the line that begins at `start`; the end of the text is such a place too.
    pub(crate) fn insert_lines(&mut self, start: usize, lines: &[String]) {
        let end = line_end(self.text);
        let mut new = String::new();
        let unfinished = start == self.text.len() && !self.text.is_empty() && !self.text.ends_with('\n');
        if unfinished {
            new.push_str(end);
        }
        new.push_str(&lines.join(end));
        if !unfinished {
            new.push_str(end);
        }
        self.replace(start..start, new);
    }

    /// Takes away the whole lines of a part.
    pub(crate) fn remove_lines(&mut self, part: &Range<usize>) {
        self.replace(line_start(self.text, part.start)..next_line(self.text, part.end), String::new());
    }

    /// The changed text.
    pub(crate) fn finish(mut self) -> String {
        self.changes.sort_by_key(|(old, _)| old.start);
        let mut out = String::with_capacity(self.text.len());
        let mut copied = 0;
        for (old, new) in &self.changes {
            out.push_str(&self.text[copied..old.start]);
            out.push_str(new);
            copied = old.end;
        }
        out.push_str(&self.text[copied..]);
        out
    }
}

/// The number of the line in which an offset is, from 1.
pub(crate) fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Where the line begins in which an offset is.
pub(crate) fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |at| at + 1)
}

/// Where the line after it begins.
pub(crate) fn next_line(text: &str, offset: usize) -> usize {
    text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1)
}

/// Where the comment begins that stands right above a line; the line's own beginning if there is none.
pub(crate) fn comment_start(text: &str, start: usize) -> usize {
    let mut first = start;
    while first > 0 {
        let above = line_start(text, first - 1);
        if !text[above..first].trim_start().starts_with('#') {
            break;
        }
        first = above;
    }
    first
}

/// The line end that the text uses.
fn line_end(text: &str) -> &'static str {
    let first = text.find('\n').filter(|at| text[..*at].ends_with('\r'));
    if first.is_some() { "\r\n" } else { "\n" }
}
