//! Changing values in a text without touching anything else in it.

use std::collections::HashMap;
use std::fmt;

use crate::write::push_entry;
use crate::{Document, Entry, Problem, Quote, Unwritable, place, portable};

/// Longest text that an edit adds beside a name and a value: a line end, `=`, two quotes and a space.
const AROUND: usize = 6;

/// A change of several values, made by [`Document::edit`].
///
/// - A name that the text has keeps its place, `export`, the white space and the comment beside it, its line end, and
///   its quotes as long as they hold the new value. All lines of that name change, so that it does not matter whether
///   a reader takes the first or the last. A line that holds the value already stays as it is.
/// - Other names are added at the end, in the order of [`set`](Self::set), with the line end that the text uses.
/// - The text ends with a line end if it did before. An empty text gets one.
///
/// `Debug` shows the names, never a value.
#[derive(Clone)]
pub struct Edit<'d> {
    document: &'d Document<'d>,
    changes: Vec<(&'d str, &'d str)>,
}

impl<'d> Edit<'d> {
    pub(crate) const fn new(document: &'d Document<'d>) -> Self {
        Self { document, changes: Vec::new() }
    }

    /// Gives `name` a value. The last call for a name counts.
    pub fn set(&mut self, name: &'d str, value: &'d str) -> &mut Self {
        match self.changes.iter_mut().find(|change| change.0 == name) {
            Some(change) => change.1 = value,
            None => self.changes.push((name, value)),
        }
        self
    }

    /// The new text. It holds values, so treat it as a secret.
    ///
    /// # Errors
    ///
    /// - [`EditError::BrokenQuote`]: a quote in the text is not closed, so what is a value is not certain.
    /// - [`EditError::Unwritable`]: every change that has no portable spelling.
    pub fn finish(&self) -> Result<String, EditError> {
        if let Some(broken) = self.document.problems().iter().find(|problem| problem.kind().breaks_a_quote())
        {
            return Err(EditError::BrokenQuote(broken.clone()));
        }
        let (mut out, added, mut refused) = self.replace();
        self.append(&mut out, &added, &mut refused);
        if refused.is_empty() { Ok(out) } else { Err(EditError::Unwritable(Refused(refused))) }
    }

    /// The text with the values of known names changed, the changes left over, and those that were refused.
    fn replace(&self) -> (String, Vec<(&'d str, &'d str)>, Vec<Unwritable>) {
        let text = self.document.as_str();
        let mut known: HashMap<_, _> =
            self.changes.iter().map(|&(name, value)| (name, (value, false))).collect();
        let mut refused = Vec::<Unwritable>::new();
        let mut out = String::with_capacity(text.len() + self.added_length());
        let mut copied = 0;
        for entry in self.document.entries() {
            let Some((value, seen)) = known.get_mut(entry.name()) else { continue };
            *seen = true;
            if entry.value() == *value {
                continue;
            }
            match spelling(&entry, value) {
                Ok(quote) => {
                    let (start, end) = written(&entry);
                    out.push_str(&text[copied..start]);
                    portable::push(&mut out, value, quote);
                    if text[end..].starts_with('#') {
                        out.push(' ');
                    }
                    copied = end;
                }
                Err(reason) if refused.iter().all(|other| other.name != entry.name()) => {
                    refused.push(Unwritable { name: entry.name().to_owned(), reason });
                }
                Err(_) => {}
            }
        }
        out.push_str(&text[copied..]);
        let added = self.changes.iter().copied().filter(|(name, _)| !known[name].1).collect();
        (out, added, refused)
    }

    fn append(&self, out: &mut String, added: &[(&str, &str)], refused: &mut Vec<Unwritable>) {
        let text = self.document.as_str();
        let line_end = line_end_of(text);
        let is_empty = text.strip_prefix(place::BOM).unwrap_or(text).is_empty();
        let ends = is_empty || text.ends_with(['\n', '\r']);
        for (name, value) in added {
            if !ends {
                out.push_str(line_end);
            }
            if let Err(unwritable) = push_entry(out, name, value) {
                refused.push(unwritable);
            }
            if ends {
                out.push_str(line_end);
            }
        }
    }

    /// The most that the changes can add to the text: a name can have several lines.
    fn added_length(&self) -> usize {
        let new: usize = self.changes.iter().map(|(name, value)| name.len() + value.len() + AROUND).sum();
        let again: usize = self
            .document
            .duplicates()
            .iter()
            .filter_map(|double| {
                let (_, value) = self.changes.iter().find(|(name, _)| *name == double.name)?;
                Some((value.len() + AROUND) * double.lines.len())
            })
            .sum();
        new + again
    }
}

/// The quotes for a new value in the place of an old one.
fn spelling(entry: &Entry<'_>, value: &str) -> Result<Quote, crate::Reason> {
    match portable::spelling(value, Some(entry.quote()))? {
        // Several readers take a comment after nothing as the value.
        Quote::None if value.is_empty() && entry.comment().is_some() => Ok(Quote::Single),
        quote => Ok(quote),
    }
}

/// Where the value and its quotes are. No value at all is right after the `=`.
fn written(entry: &Entry<'_>) -> (usize, usize) {
    let span = entry.span();
    match entry.quote() {
        Quote::None if span.value_start == span.value_end => {
            let before = &entry.before_value();
            (before.trim_end().len(), before.trim_end().len())
        }
        Quote::None => (span.value_start, span.value_end),
        Quote::Single | Quote::Double | Quote::Backtick => (span.value_start - 1, span.value_end + 1),
    }
}

/// The line end that the text uses first, or `\n`.
fn line_end_of(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    match memchr::memchr2(b'\n', b'\r', bytes) {
        Some(at) if bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n') => "\r\n",
        Some(at) if bytes[at] == b'\r' => "\r",
        _ => "\n",
    }
}

impl fmt::Debug for Edit<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.changes.iter().map(|(name, _)| name).collect();
        formatter.debug_struct("Edit").field("names", &names).finish_non_exhaustive()
    }
}

/// Why a text was not changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EditError {
    /// A quote in the text is not closed, or has text after it. Any change could move where that value ends.
    #[error("{0}; correct this line first, because a change elsewhere could change what it means")]
    BrokenQuote(Problem),
    /// These changes have no portable spelling. No change was made.
    #[error("{0}")]
    Unwritable(Refused),
}

/// Every change that was refused, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(Vec<Unwritable>);

impl Refused {
    /// The refused changes.
    #[must_use]
    pub fn as_slice(&self) -> &[Unwritable] {
        &self.0
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, unwritable) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(formatter, "{separator}{unwritable}")?;
        }
        Ok(())
    }
}
