//! What env files mean to the readers that read them.
//!
//! [`Linted`] is what there is to tell of one file, `diverging` what is told of one variable. How an outcome is told is in
//! `words`: values only of variables that may be seen (`shown`), and of the others what became of the value.

mod diverging;
mod shown;
mod words;

use std::collections::HashSet;

use envctl_dotenv::{
    Dialect, Document, Effect, Portability, Problem, ProblemKind, Remark, Severity, portability, respell,
};
use envschema::{Code, Contract, Finding, Findings, Place};
use serde_json::{Map, Value};

use crate::report::{About, Case, Run};
use crate::words::counted;

use diverging::{Diverging, File};
use shown::Shown;
use words::List;

/// An env file, whom it is for, and what may be shown of it.
pub struct Looked<'a> {
    /// Its path from the working folder.
    pub path: &'a str,
    /// Its text.
    pub text: &'a str,
    /// The readers that count.
    pub readers: &'a [Dialect],
    /// Whose rules we read it by ourselves.
    pub ours: Dialect,
    /// What says which values may be shown.
    pub contract: Option<&'a Contract>,
}

/// What there is to tell of a file.
pub struct Linted<'a> {
    path: &'a str,
    readers: &'a [Dialect],
    findings: Findings,
    /// Every variable of the file, once.
    names: Vec<String>,
    divergent: Vec<Value>,
}

impl<'a> Linted<'a> {
    /// Reads it as every reader would.
    #[must_use]
    pub fn new(looked: &Looked<'a>) -> Self {
        let document = Document::parse(looked.text);
        let readers = with_ours(looked.ours, looked.readers);
        let portability = portability(looked.text, &readers);
        let mut findings = Findings::default();
        findings.extend(unreadable(looked.path, &document));
        findings.extend(set_aside(looked.path, &portability));
        let respelt = respell(&document, &with_ours(Dialect::Portable, &readers));
        let file = File {
            path: looked.path,
            ours: looked.ours,
            document: &document,
            better: &Document::parse(&respelt.text),
            respelt: &respelt,
            shown: &Shown::new(looked.contract, looked.text, &readers),
        };
        let end = end_of_what_is_told(&document);
        let mut divergent = Vec::new();
        for divergence in portability.divergences() {
            if divergence.line <= end {
                let one = Diverging::new(&file, &divergence);
                findings.push(one.finding());
                divergent.push(one.json());
            }
        }
        findings.extend(duplicates(looked.path, &document));
        let mut seen = HashSet::new();
        let told = document.entries().filter(|entry| entry.line() <= end && seen.insert(entry.name()));
        let names = told.map(|entry| entry.name().to_owned()).collect();
        Self { path: looked.path, readers: looked.readers, findings, names, divergent }
    }
}

/// The readers that count: those that are named; otherwise all that know quotes.
#[must_use]
pub fn readers(named: &[Dialect]) -> Vec<Dialect> {
    let wanted = |reader: &Dialect| match named {
        [] | [Dialect::Portable] => !matches!(reader, Dialect::Portable | Dialect::Docker),
        named => named.contains(reader),
    };
    Dialect::ALL.iter().copied().filter(wanted).collect()
}

/// What readers agree on may still be something else than what the line says, as for one reader alone.
pub fn with_ours(ours: Dialect, readers: &[Dialect]) -> Vec<Dialect> {
    let others = readers.iter().copied().filter(|reader| *reader != ours);
    std::iter::once(ours).chain(others).collect()
}

/// The last line that is told of. Behind a quote that is never closed may be more of its value, in the places of names
/// too, and what readers see there depends on that quote.
fn end_of_what_is_told(document: &Document<'_>) -> u32 {
    let mut problems = document.problems().iter();
    let broken = problems.find(|problem| problem.kind() == ProblemKind::UnterminatedQuote);
    broken.map_or(u32::MAX, Problem::line)
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
