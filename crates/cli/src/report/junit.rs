//! `JUnit` XML, which test reports of pipelines read: a suite for each environment, a case for each variable.

use std::collections::HashMap;
use std::fmt::Write as _;

use envschema::{Finding, Severity};

use crate::render::{Look, push_finding};

use super::section::Section;
use super::{Case, Report, Run, message_beside_file};

pub(super) fn document(report: &Report<'_>) -> String {
    let suites: Vec<_> = report.runs.iter().map(|run| Suite::of(*run)).collect();
    let total = |count: fn(&Suite) -> usize| suites.iter().map(count).sum::<usize>();
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".to_owned();
    let (tests, failures) = (total(|suite| suite.tests), total(|suite| suite.failures));
    let name = escaped(&format!("envctl {}", report.command));
    let _ =
        writeln!(text, "<testsuites name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">");
    for suite in suites {
        let Suite { name, tests, failures, skipped, cases } = suite;
        let name = escaped(&name);
        let _ = writeln!(
            text,
            "  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\" skipped=\"{skipped}\">"
        );
        text.push_str(&cases);
        text.push_str("  </testsuite>\n");
    }
    text + "</testsuites>\n"
}

struct Suite {
    name: String,
    tests: usize,
    failures: usize,
    skipped: usize,
    /// The elements.
    cases: String,
}

impl Suite {
    fn of(run: &dyn Run) -> Self {
        let about = run.about();
        let mut of_variable: HashMap<&str, Vec<&Finding>> = HashMap::new();
        let mut of_none = Vec::new();
        let cases = run.cases();
        for case in &cases {
            of_variable.insert(case.name, Vec::new());
        }
        for finding in run.findings().iter() {
            let variable = finding.variable.as_deref();
            match variable.and_then(|name| of_variable.get_mut(name)) {
                Some(findings) => findings.push(finding),
                None => of_none.push(finding),
            }
        }
        let mut suite =
            Self { name: about.subject().join(" "), tests: 0, failures: 0, skipped: 0, cases: String::new() };
        let class = |section: Section| {
            let mut parts = about.subject();
            parts.push(section.id(about));
            parts.join(".")
        };
        for Case { name, skipped } in cases {
            let findings = of_variable.remove(name).unwrap_or_default();
            suite.push(&class(Section::of(about, name)), name, skipped, &findings);
        }
        if !of_none.is_empty() {
            suite.push(&class(Section::Files), Section::Files.title(about), None, &of_none);
        }
        suite
    }

    /// Adds a case; more than one error is one failure, as some readers keep no more.
    fn push(&mut self, class: &str, name: &str, skipped: Option<String>, findings: &[&Finding]) {
        let of = |severity| findings.iter().copied().filter(move |finding| finding.severity == severity);
        let mut inside = String::new();
        if let Some(first) = of(Severity::Error).next() {
            self.failures += 1;
            let (message, code) = (escaped(&message_beside_file(first)), first.code);
            let text = element(&plain(of(Severity::Error)));
            let _ = writeln!(inside, "      <failure type=\"{code}\" message=\"{message}\">{text}</failure>");
        } else if let Some(reason) = skipped {
            self.skipped += 1;
            let _ = writeln!(inside, "      <skipped message=\"{}\"/>", escaped(&reason));
        }
        if of(Severity::Warning).next().is_some() {
            let text = element(&plain(of(Severity::Warning)));
            let _ = writeln!(inside, "      <system-out>{text}</system-out>");
        }
        self.tests += 1;
        let _ =
            write!(self.cases, "    <testcase classname=\"{}\" name=\"{}\"", escaped(class), escaped(name));
        match inside.as_str() {
            "" => self.cases.push_str("/>\n"),
            inside => {
                let _ = writeln!(self.cases, ">\n{inside}    </testcase>");
            }
        }
    }
}

fn plain<'a>(findings: impl Iterator<Item = &'a Finding>) -> String {
    let mut text = String::new();
    for finding in findings {
        push_finding(&mut text, finding, Look::PLAIN);
    }
    text.trim().to_owned()
}

/// Text of an element, where lines may stay lines.
fn element(text: &str) -> String {
    escaped(text).replace("&#10;", "\n")
}

/// Text of an attribute. Its line breaks are kept, and what XML has no way to spell is replaced.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' | '\r' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => escaped.push('\u{fffd}'),
            c => escaped.push(c),
        }
    }
    escaped
}
