//! [`respell`]: old values in spellings that several readers read alike.

use crate::spell::gives;
use crate::{Dialect, Document, Entry, common_spelling, place};

/// A text in which values are spelt anew.
///
/// `Debug` shows names, never the text.
#[derive(Clone, PartialEq, Eq)]
pub struct Respelt {
    /// The text. It holds values, so treat it as a secret.
    pub text: String,
    /// The variables that are spelt anew, in order of their lines.
    pub changed: Vec<String>,
    /// The variables that kept their spelling, as no other one is read alike, with the line of each, from 1.
    pub left: Vec<(String, u32)>,
}

/// The text of `document` with every value, as [`Document`] reads them, spelt so that each of `readers`
/// reads them so. Lines that each of them reads so already stay as they are.
///
/// A line keeps its `export`, its white space and the comment beside the value as far as the readers take them; a comment
/// that they take for a part of the value is put on a line above.
#[must_use]
pub fn respell(document: &Document<'_>, readers: &[Dialect]) -> Respelt {
    let text = document.as_str();
    let mut respelt =
        Respelt { text: String::with_capacity(text.len()), changed: Vec::new(), left: Vec::new() };
    let mut copied = 0;
    for entry in document.entries() {
        let span = entry.span();
        let start = place::line_start(text, span.name_start);
        let (as_it_is, value) = (&text[start..span.end], entry.value());
        if readers.iter().all(|reader| gives(as_it_is, (entry.name(), &value), *reader)) {
            continue;
        }
        let end = place::line_end_of(&text[start..]);
        match line(&entry, &text[start..span.value_start], end, readers) {
            Some(line) => {
                respelt.text.push_str(&text[copied..start]);
                respelt.text.push_str(&line);
                copied = span.end;
                respelt.changed.push(entry.name().to_owned());
            }
            None => respelt.left.push((entry.name().to_owned(), entry.line())),
        }
    }
    respelt.text.push_str(&text[copied..]);
    respelt
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
