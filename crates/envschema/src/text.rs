//! [`SourceText`] and [`Span`]: a contract's text and the places in it.

mod quoted;

use std::ops::Range;
use std::sync::Arc;

use crate::place::Place;

/// A range of bytes of a contract's text, counted on through the files that it extends. An empty one at 0 stands for "built in code, not read".
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The place in `source` of a range of the text that the TOML string at this span stands for. The whole
    /// span if that cannot be told.
    pub(crate) fn within(self, source: &SourceText, inner: &str, part: Range<usize>) -> Self {
        let written = source.slice(self);
        match quoted::places(written, inner) {
            Some(places) => {
                let start = self.start + places[part.start.min(inner.len())];
                let end = self.start + places[part.end.min(inner.len())];
                Self { start, end: end.max(start + 1) }
            }
            None => self,
        }
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self { start: range.start, end: range.end }
    }
}

/// The text of a contract and the name under which it is shown, and the same of the files that it extends.
///
/// The files lie one after the other in one space of offsets, so that a [`Span`] tells its file too.
#[derive(Clone, Debug)]
pub struct SourceText {
    own: File,
    /// What is extended, each file beginning after the end of the one before.
    extended: Vec<File>,
}

/// One file of a contract.
#[derive(Clone, Debug)]
pub(crate) struct File {
    pub(crate) name: Arc<str>,
    pub(crate) text: Arc<str>,
    /// The offset of its first byte.
    pub(crate) start: usize,
}

impl File {
    /// One past the offset of its last byte.
    pub(crate) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

impl SourceText {
    /// A text to be shown as `name`, usually a path.
    #[must_use]
    pub fn new(name: &str, text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { own: File { name: name.into(), text: text.into(), start: 0 }, extended: Vec::new() }
    }

    /// The name of the contract's own file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.own.name
    }

    /// The whole text of the contract's own file.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.own.text
    }

    /// Name and text of each file: the contract's own, then those that it extends.
    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.each().map(|file| (&*file.name, &*file.text))
    }

    /// Line and column of a byte offset in its file, both from 1, the column in characters.
    #[must_use]
    pub fn line_column(&self, offset: usize) -> (u32, u32) {
        let file = self.file(offset);
        let before = &file.text[..file.text.floor_char_boundary(offset - file.start)];
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before[start..].chars().count() + 1;
        (u32::try_from(line).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX))
    }

    /// File, line and column of the beginning of a span.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.line_column(span.start);
        Place::file(Arc::clone(&self.file(span.start).name), line, column)
    }

    /// Puts the own file of another text behind the files that are there, and returns the offset of its first byte.
    pub(crate) fn add(&mut self, other: Self) -> usize {
        // One byte between files, so that the end of one is not the beginning of the next.
        let start = self.extended.last().unwrap_or(&self.own).end() + 1;
        self.extended.push(File { start, ..other.own });
        start
    }

    /// The files, in order of their offsets.
    pub(crate) fn each(&self) -> impl Iterator<Item = &File> {
        std::iter::once(&self.own).chain(&self.extended)
    }

    /// The file that an offset lies in.
    pub(crate) fn file(&self, offset: usize) -> &File {
        let after = self.extended.partition_point(|file| file.start <= offset);
        after.checked_sub(1).map_or(&self.own, |at| &self.extended[at])
    }

    /// What stands at a span; nothing if that cannot be told.
    fn slice(&self, span: Span) -> &str {
        let file = self.file(span.start);
        let end = span.end.checked_sub(file.start);
        end.and_then(|end| file.text.get(span.start - file.start..end)).unwrap_or_default()
    }

    /// Whether there is no text: the contract was built in code, or its file is empty.
    pub(crate) fn is_empty(&self) -> bool {
        self.own.text.is_empty()
    }

    /// The offset of the first byte of each line of each file; at least one.
    pub(crate) fn line_starts(&self) -> Vec<usize> {
        let lines = |file: &File| {
            let start = file.start;
            std::iter::once(start)
                .chain(file.text.match_indices('\n').map(move |(at, _)| start + at + 1))
                .collect()
        };
        self.each().flat_map(|file| -> Vec<usize> { lines(file) }).collect()
    }
}

/// Something read from a text, with where it stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What was read.
    pub value: T,
    /// Where.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// A value read at `span`.
    pub fn new(value: T, span: impl Into<Span>) -> Self {
        Self { value, span: span.into() }
    }
}

/// A value made in code, which stands nowhere.
impl<T> From<T> for Spanned<T> {
    fn from(value: T) -> Self {
        Self { value, span: Span::default() }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}
