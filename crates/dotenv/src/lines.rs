//! The text line by line, with nothing left out, and the entries alone for those who only want pairs.

use std::fmt;

use crate::bytes::count_line_ends;
use crate::scan::{Fault, Scanned, What};
use crate::{Entry, Problem, place, portable};

/// One line of the text. A quoted value can make it span several lines of the file.
///
/// `Debug` shows the place and the kind, never the text.
#[derive(Clone)]
pub struct Line<'a> {
    text: &'a str,
    number: u32,
    kind: LineKind<'a>,
}

/// What a [`Line`] is.
#[derive(Clone, Debug)]
pub enum LineKind<'a> {
    /// Nothing but white space.
    Blank,
    /// A comment.
    Comment,
    /// A variable.
    Entry(Entry<'a>),
    /// Something that cannot be read. It gives no variable.
    Bad(Problem),
}

impl<'a> Line<'a> {
    /// The line as it is written, with its line end. The texts of all lines make up the whole text.
    #[must_use]
    pub const fn text(&self) -> &'a str {
        self.text
    }

    /// The number of its first line in the text, from 1.
    #[must_use]
    pub const fn number(&self) -> u32 {
        self.number
    }

    /// What the line is.
    #[must_use]
    pub const fn kind(&self) -> &LineKind<'a> {
        &self.kind
    }
}

impl fmt::Debug for Line<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Line")
            .field("number", &self.number)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// Walks through a text line by line; every other way of reading is built on it.
#[derive(Clone)]
pub(crate) struct Scanner<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl<'a> Scanner<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The next line, with where it begins and its number.
    #[inline]
    pub(crate) fn next(&mut self) -> Option<(usize, u32, Scanned)> {
        if self.at >= self.text.len() {
            return None;
        }
        let (start, line) = (self.at, self.line);
        let from = if start == 0 && self.text.starts_with(place::BOM) { place::BOM.len() } else { start };
        let scanned = portable::scan(self.text, from, line);
        self.at = scanned.next;
        self.line = line.saturating_add(scanned.lines);
        Some((start, line, scanned))
    }

    /// The problem that `fault` is, in the line of that number that begins at `start`.
    pub(crate) fn problem(&self, fault: &Fault, start: usize, number: u32) -> Problem {
        let line = number.saturating_add(count_line_ends(&self.text.as_bytes()[start..fault.at]));
        let name = fault.name.map(|(start, end)| self.text[start..end].into());
        Problem { kind: fault.kind, line, column: place::column(self.text, fault.at), name }
    }
}

/// Iterator over every [`Line`] of a text, made by [`lines`].
#[derive(Clone)]
pub struct Lines<'a>(Scanner<'a>);

/// Every line of `text` in order. Allocates nothing but the names in problems.
#[must_use]
pub const fn lines(text: &str) -> Lines<'_> {
    Lines(Scanner::new(text))
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        let (start, number, scanned) = self.0.next()?;
        let text = self.0.text;
        let kind = match scanned.what {
            What::Blank => LineKind::Blank,
            What::Comment => LineKind::Comment,
            What::Entry(span) => LineKind::Entry(Entry::new(text, span)),
            What::Fault(fault) => LineKind::Bad(self.0.problem(&fault, start, number)),
        };
        Some(Line { text: &text[start..scanned.next], number, kind })
    }
}

/// Iterator over the entries of a text, made by [`entries`].
#[derive(Clone)]
pub struct Entries<'a>(Scanner<'a>);

/// The entries of `text` in order, duplicates too. Problems are passed over: use
/// [`Document`](crate::Document) or [`lines`] to see them. Allocates nothing.
#[must_use]
pub const fn entries(text: &str) -> Entries<'_> {
    Entries(Scanner::new(text))
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    #[inline]
    fn next(&mut self) -> Option<Entry<'a>> {
        loop {
            if let What::Entry(span) = self.0.next()?.2.what {
                return Some(Entry::new(self.0.text, span));
            }
        }
    }
}
