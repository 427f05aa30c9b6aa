//! Changing values in a text without touching anything else in it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use crate::bytes::{is_blank, skip_blanks};
use crate::write::{push_entry, refusal};
use crate::{
    Dialect, Document, Entry, Outcome, Problem, Quote, Reader, Reading, Reason, Unwritable, place, spell,
};

/// Longest text that an edit adds beside a name and a value: a line end, `=`, two quotes and a space.
const AROUND: usize = 6;

/// A change of several values, made by [`Document::edit`].
///
/// - A name that the text has keeps its place, `export`, the white space and the comment beside it, its line end, and
///   its quotes as long as they hold the new value. All lines of that name change, so that it does not matter whether
///   a reader takes the first or the last. A line that holds the value already stays as it is.
/// - Other names are added at the end, in the order of [`set`](Self::set), with the line end that the text uses.
/// - The text ends with a line end if it did before. An empty text gets one.
/// - The new text is read back by the rules of the reader it is for: the changed variables have their values, and all
///   others what they had.
///
/// `Debug` shows the names, never a value.
#[derive(Clone)]
pub struct Edit<'d> {
    document: &'d Document<'d>,
    dialect: Dialect,
    changes: Vec<(&'d str, &'d str)>,
}

impl<'d> Edit<'d> {
    pub(crate) const fn new(document: &'d Document<'d>) -> Self {
        Self { document, dialect: Dialect::Portable, changes: Vec::new() }
    }

    /// Whom the text is for; without it, for most readers.
    pub fn dialect(&mut self, dialect: Dialect) -> &mut Self {
        self.dialect = dialect;
        self
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
    /// - [`EditError::Unwritable`]: every change that has no spelling for the reader.
    /// - [`EditError::ReadsBack`]: the reader would read the new text in another way than it is meant.
    pub fn finish(&self) -> Result<String, EditError> {
        if let Some(broken) = self.document.problems().iter().find(|problem| problem.kind().breaks_a_quote())
        {
            return Err(EditError::BrokenQuote(broken.clone()));
        }
        let before = Reader::new(self.dialect).read(self.document.as_str());
        let (mut out, added, mut refused) = self.replace(&before);
        self.append(&mut out, &added, &mut refused);
        if !refused.is_empty() {
            return Err(EditError::Unwritable(Refused::new(refused)));
        }
        match self.misread(&before, &out) {
            Some(name) => Err(EditError::ReadsBack { name, dialect: self.dialect }),
            None => Ok(out),
        }
    }

    /// A variable that the reader does not find in the new text as it has to be.
    fn misread(&self, before: &Reading, text: &str) -> Option<String> {
        let after = Reader::new(self.dialect).read(text);
        let wanted: HashMap<_, _> = self.changes.iter().copied().collect();
        let untouched = before.variables().chain(after.variables()).map(crate::Variable::name);
        let kept = untouched
            .filter(|name| !wanted.contains_key(name))
            .find(|name| before.outcome(name) != after.outcome(name) && !before.is_refused());
        let changed = self
            .changes
            .iter()
            .find(|(name, value)| after.outcome(name) != Outcome::Value(value))
            .map(|(name, _)| *name);
        changed.or(kept).map(str::to_owned)
    }

    /// The text with the values of known names changed, the changes left over, and those that were refused.
    fn replace(&self, before: &Reading) -> (String, Vec<(&'d str, &'d str)>, Vec<Unwritable>) {
        let text = self.document.as_str();
        let mut known: HashMap<_, _> =
            self.changes.iter().map(|&(name, value)| (name, (value, false))).collect();
        let mut refused = Vec::<Unwritable>::new();
        let mut out = String::with_capacity(text.len() + self.added_length());
        let mut copied = 0;
        for entry in self.document.entries() {
            let Some((value, seen)) = known.get_mut(entry.name()) else { continue };
            *seen = true;
            if self.holds(before, &entry, value) {
                continue;
            }
            match self.spelling(&entry, value) {
                Ok(spelling) => {
                    let (start, end) = written(&entry);
                    out.push_str(&text[copied..start]);
                    out.push_str(&spelling);
                    if text[end..].starts_with('#') {
                        out.push(' ');
                    }
                    copied = end;
                }
                Err(reason) if refused.iter().all(|other| other.name != entry.name()) => {
                    refused.push(refusal(entry.name(), value, self.dialect, reason));
                }
                Err(_) => {}
            }
        }
        out.push_str(&text[copied..]);
        let added = self.changes.iter().copied().filter(|(name, _)| !known[name].1).collect();
        (out, added, refused)
    }

    /// Whether a line may stay as it is: in most readers' words each one, in one reader's those that give the value.
    fn holds(&self, before: &Reading, entry: &Entry<'_>, value: &str) -> bool {
        match self.dialect {
            Dialect::Portable => entry.value() == value,
            _ => before.outcome(entry.name()) == Outcome::Value(value),
        }
    }

    /// The spelling for a new value in the place of an old one.
    fn spelling<'v>(&self, entry: &Entry<'_>, value: &'v str) -> Result<Cow<'v, str>, Reason> {
        let spelling = spell::spelling(value, self.dialect, Some(entry.quote()))?;
        // Several readers take a comment after nothing as the value.
        let nothing = spelling.is_empty() && entry.comment().is_some();
        Ok(if nothing { Cow::Borrowed("''") } else { spelling })
    }

    fn append(&self, out: &mut String, added: &[(&str, &str)], refused: &mut Vec<Unwritable>) {
        let text = self.document.as_str();
        let line_end = place::line_end_of(text);
        let is_empty = text.strip_prefix(place::BOM).unwrap_or(text).is_empty();
        let ends = is_empty || text.ends_with(['\n', '\r']);
        for (name, value) in added {
            if !ends {
                out.push_str(line_end);
            }
            if let Err(unwritable) = push_entry(out, name, value, self.dialect) {
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

/// Where the value and its quotes are. No value at all is right after the `=`. White space beyond ASCII beside a bare
/// value is a part of it, as it may not stand beside quotes.
fn written(entry: &Entry<'_>) -> (usize, usize) {
    let span = entry.span();
    if entry.quote() != Quote::None {
        return (span.value_start - 1, span.value_end + 1);
    }
    let before = entry.before_value();
    let start = before.trim_end().len();
    let without_blanks =
        |space: &str| space.trim_end_matches(|c: char| u8::try_from(c).is_ok_and(is_blank)).len();
    if span.value_start == span.value_end {
        return (start, start + without_blanks(&before[start..]));
    }
    let rest = entry.rest();
    let space = &rest[..rest.len() - rest.trim_start().len()];
    (skip_blanks(before.as_bytes(), start), span.value_end + without_blanks(space))
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
    /// These changes have no spelling for the reader. No change was made.
    #[error("{0}")]
    Unwritable(Refused),
    /// The reader would not find this variable in the new text as it is meant, as when a comment beside the value is
    /// part of it for that reader. No change was made.
    #[error(
        "after the change {} would read {} in another way than it is meant; write its line alone, without a comment \
         beside the value",
        .dialect.title(), .name.escape_debug()
    )]
    ReadsBack {
        /// The variable.
        name: String,
        /// The reader.
        dialect: Dialect,
    },
}

/// Every change that was refused, at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(Vec<Unwritable>);

impl Refused {
    pub(crate) const fn new(refused: Vec<Unwritable>) -> Self {
        Self(refused)
    }

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
