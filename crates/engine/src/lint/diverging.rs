//! [`Diverging`]: what is told of one variable that readers see differently.

use envctl_dotenv::{Dialect, Divergence, Document, Entry, Outcome, ProblemKind, Respelt, Why};
use envschema::{Code, Finding, Place, Severity};
use serde_json::{Value, json};

use super::shown::Shown;
use super::words::{sentence, shape};
use crate::words::in_one_line;

const NO_SPELLING: &str = "no spelling of it is read alike by all of them: change the value, or name the readers that \
                           count with `--reader`";

const NO_ENTRY: &str =
    "no variable begins here for envctl: correct the line, or put a value of several lines into one";

const BYTE_ORDER_MARK: &str =
    "save the file without its byte order mark, which some readers take for a part of the name";

const CARRIAGE_RETURNS: &str = "save the file with line feeds alone at the ends of its lines";

/// A file, and the same one with what can be spelt anew.
pub(super) struct File<'d> {
    pub(super) path: &'d str,
    pub(super) ours: Dialect,
    pub(super) document: &'d Document<'d>,
    pub(super) respelt: &'d Respelt,
    /// The text of `respelt`.
    pub(super) better: &'d Document<'d>,
    pub(super) shown: &'d Shown<'d>,
}

/// A variable that readers see differently.
pub(super) struct Diverging<'d> {
    file: &'d File<'d>,
    divergence: &'d Divergence<'d>,
    /// The line that counts, as we read the file.
    entry: Option<Entry<'d>>,
    /// The name, unless it may be a part of a value that is written over several lines.
    name: Option<&'d str>,
}

impl<'d> Diverging<'d> {
    pub(super) fn new(file: &'d File<'d>, divergence: &'d Divergence<'d>) -> Self {
        let entry = file.document.get(divergence.name);
        let is_name = entry.is_some()
            || file.shown.is_declared(divergence.name)
            || file.document.problems().iter().any(|problem| problem.name() == Some(divergence.name));
        Self { file, divergence, entry, name: is_name.then_some(divergence.name) }
    }

    /// What we read ourselves, by which the others are measured.
    fn value(&self) -> Option<String> {
        let is_ours = |(_, readers): &&(Outcome<'_>, Vec<Dialect>)| readers.contains(&self.file.ours);
        match self.divergence.outcomes.iter().find(is_ours) {
            Some((Outcome::Value(value), _)) => Some((*value).to_owned()),
            Some(_) => None,
            None => self.entry.map(|entry| entry.value().into_owned()),
        }
    }

    fn shows(&self, value: &str) -> bool {
        self.file.shown.shows(self.divergence.name, value)
    }

    pub(super) fn finding(&self) -> Finding {
        let (line, column) =
            self.entry.map_or((self.divergence.line, 1), |entry| (entry.line(), entry.column()));
        let subject = self.name.map_or_else(|| "what stands in this line".to_owned(), in_one_line);
        let shows = |value: &str| self.shows(value);
        let message = sentence(&subject, self.divergence, self.value().as_deref(), &shows);
        let finding = match self.name {
            Some(name) => Finding::new(Code::Divergent, Severity::Error, name, message),
            None => Finding::general(Code::Divergent, Severity::Error, message),
        };
        finding.help(self.help()).at(Some(Place::file(self.file.path, line, column)))
    }

    fn help(&self) -> String {
        let name = self.divergence.name;
        let text = self.file.document.as_str();
        if text.starts_with('\u{feff}') && self.divergence.line == 1 {
            return BYTE_ORDER_MARK.to_owned();
        }
        if self.entry.is_none() {
            return NO_ENTRY.to_owned();
        }
        if self.file.respelt.changed.iter().any(|other| other == name) {
            return match self.better() {
                Some(line) => format!("write it as `{line}`; `envctl lint --fix` does it"),
                None => NO_SPELLING.to_owned(),
            };
        }
        if let Some(left) = self.file.respelt.left.iter().find(|left| left.name == name) {
            return match left.why {
                Why::Hash => ProblemKind::HashWithoutBlank.help(),
                Why::Reference => {
                    "it names another variable of the file: write that one's value out, or name the \
                                   readers that count with `--reader`"
                }
                Why::BrokenQuote => "correct the line first whose quotes are not in order",
                _ => NO_SPELLING,
            }
            .to_owned();
        }
        if self.file.document.entries().filter(|other| other.name() == name).count() > 1 {
            return "keep one line: some readers take the first".to_owned();
        }
        if text.contains('\r') {
            return CARRIAGE_RETURNS.to_owned();
        }
        "its own line is read alike: correct those before it, which some readers take further".to_owned()
    }

    /// How the line would look that all of the readers read alike.
    fn better(&self) -> Option<String> {
        let entry = self.file.better.get(self.divergence.name)?;
        let raw = entry.raw_value();
        let value = if raw.is_empty() || self.shows(raw) { raw } else { "\u{2026}" };
        let quote = entry.quote().mark().map(String::from).unwrap_or_default();
        Some(format!("{}={quote}{}{quote}", entry.name(), in_one_line(value)))
    }

    pub(super) fn json(&self) -> Value {
        let value = self.value();
        let reading = |(outcome, readers): &(Outcome<'_>, Vec<Dialect>)| {
            let readers: Vec<_> = readers.iter().map(|reader| reader.name()).collect();
            let shown = match outcome {
                Outcome::Value(value) if self.shows(value) => Some(*value),
                _ => None,
            };
            json!({ "readers": readers, "sees": shape(*outcome, value.as_deref()).code(), "value": shown })
        };
        let readings: Vec<_> = self.divergence.outcomes.iter().map(reading).collect();
        json!({ "name": self.name, "line": self.divergence.line, "readings": readings })
    }
}
