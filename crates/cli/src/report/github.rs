//! Workflow commands of GitHub Actions: each finding becomes an annotation, on its line if it has one.

use std::fmt::Write as _;

use envschema::{Finding, Severity};

use crate::render::printable;

use super::root::Root;
use super::section::by_section;
use super::{Report, Run, file_of, message_beside_file, verdict};

/// A line for each finding, and the verdict of each run as text.
pub(super) fn commands(report: &Report<'_>, root: &Root) -> String {
    let mut text = String::new();
    for run in &report.runs {
        for (_, finding) in by_section(*run) {
            push_command(&mut text, *run, finding, root);
        }
        // Escaped too, as a line break in a name would let it begin a command.
        let _ = writeln!(text, "{}", data(&verdict(*run)));
    }
    text
}

fn push_command(text: &mut String, run: &dyn Run, finding: &Finding, root: &Root) {
    let command = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let _ = write!(text, "::{command} ");
    if let Some((path, line, column)) = file_of(finding) {
        let path = root.name(path).unwrap_or_else(|elsewhere| elsewhere);
        let _ = write!(text, "file={},line={line},col={column},", property(&path));
    }
    let about = finding.variable.as_deref().map(|name| format!(": {name}")).unwrap_or_default();
    let title = format!("{}{about} ({})", finding.code, run.about().subject().join(" "));
    let mut message = message_beside_file(finding);
    if let Some(help) = &finding.help {
        let _ = write!(message, "\n{help}");
    }
    let _ = writeln!(text, "title={}::{}", property(&title), data(&message));
}

/// What follows `::`, escaped as the runner reads it. Other control characters would reach whoever reads the log.
fn data(text: &str) -> String {
    let lines: Vec<_> = text.split('\r').map(|part| printable(part, false)).collect();
    lines.join("\r").replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What follows `name=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
