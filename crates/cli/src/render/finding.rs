//! One finding for people.

use std::fmt::Write as _;

use envschema::{Finding, Severity};

use super::look::{Look, Tone};
use super::{in_one_line, printable};

/// Where the help of a finding begins.
const INDENT: usize = 6;

/// One finding and its help.
pub(crate) fn push_finding(text: &mut String, finding: &Finding, look: Look) {
    let (tone, word) = match finding.severity {
        Severity::Error => (Tone::Error, "error"),
        Severity::Warning => (Tone::Warning, "warning"),
    };
    let code = look.paint(tone, &format!("{word}[{}]", finding.code));
    let place = finding
        .place
        .as_ref()
        .map(|place| format!("{}: ", in_one_line(&place.to_string())))
        .unwrap_or_default();
    let message = format!("{code} {}{}", look.paint(Tone::Faint, &place), printable(&finding.message, false));
    let _ = writeln!(text, "{}", look.wrap("  ", INDENT, &message));
    if let Some(help) = &finding.help {
        let arrow = format!("    {} ", look.symbol("→", "="));
        let _ = writeln!(text, "{}", look.wrap(&arrow, INDENT, &printable(help, false)));
    }
}
