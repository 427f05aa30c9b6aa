//! What env files mean to the readers that read them.
//!
//! [`Linted`] is what there is to tell of one file. How an outcome is told is in `words`: values only of variables that
//! may be seen, and of the others what became of the value.

mod words;

use envctl_dotenv::{
    Dialect, Divergence, Document, Effect, Entry, Outcome, Portability, Remark, Severity, portability,
    respell,
};
use envschema::{Code, Finding, Findings, Place};
use serde_json::{Map, Value, json};

use crate::render::counted;
use crate::report::{About, Case, Run};

use words::{List, sentence, shape};

/// An env file, whom it is for, and what may be shown of it.
pub(crate) struct Looked<'a> {
    /// Its path from the working folder.
    pub(crate) path: &'a str,
    pub(crate) text: &'a str,
    pub(crate) readers: &'a [Dialect],
    /// Whether values of the variable may be shown.
    pub(crate) is_shown: &'a dyn Fn(&str) -> bool,
}

/// What there is to tell of a file.
pub(crate) struct Linted<'a> {
    path: &'a str,
    readers: &'a [Dialect],
    findings: Findings,
    /// Every variable of the file, once.
    names: Vec<String>,
    divergent: Vec<Value>,
}

impl<'a> Linted<'a> {
    pub(crate) fn new(looked: &Looked<'a>) -> Self {
        let document = Document::parse(looked.text);
        let portability = portability(looked.text, &with_ours(looked.readers));
        let mut findings = Findings::default();
        findings.extend(unreadable(looked.path, &document));
        findings.extend(set_aside(looked.path, &portability));
        let mut divergent = Vec::new();
        for divergence in portability.divergences() {
            let one = Diverging::new(looked, &document, &divergence);
            findings.push(one.finding());
            divergent.push(one.json());
        }
        findings.extend(duplicates(looked.path, &document));
        let mut names: Vec<String> = Vec::new();
        for entry in document.entries() {
            if !names.iter().any(|name| name == entry.name()) {
                names.push(entry.name().to_owned());
            }
        }
        Self { path: looked.path, readers: looked.readers, findings, names, divergent }
    }
}

/// What readers agree on may still be something else than what the line says, as for one reader alone.
pub(crate) fn with_ours(readers: &[Dialect]) -> Vec<Dialect> {
    std::iter::once(Dialect::Portable).chain(readers.iter().copied()).collect()
}

/// A variable that readers see differently.
struct Diverging<'d> {
    divergence: &'d Divergence<'d>,
    /// The line that counts, as we read the file.
    entry: Option<Entry<'d>>,
    is_shown: bool,
    place: Place,
    /// The line as all of the readers would read it alike; the value is left out if it may not be shown.
    better: Option<String>,
}

impl<'d> Diverging<'d> {
    fn new(looked: &Looked<'_>, document: &'d Document<'d>, divergence: &'d Divergence<'d>) -> Self {
        let entry = document.get(divergence.name);
        let is_shown = (looked.is_shown)(divergence.name);
        let (line, column) = entry.map_or((divergence.line, 1), |entry| (entry.line(), entry.column()));
        let better = entry.and_then(|entry| better(looked, document, &entry, is_shown));
        Self { divergence, entry, is_shown, place: Place::file(looked.path, line, column), better }
    }

    fn value(&self) -> Option<String> {
        self.entry.map(|entry| entry.value().into_owned())
    }

    fn finding(&self) -> Finding {
        let message = sentence(self.divergence, self.value().as_deref(), self.is_shown);
        let help = match &self.better {
            Some(line) => format!("write it as `{line}`; `envctl lint --fix` does it"),
            None => "no spelling of it is read alike by all of them: change the value, or name the readers that count \
                     with `--reader`"
                .to_owned(),
        };
        Finding::new(Code::Divergent, envschema::Severity::Error, self.divergence.name, message)
            .help(help)
            .at(Some(self.place.clone()))
    }

    fn json(&self) -> Value {
        let value = self.value();
        let reading = |(outcome, readers): &(Outcome<'_>, Vec<Dialect>)| {
            let readers: Vec<_> = readers.iter().map(|reader| reader.name()).collect();
            let shown = match outcome {
                Outcome::Value(value) if self.is_shown => Some(*value),
                _ => None,
            };
            json!({ "readers": readers, "sees": shape(*outcome, value.as_deref()).code(), "value": shown })
        };
        let readings: Vec<_> = self.divergence.outcomes.iter().map(reading).collect();
        json!({ "name": self.divergence.name, "line": self.divergence.line, "readings": readings })
    }
}

/// How the line would look that all of the readers read alike.
fn better(looked: &Looked<'_>, document: &Document<'_>, entry: &Entry<'_>, is_shown: bool) -> Option<String> {
    let respelt = respell(document, &with_ours(looked.readers));
    if respelt.left.iter().any(|(name, _)| name == entry.name()) {
        return None;
    }
    let document = Document::parse(&respelt.text);
    let entry = document.get(entry.name())?;
    let raw = entry.raw_value();
    let value = if !is_shown && !raw.is_empty() { "\u{2026}" } else { raw };
    let quote = entry.quote().mark().map(String::from).unwrap_or_default();
    Some(format!("{}={quote}{}{quote}", entry.name(), crate::render::in_one_line(value)))
}

fn unreadable<'d>(path: &'d str, document: &'d Document<'_>) -> impl Iterator<Item = Finding> + 'd {
    let errors = document.problems().iter().filter(|problem| problem.severity() == Severity::Error);
    errors.map(move |problem| {
        let message = problem.kind().to_string();
        let mut finding = Finding::general(Code::Unreadable, envschema::Severity::Error, message);
        finding.variable = problem.name().map(Into::into);
        finding.help(problem.help()).at(Some(Place::file(path, problem.line(), problem.column())))
    })
}

/// The readers that take nothing from the file, or that cannot be followed, those with the same reason together.
fn set_aside(path: &str, portability: &Portability) -> Vec<Finding> {
    let mut reasons: Vec<(Remark, Vec<Dialect>)> = Vec::new();
    for (reader, remark) in portability.set_aside() {
        match reasons.iter_mut().find(|(other, _)| *other == remark) {
            Some((_, readers)) => readers.push(reader),
            None => reasons.push((remark, vec![reader])),
        }
    }
    let finding = |(remark, readers): (Remark, Vec<Dialect>)| {
        let (who, reason) = (List(&readers), remark.reason);
        let message = match (remark.effect, readers.len()) {
            (Effect::Unknown, _) => format!("what {who} would make of the file is not known: {reason}"),
            (_, 1) => format!("{who} refuses the whole file: {reason}"),
            _ => format!("{who} refuse the whole file: {reason}"),
        };
        Finding::general(Code::Rejected, envschema::Severity::Error, message)
            .help("correct this line, or name the readers that count with `--reader`")
            .at(Some(Place::file(path, remark.line, 1)))
    };
    reasons.into_iter().map(finding).collect()
}

fn duplicates(path: &str, document: &Document<'_>) -> Vec<Finding> {
    let finding = |duplicate: envctl_dotenv::Duplicate<'_>| {
        let last = duplicate.lines.last().copied().unwrap_or(1);
        let before: Vec<_> =
            duplicate.lines.iter().filter(|line| **line != last).map(u32::to_string).collect();
        let message = format!("{} is also given in line {}", duplicate.name, before.join(", "));
        Finding::new(Code::Duplicate, envschema::Severity::Warning, duplicate.name, message)
            .help("keep one line: some readers take the first")
            .at(Some(Place::file(path, last, 1)))
    };
    document.duplicates().into_iter().map(finding).collect()
}

impl Run for Linted<'_> {
    fn about(&self) -> About<'_> {
        About::File(self.path)
    }

    fn findings(&self) -> &Findings {
        &self.findings
    }

    fn verdict(&self) -> &'static str {
        if self.findings.is_valid() { "is read alike" } else { "is not read alike" }
    }

    fn notes(&self) -> Vec<String> {
        let variables = counted(self.names.len(), "variable");
        vec![format!("{variables}; readers: {}", List(self.readers))]
    }

    fn cases(&self) -> Vec<Case<'_>> {
        self.names.iter().map(|name| Case { name, skipped: None }).collect()
    }

    fn details(&self) -> Map<String, Value> {
        let readers: Vec<_> = self.readers.iter().map(|reader| reader.name()).collect();
        let divergent = Value::from(self.divergent.clone());
        Map::from_iter([("readers".to_owned(), readers.into()), ("divergent".to_owned(), divergent)])
    }
}
