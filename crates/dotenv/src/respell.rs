//! [`respell`]: old values in spellings that several readers read alike.

use std::collections::HashSet;

use crate::spell::gives;
use crate::{Dialect, Document, Entry, Problem, ProblemKind, common_spelling, place};

/// A text in which values are spelt anew.
///
/// `Debug` shows names, never the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Respelt {
    /// The text. It holds values, so treat it as a secret.
    pub text: String,
    /// The variables that are spelt anew, in order of their lines.
    pub changed: Vec<String>,
    /// The variables that kept a spelling that is not read alike.
    pub left: Vec<Left>,
}

/// A variable that kept its spelling.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The variable.
    pub name: String,
    /// Its line, from 1.
    pub line: u32,
    /// Why it kept it.
    pub why: Why,
}

/// Why a variable kept a spelling that is not read alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Why {
    /// No other one is read alike by all of the readers.
    NoSpelling,
    /// A `#` follows the value directly: a comment may begin there, or not.
    Hash,
    /// The value has `$` and the name of another variable of the text: the reference may be meant, or not.
    Reference,
    /// A quote in the text is not closed, or has text behind it: any change could move where that value ends.
    BrokenQuote,
}

/// The text of `document` with every value, as [`Document`] reads them, spelt so that each of `readers`
/// reads them so. Lines that each of them reads so already stay as they are.
///
/// A line keeps its `export`, its white space and the comment beside the value as far as the readers take them; a comment
/// that they take for a part of the value is put on a line above.
///
/// Where it is not certain what is meant, the line stays; see [`Why`].
#[must_use]
pub fn respell(document: &Document<'_>, readers: &[Dialect]) -> Respelt {
    let text = document.as_str();
    let mut respelt =
        Respelt { text: String::with_capacity(text.len()), changed: Vec::new(), left: Vec::new() };
    let mut copied = 0;
    let is_broken = document.problems().iter().map(Problem::kind).any(ProblemKind::breaks_a_quote);
    let names: HashSet<_> = document.entries().map(|entry| entry.name()).collect();
    for entry in document.entries() {
        let span = entry.span();
        let start = place::line_start(text, span.name_start);
        let (as_it_is, value) = (&text[start..span.end], entry.value());
        if readers.iter().all(|reader| gives(as_it_is, (entry.name(), &value), *reader)) {
            continue;
        }
        let end = place::line_end_of(&text[start..]);
        let spelt = match uncertain(&entry, is_broken, &names) {
            Some(why) => Err(why),
            None => line(&entry, &text[start..span.value_start], end, readers).ok_or(Why::NoSpelling),
        };
        match spelt {
            Ok(line) => {
                respelt.text.push_str(&text[copied..start]);
                respelt.text.push_str(&line);
                copied = span.end;
                respelt.changed.push(entry.name().to_owned());
            }
            Err(why) => {
                respelt.left.push(Left { name: entry.name().to_owned(), line: entry.line(), why });
            }
        }
    }
    respelt.text.push_str(&text[copied..]);
    respelt
}

/// Why it is not certain what a line means, if it is not.
fn uncertain(entry: &Entry<'_>, is_broken: bool, names: &HashSet<&str>) -> Option<Why> {
    let reasons = [
        (is_broken, Why::BrokenQuote),
        (entry.span().warning == Some(ProblemKind::HashWithoutBlank), Why::Hash),
        (refers(&entry.value(), |name| names.contains(name)), Why::Reference),
    ];
    reasons.into_iter().find_map(|(is_so, why)| is_so.then_some(why))
}

/// Whether the value has `$NAME` or `${NAME` with a name that `is_known`.
fn refers(value: &str, is_known: impl Fn(&str) -> bool) -> bool {
    value.split('$').skip(1).any(|after| {
        let after = after.strip_prefix('{').unwrap_or(after);
        let end = after.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(after.len());
        is_known(&after[..end])
    })
}

/// The first form of the line that every reader takes.
fn line(entry: &Entry<'_>, before: &str, end: &str, readers: &[Dialect]) -> Option<String> {
    let (name, value) = (entry.name(), entry.value());
    let spelling = common_spelling(&value, readers)?;
    let before = before.trim_end_matches(['\'', '"', '`']);
    let comment = entry.comment().unwrap_or_default();
    let beside = if comment.is_empty() { String::new() } else { format!(" # {comment}") };
    let above = if comment.is_empty() { String::new() } else { format!("# {comment}{end}") };
    let forms = [
        format!("{before}{spelling}{}", entry.rest()),
        format!("{name}={spelling}{beside}"),
        format!("{above}{name}={spelling}"),
    ];
    let taken = |form: &String| readers.iter().all(|reader| gives(form, (name, &value), *reader));
    forms.into_iter().find(taken)
}

impl std::fmt::Debug for Respelt {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Respelt")
            .field("changed", &self.changed)
            .field("left", &self.left)
            .finish_non_exhaustive()
    }
}
