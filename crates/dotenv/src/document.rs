//! A whole text, read once: its entries, its duplicates and what is wrong with it.

use std::collections::HashMap;
use std::fmt;

use crate::lines::Scanner;
use crate::scan::{Fault, Span, What};
use crate::{Edit, EditError, Entry, Lines, NotUtf8, Problem, ProblemKind, decode, lines};

/// The typical length of a line; only used to reserve space.
const TYPICAL_LINE: usize = 32;

/// A .env text and everything in it. Borrows the text and copies none of it.
///
/// `Debug` shows how much it holds, never what.
#[derive(Clone)]
pub struct Document<'a> {
    text: &'a str,
    spans: Vec<Span>,
    problems: Vec<Problem>,
}

impl<'a> Document<'a> {
    /// Reads `text`. It never fails: what cannot be read is in [`problems`](Self::problems), and the lines around it
    /// are read all the same.
    #[must_use]
    pub fn parse(text: &'a str) -> Self {
        let mut spans = Vec::with_capacity(text.len() / TYPICAL_LINE + 1);
        let mut problems = Vec::new();
        let mut scanner = Scanner::new(text);
        while let Some((start, line, scanned)) = scanner.next() {
            match scanned.what {
                What::Blank | What::Comment => {}
                What::Entry(span) => {
                    if let Some(kind) = span.warning {
                        problems.push(scanner.problem(&warning(text, span, kind), start, line));
                    }
                    spans.push(span);
                }
                What::Fault(fault) => problems.push(scanner.problem(&fault, start, line)),
            }
        }
        Self { text, spans, problems }
    }

    /// Reads `bytes`, as [`parse`](Self::parse) does.
    ///
    /// # Errors
    ///
    /// [`NotUtf8`] when the bytes are not UTF-8 text.
    pub fn from_bytes(bytes: &'a [u8]) -> Result<Self, NotUtf8> {
        decode(bytes).map(Self::parse)
    }

    /// The text, byte for byte.
    #[must_use]
    pub const fn as_str(&self) -> &'a str {
        self.text
    }

    /// Every line in order, comments and blank lines too. Their texts make up the whole text.
    #[must_use]
    pub const fn lines(&self) -> Lines<'a> {
        lines(self.text)
    }

    /// Every entry in order, duplicates too.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = Entry<'a>> + ExactSizeIterator + '_ {
        self.spans.iter().map(|&span| Entry::new(self.text, span))
    }

    /// The entry that gives `name` its value: the last one of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Entry<'a>> {
        self.entries().rfind(|entry| entry.name() == name)
    }

    /// The names that are given more than once, in order of their first line.
    #[must_use]
    pub fn duplicates(&self) -> Vec<Duplicate<'a>> {
        let mut order = Vec::<Duplicate<'a>>::new();
        let mut seen = HashMap::new();
        for entry in self.entries() {
            let index = *seen.entry(entry.name()).or_insert(order.len());
            match order.get_mut(index) {
                Some(known) => known.lines.push(entry.line()),
                None => order.push(Duplicate { name: entry.name(), lines: vec![entry.line()] }),
            }
        }
        order.retain(|name| name.lines.len() > 1);
        order
    }

    /// What is wrong with the text, in order of the lines.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Starts a change of several values at once.
    #[must_use]
    pub const fn edit(&self) -> Edit<'_> {
        Edit::new(self)
    }

    /// The text with one value changed or added, see [`Edit`].
    ///
    /// # Errors
    ///
    /// As [`Edit::finish`].
    pub fn set(&self, name: &str, value: &str) -> Result<String, EditError> {
        let mut edit = Edit::new(self);
        edit.set(name, value);
        edit.finish()
    }
}

/// The fault that stands for a warning: at the `#` or at the backslash that it is about.
fn warning(text: &str, span: Span, kind: ProblemKind) -> Fault {
    let rest = Entry::new(text, span).rest();
    let at = match kind {
        ProblemKind::BackslashBeforeQuote => span.value_end - 1,
        _ => span.end - rest.trim_start().len(),
    };
    Fault { kind, at, name: Some((span.name_start, span.name_end)) }
}

impl fmt::Debug for Document<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Document")
            .field("entries", &self.spans.len())
            .field("problems", &self.problems)
            .finish_non_exhaustive()
    }
}

/// A name that is given more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate<'a> {
    /// The name.
    pub name: &'a str,
    /// The lines that give it, in order, from 1. The last one wins.
    pub lines: Vec<u32>,
}
