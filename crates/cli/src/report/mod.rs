//! What a command that judges has found, in every form.
//!
//! A command hands over a [`Report`] with one [`Run`] for each environment; all of them go into one document. The
//! forms know nothing of commands, and ask a run only for what they print.

mod about;
mod github;
mod human;
mod json;
mod junit;
mod markdown;
mod root;
mod sarif;
mod section;

use std::io;

use envschema::{Finding, Findings, Place, Severity};
use serde_json::{Map, Value};

use crate::arguments::ReportFormat;
use crate::edge::Edge;
use crate::render::counted;

use root::Root;

pub(crate) use about::About;
pub(crate) use human::{findings_text, run_text};

/// Everything that a command found, for one document.
pub(crate) struct Report<'a> {
    /// The command: `validate`, ...
    pub(crate) command: &'static str,
    /// The contract's file, from the working folder; what stands in no other file is shown there.
    pub(crate) contract: &'a str,
    /// At least one, in the order in which they were asked for.
    pub(crate) runs: Vec<&'a dyn Run>,
}

/// What a command found about one environment.
pub(crate) trait Run {
    /// What was judged.
    fn about(&self) -> About<'_>;

    /// What there is to tell.
    fn findings(&self) -> &Findings;

    /// The answer, as it follows the name of what was judged: `is valid`.
    fn verdict(&self) -> &'static str;

    /// What people want to know beside the findings, a sentence each; the first one counts things.
    fn notes(&self) -> Vec<String>;

    /// Every variable that was looked at, for reports of tests.
    fn cases(&self) -> Vec<Case<'_>>;

    /// What only this command has to tell in JSON.
    fn details(&self) -> Map<String, Value>;
}

/// A variable as a test case.
pub(crate) struct Case<'a> {
    pub(crate) name: &'a str,
    /// Why there was nothing to judge.
    pub(crate) skipped: Option<String>,
}

/// Prints a report in a form to standard output.
pub(crate) fn print(form: ReportFormat, report: &Report<'_>, edge: &mut Edge) -> io::Result<()> {
    let text = match form {
        ReportFormat::Human => {
            let runs: Vec<_> = report.runs.iter().map(|run| run_text(*run, edge.output_look)).collect();
            runs.join("\n")
        }
        ReportFormat::Json => return edge.print_json(&json::document(report)),
        ReportFormat::Github => github::commands(report, &Root::find(edge)),
        ReportFormat::Sarif => return edge.print_json(&sarif::document(report, &Root::find(edge))),
        ReportFormat::Junit => junit::document(report),
        ReportFormat::Markdown => markdown::page(report),
    };
    edge.output.write_all(text.as_bytes())
}

/// `shop prod is not valid: 2 errors, 1 warning`
fn verdict(run: &dyn Run) -> String {
    let findings = run.findings();
    let mut text = format!("{} {}", run.about().subject().join(" "), run.verdict());
    if !findings.is_valid() {
        text.push_str(&format!(": {}", counted(findings.count(Severity::Error), "error")));
    }
    if let count @ 1.. = findings.count(Severity::Warning) {
        text.push_str(&format!(", {}", counted(count, "warning")));
    }
    text
}

/// The message for a form that shows a file beside it: other places stand in the text.
fn message_beside_file(finding: &Finding) -> String {
    match &finding.place {
        Some(place) if file_of(finding).is_none() => format!("{place}: {}", finding.message),
        _ => finding.message.clone(),
    }
}

/// The file that a finding is about: path, line and column. Standard input is none.
fn file_of(finding: &Finding) -> Option<(&str, u32, u32)> {
    match &finding.place {
        Some(Place::File { path, line, column }) if &**path != "-" => Some((path, *line, *column)),
        _ => None,
    }
}
