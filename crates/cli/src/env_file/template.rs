//! Values in the order of a template such as `.env.example`.
//!
//! The text depends on the template, the values and what the file already has beyond them, and on nothing else: written
//! again, it is the same.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use envctl_dotenv::{Dialect, Document, EditError, Entry, Line, LineKind, Outcome, Reader, lines};
use envctl_resolver::Resolution;
use envschema::Finding;
use zeroize::Zeroizing;

use super::comment::{absent, comment, named};
use super::{NotMade, readable, update};
use crate::error::CliError;
use crate::select::Leaving;
use envctl_engine::format::{Exported, dotenv};

/// The heading of what only the file itself has.
const KEPT: &str = "# Kept as it was";

/// What is laid out.
pub(crate) struct Layout<'a> {
    pub(crate) template: &'a str,
    /// The path of the template.
    pub(crate) shown: &'a Path,
    /// The text of the file that is to be replaced.
    pub(crate) before: Option<&'a str>,
    pub(crate) resolution: &'a Resolution,
    pub(crate) leaving: &'a Leaving,
    pub(crate) values: &'a [Exported<'a>],
    pub(crate) dialect: Dialect,
}

/// A text in the order of a template.
pub(crate) struct LaidOut {
    pub(crate) text: Zeroizing<String>,
    /// Names of the template that the contract does not have; they stand there as comments.
    pub(crate) unknown: Vec<String>,
}

/// Every line of the template stays where it is. A variable that has a value gets it; one that has none becomes a comment
/// with the reason. Then come the variables that the template does not have, under the headings of their groups, and
/// what else the file has.
///
/// # Errors
///
/// As [`NotMade`] tells.
pub(crate) fn lay_out(layout: &Layout<'_>) -> Result<LaidOut, NotMade> {
    readable(&Document::parse(layout.template), layout.shown, layout.dialect).map_err(NotMade::File)?;
    let mut laying = Laying::new(layout);
    laying.template_lines()?;
    laying.other_variables();
    laying.kept_lines();
    if !laying.refused.is_empty() {
        return Err(NotMade::Refused(laying.refused));
    }
    match layout.misread(&laying.text) {
        None => Ok(LaidOut { text: laying.text, unknown: laying.unknown }),
        Some(name) => {
            let error = EditError::ReadsBack { name: name.to_owned(), dialect: layout.dialect };
            Err(NotMade::File(CliError::NotUpdated { path: layout.shown.to_owned(), error: Box::new(error) }))
        }
    }
}

impl Layout<'_> {
    /// A variable that the reader would not read as it is meant.
    fn misread(&self, text: &str) -> Option<&str> {
        let reading = Reader::new(self.dialect).read(text);
        #[expect(clippy::disallowed_methods, reason = "compared with what a reader would read")]
        let is_read = |exported: &&Exported<'_>| {
            reading.outcome(exported.name) == Outcome::Value(exported.value.expose())
        };
        self.values.iter().find(|exported| !is_read(exported)).map(|exported| exported.name)
    }
}

/// A text that grows.
struct Laying<'a> {
    layout: &'a Layout<'a>,
    text: Zeroizing<String>,
    line_end: &'static str,
    values: HashMap<&'a str, &'a Exported<'a>>,
    /// Names of the contract without a value, and why.
    absent: HashMap<&'a str, String>,
    /// Lines of the file for names that get no value, in order.
    kept: Vec<(&'a str, &'a str)>,
    /// Names that have their place.
    placed: HashSet<&'a str>,
    unknown: Vec<String>,
    refused: Vec<Finding>,
}

impl<'a> Laying<'a> {
    fn new(layout: &'a Layout<'a>) -> Self {
        let values: HashMap<_, _> = layout.values.iter().map(|exported| (exported.name, exported)).collect();
        let before = layout.before.unwrap_or_default();
        let mut kept = Vec::<(&str, &str)>::new();
        for line in lines(before) {
            let LineKind::Entry(entry) = line.kind() else { continue };
            let name = entry.name();
            if !values.contains_key(name) {
                kept.retain(|(other, _)| *other != name);
                kept.push((name, bare(line.text())));
            }
        }
        Self {
            layout,
            text: Zeroizing::default(),
            line_end: if layout.template.contains("\r\n") { "\r\n" } else { "\n" },
            absent: absent(layout.resolution, layout.leaving, layout.values),
            values,
            kept,
            placed: HashSet::new(),
            unknown: Vec::new(),
            refused: Vec::new(),
        }
    }

    fn template_lines(&mut self) -> Result<(), NotMade> {
        let document = Document::parse(self.layout.template);
        self.placed.extend(document.entries().map(|entry| entry.name()));
        for line in document.lines() {
            match line.kind() {
                LineKind::Entry(entry) => match self.values.get(entry.name()) {
                    Some(exported) => self.with_value(&line, entry, exported)?,
                    None => self.without_value(&line, entry),
                },
                LineKind::Comment => {
                    self.text.push_str(line.text());
                    if let Some(name) = named(line.text()) {
                        self.below_comment(name);
                    }
                }
                _ => self.text.push_str(line.text()),
            }
        }
        Ok(())
    }

    /// A line of the template whose variable has a value. What cannot stand beside the value for this reader, such as a
    /// comment, stands above it.
    fn with_value(
        &mut self,
        line: &Line<'_>,
        entry: &Entry<'_>,
        exported: &Exported<'_>,
    ) -> Result<(), NotMade> {
        let Layout { dialect, shown, .. } = *self.layout;
        match update(line.text(), shown, std::slice::from_ref(exported), dialect) {
            Ok(text) => self.text.push_str(&text),
            Err(NotMade::Refused(refused)) => self.refused.extend(refused),
            Err(NotMade::File(CliError::NotUpdated { .. })) => {
                if let Some(beside) = entry.comment() {
                    self.text.extend(["# ", beside, self.line_end]);
                }
                match dotenv::entry(exported, dialect) {
                    Ok(text) => self.text.extend([&text, ending(line)]),
                    Err(finding) => self.refused.push(*finding),
                }
            }
            Err(other) => return Err(other),
        }
        Ok(())
    }

    /// A line of the template whose variable has no value.
    fn without_value(&mut self, line: &Line<'_>, entry: &Entry<'_>) {
        let name = entry.name();
        let whole = line.text();
        let start = if whole.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        self.text.push_str(start);
        if let Some((_, kept)) = self.kept.iter().find(|(kept, _)| *kept == name) {
            self.text.push_str(kept);
        } else {
            let reason = self.absent.get(name).map_or_else(
                || {
                    self.unknown.push(name.to_owned());
                    "not in the contract"
                },
                String::as_str,
            );
            let text = comment(name, reason);
            self.text.push_str(&text);
            if let Some(beside) = entry.comment() {
                self.text.extend(["   # ", beside]);
            }
        }
        self.text.push_str(ending(line));
    }

    /// A variable that the template only has in a comment, such as `# NAME=value`, gets its line below it.
    fn below_comment(&mut self, name: &'a str) {
        let is_known = self.values.contains_key(name) || self.absent.contains_key(name);
        if !is_known || !self.placed.insert(name) {
            return;
        }
        let line = match (self.values.get(name), self.kept.iter().find(|(kept, _)| *kept == name)) {
            (Some(exported), _) => match dotenv::entry(exported, self.layout.dialect) {
                Ok(line) => line,
                Err(finding) => return self.refused.push(*finding),
            },
            (None, Some((_, kept))) => Zeroizing::new((*kept).to_owned()),
            (None, None) => return,
        };
        self.end_line();
        self.text.extend([&line, self.line_end]);
    }

    /// What the contract has and the template has not.
    fn other_variables(&mut self) {
        let Layout { resolution, leaving, dialect, .. } = *self.layout;
        let mut others = dotenv::Grouped::new(resolution.contract(), self.line_end);
        let leave = resolution.iter().filter(|(variable, ..)| leaving.takes(variable));
        for (variable, name) in leave.flat_map(|(one, ..)| leaving.names(one).map(move |name| (one, name))) {
            if !self.placed.insert(name) {
                continue;
            }
            if let Some(exported) = self.values.get(name) {
                match dotenv::entry(exported, dialect) {
                    Ok(line) => others.push(variable, &line),
                    Err(finding) => self.refused.push(*finding),
                }
            } else if let Some((_, kept)) = self.kept.iter().find(|(kept, _)| *kept == name) {
                others.push(variable, kept);
            } else if let Some(reason) = self.absent.get(name) {
                others.push(variable, &comment(name, reason));
            }
        }
        self.push_block(&others.text);
    }

    /// What only the file has.
    fn kept_lines(&mut self) {
        let mut block = Zeroizing::new(String::new());
        for (_, line) in self.kept.iter().filter(|(name, _)| !self.placed.contains(name)) {
            if block.is_empty() {
                block.extend([KEPT, self.line_end]);
            }
            block.extend([*line, self.line_end]);
        }
        self.push_block(&block);
    }

    /// Lines after an empty one.
    fn push_block(&mut self, block: &str) {
        if block.is_empty() {
            return;
        }
        self.end_line();
        let ends_blank = self.text.ends_with(&self.line_end.repeat(2));
        if !self.text.is_empty() && !ends_blank {
            self.text.push_str(self.line_end);
        }
        self.text.push_str(block);
    }

    fn end_line(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str(self.line_end);
        }
    }
}

/// The line end of a line; nothing for the last one, if it has none.
fn ending<'l>(line: &Line<'l>) -> &'l str {
    &line.text()[line.text().trim_end_matches(['\r', '\n']).len()..]
}

/// A line without what may stand around it in a text.
fn bare(line: &str) -> &str {
    line.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n'])
}
