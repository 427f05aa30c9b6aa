//! What a command that judges has found, in every form.
//!
//! A command hands over a [`Report`] with one [`Run`] for each environment; all of them go into one document. The
//! forms know nothing of commands, and ask a run only for what they print.

mod github;
mod human;
mod junit;
mod markdown;
mod root;
mod sarif;
mod section;

use std::io;

use envschema::{Finding, Place, Severity};

use crate::arguments::ReportFormat;
use crate::edge::Edge;
use crate::render::counted;

use root::Root;

pub(crate) use envctl_engine::report::{About, Case, Report, Run};
pub(crate) use human::{findings_text, run_text};

/// Prints a report in a form to standard output.
pub(crate) fn print(form: ReportFormat, report: &Report<'_>, edge: &mut Edge) -> io::Result<()> {
    let text = match form {
        ReportFormat::Human => {
            let runs: Vec<_> = report.runs.iter().map(|run| run_text(*run, edge.output_look)).collect();
            runs.join("\n")
        }
        ReportFormat::Json => return edge.print_json(&envctl_engine::report::document(report)),
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
