//! A report for people: findings in the contract's groups, each with its place and the one thing to do.

use std::fmt::Write as _;

use envschema::{Finding, Severity, State, Variable};

use super::look::{Look, Tone};
use super::report::{Report, counted};

/// Where the help of a finding begins.
const INDENT: usize = 6;

/// The whole report: the findings, and the verdict.
pub(crate) fn report_text(report: &Report<'_>, look: Look) -> String {
    let mut text = findings_text(report, look);
    if !text.is_empty() {
        text.push('\n');
    }
    push_summary(&mut text, report, look);
    text
}

/// The findings alone.
pub(crate) fn findings_text(report: &Report<'_>, look: Look) -> String {
    let mut text = String::new();
    // Variables of a group need not stand together in the contract; under their heading they do.
    let mut findings: Vec<_> =
        report.findings.iter().map(|finding| (section_of(report, finding), finding)).collect();
    findings.sort_by_key(|(section, _)| *section);
    let mut heading = None;
    for (section, finding) in findings {
        if heading != Some(section) {
            if heading.is_some() {
                text.push('\n');
            }
            let _ = writeln!(text, "{}", look.paint(Tone::Heading, title(report, section)));
            heading = Some(section);
        }
        push_finding(&mut text, finding, look);
    }
    text
}

/// The parts of a report, in their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Group(usize),
    Others,
    Files,
}

fn section_of(report: &Report<'_>, finding: &Finding) -> Section {
    let contract = report.resolution.contract();
    match finding.variable.as_deref().and_then(|name| contract.variable(name)) {
        Some((_, Variable { group: Some(group), .. })) => Section::Group(*group),
        Some(_) => Section::Others,
        None => Section::Files,
    }
}

fn title<'a>(report: &'a Report<'_>, section: Section) -> &'a str {
    let groups = report.resolution.contract().groups();
    match section {
        Section::Group(group) => &groups[group].title,
        Section::Others if groups.is_empty() => "Variables",
        Section::Others => "Other variables",
        Section::Files => "Files and names",
    }
}

/// One finding and its help.
pub(super) fn push_finding(text: &mut String, finding: &Finding, look: Look) {
    let (tone, word) = match finding.severity {
        Severity::Error => (Tone::Error, "error"),
        Severity::Warning => (Tone::Warning, "warning"),
    };
    let code = look.paint(tone, &format!("{word}[{}]", finding.code));
    let place = finding.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
    let message = format!("{code} {}{}", look.paint(Tone::Faint, &place), finding.message);
    let _ = writeln!(text, "{}", look.wrap("  ", INDENT, &message));
    if let Some(help) = &finding.help {
        let arrow = format!("    {} ", look.symbol("→", "="));
        let _ = writeln!(text, "{}", look.wrap(&arrow, INDENT, help));
    }
}

fn push_summary(text: &mut String, report: &Report<'_>, look: Look) {
    let counts = &report.counts;
    let mut subject = report.contract.to_owned();
    for part in [report.environment, report.profile].into_iter().flatten() {
        let _ = write!(subject, " {part}");
    }
    let verdict = if report.valid {
        format!("{} {subject} is valid", look.symbol("✓", "ok:"))
    } else {
        format!("{} {subject} is not valid: {}", look.symbol("✗", "failed:"), counted(counts.errors, "error"))
    };
    let warnings = match counts.warnings {
        0 => String::new(),
        count => format!(", {}", counted(count, "warning")),
    };
    let tone = if report.valid { Tone::Good } else { Tone::Error };
    let _ = writeln!(text, "{}{warnings}", look.paint(tone, &verdict));
    let _ = writeln!(text, "{}", look.wrap("  ", 2, &state_line(report)));
    if counts.resolved > 0 {
        let origins: Vec<_> =
            report.origins().into_iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
        let _ = writeln!(text, "{}", look.wrap("  ", 2, &format!("values from: {}", origins.join(", "))));
    }
    if !report.valid && !report.absent.is_empty() {
        let absent = format!("not there, and so not read: {}", report.absent.join(", "));
        let _ = writeln!(text, "{}", look.wrap("  ", 2, &absent));
    }
    if let Some(hint) = generator_hint(report) {
        let _ = writeln!(text, "{}", look.wrap("  ", 2, &hint));
    }
}

fn state_line(report: &Report<'_>) -> String {
    let counts = &report.counts;
    let parts = [
        (counts.resolved, "resolved"),
        (counts.missing, "missing"),
        (counts.invalid, "invalid"),
        (counts.sealed, "encrypted"),
        (counts.not_needed, "not needed"),
        (counts.unset, "optional and not set"),
    ];
    let parts: Vec<_> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    let variables = counted(counts.variables, "variable");
    if parts.is_empty() { variables } else { format!("{variables}: {}", parts.join(", ")) }
}

/// Which missing values need no one to think of them.
fn generator_hint(report: &Report<'_>) -> Option<String> {
    let names: Vec<&str> = report
        .resolution
        .iter()
        .filter(|(variable, state, _)| {
            *state == State::Missing && variable.generate.as_ref().is_some_and(|generate| !generate.ask)
        })
        .map(|(variable, _, _)| &*variable.name)
        .collect();
    match names.as_slice() {
        [] => None,
        names => Some(format!("`--generate` can make: {}", names.join(", "))),
    }
}
