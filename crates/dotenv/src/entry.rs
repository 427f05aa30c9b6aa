//! One `NAME=value` of a text: borrowed parts and exact places.

use std::borrow::Cow;
use std::fmt;

use crate::bytes::count_line_ends;
use crate::scan::Span;
use crate::{place, portable};

/// How a value is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quote {
    /// `NAME=value`
    None,
    /// `NAME='value'`
    Single,
    /// `NAME="value"`
    Double,
    /// ``NAME=`value` ``
    Backtick,
}

impl Quote {
    /// The quotes that a spelling is in.
    pub(crate) fn of(spelling: &str) -> Self {
        let quotes = [Self::Single, Self::Double, Self::Backtick];
        let first = spelling.chars().next();
        quotes.into_iter().find(|quote| first.is_some() && quote.mark() == first).unwrap_or(Self::None)
    }

    /// The quote character.
    #[must_use]
    pub const fn mark(self) -> Option<char> {
        match self {
            Self::None => None,
            Self::Single => Some('\''),
            Self::Double => Some('"'),
            Self::Backtick => Some('`'),
        }
    }
}

/// One variable as the text gives it. Small and cheap to copy: it borrows the text.
///
/// `Debug` shows the name and the place, never the value.
#[derive(Clone, Copy)]
pub struct Entry<'a> {
    text: &'a str,
    span: Span,
}

impl<'a> Entry<'a> {
    pub(crate) const fn new(text: &'a str, span: Span) -> Self {
        Self { text, span }
    }

    pub(crate) const fn span(&self) -> Span {
        self.span
    }

    /// The name, without `export`.
    #[must_use]
    #[inline]
    pub fn name(&self) -> &'a str {
        &self.text[self.span.name_start..self.span.name_end]
    }

    /// The value that a reader gets. Borrowed unless an escape or a CRLF inside quotes changes it.
    #[must_use]
    #[inline]
    pub fn value(&self) -> Cow<'a, str> {
        portable::value(self.raw_value(), self.quote())
    }

    /// The value as it is written, between its quotes.
    #[must_use]
    #[inline]
    pub fn raw_value(&self) -> &'a str {
        &self.text[self.span.value_start..self.span.value_end]
    }

    /// How the value is quoted.
    #[must_use]
    #[inline]
    pub fn quote(&self) -> Quote {
        // A bare value never begins with a quote, and follows `=` or white space.
        match self.text.as_bytes()[self.span.value_start - 1] {
            b'\'' => Quote::Single,
            b'"' => Quote::Double,
            b'`' => Quote::Backtick,
            _ => Quote::None,
        }
    }

    /// Whether `export` stands before the name.
    #[must_use]
    pub fn is_export(&self) -> bool {
        let start = place::line_start(self.text, self.span.name_start);
        !self.text[start..self.span.name_start].trim_start().is_empty()
    }

    /// The comment beside the value, without its `#` and the white space around it.
    #[must_use]
    pub fn comment(&self) -> Option<&'a str> {
        self.rest().trim_start().strip_prefix('#').map(str::trim)
    }

    /// What follows the value and its closing quote on the same line.
    pub(crate) fn rest(&self) -> &'a str {
        let quote = usize::from(self.quote() != Quote::None);
        &self.text[self.span.value_end + quote..self.span.end]
    }

    /// The text up to the value, from the start of the document.
    pub(crate) fn before_value(&self) -> &'a str {
        &self.text[..self.span.value_start]
    }

    /// The line of the name, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.span.line
    }

    /// The column of the name, from 1, in characters.
    #[must_use]
    pub fn column(&self) -> u32 {
        place::column(self.text, self.span.name_start)
    }

    /// The line on which the value begins, from 1. It is the line of the name: no value begins further down.
    #[must_use]
    pub const fn value_line(&self) -> u32 {
        self.span.line
    }

    /// The column of the value's first character, inside the quotes, from 1, in characters.
    #[must_use]
    pub fn value_column(&self) -> u32 {
        place::column(self.text, self.span.value_start)
    }

    /// The line on which the value ends, from 1.
    #[must_use]
    pub fn end_line(&self) -> u32 {
        self.span.line.saturating_add(count_line_ends(self.raw_value().as_bytes()))
    }
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Entry")
            .field("name", &self.name())
            .field("line", &self.line())
            .field("column", &self.column())
            .field("quote", &self.quote())
            .finish_non_exhaustive()
    }
}
