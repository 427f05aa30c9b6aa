//! What became of a plan, for people and as an exit code.

use std::fmt::Write as _;

use envctl_sync::{Outcome, RecordReport};

use crate::Exit;
use crate::render::{Look, Tone, printable};

/// How everything ended.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ending {
    written: usize,
    already: usize,
    conflicts: usize,
    failed: usize,
    unclear: usize,
    /// Whether something was changed before the plan was carried out: a file, or what was brought back.
    pub(crate) changed: bool,
    /// Records that were not written because somebody has to decide, or because they could not be looked at.
    pub(crate) left: usize,
    pub(crate) unknown: usize,
}

impl Ending {
    /// Counts reports.
    pub(crate) fn add(&mut self, reports: &[RecordReport]) {
        for report in reports {
            match report.outcome {
                Outcome::Written { .. } | Outcome::Replaced => self.written += 1,
                Outcome::Already { .. } => self.already += 1,
                Outcome::Conflict => self.conflicts += 1,
                Outcome::Failed { .. } | Outcome::NotBegun => self.failed += 1,
                Outcome::Unclear { .. } => self.unclear += 1,
            }
        }
    }

    /// The exit code: a conflict is told before everything else, and what is partly done before what is not.
    pub(crate) fn exit(self) -> Exit {
        let wrote = self.changed || self.written + self.already + self.unclear > 0;
        let failed = self.failed + self.unclear + self.unknown;
        match self {
            Self { conflicts: 1.., .. } => Exit::Conflict,
            Self { left: 0, .. } if failed == 0 => Exit::Yes,
            _ if failed == 0 => Exit::Refused,
            _ if wrote => Exit::Partial,
            _ => Exit::Outside,
        }
    }

    /// `ok: 3 written`
    pub(crate) fn text(self, look: Look) -> String {
        let counts = [
            (self.written, "written"),
            (self.already, "written by an earlier run"),
            (self.conflicts, "changed by somebody else meanwhile"),
            (self.failed, "failed"),
            (self.unclear, "not certain"),
            (self.unknown, "not known"),
            (self.left, "not touched"),
        ];
        let parts: Vec<String> = counts
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let (tone, symbol) = match self.exit() {
            Exit::Yes => (Tone::Good, look.symbol("✓", "ok:")),
            _ => (Tone::Error, look.symbol("✗", "failed:")),
        };
        let again = match self.exit() {
            Exit::Partial => "; running it again completes it",
            Exit::Conflict => "; theirs stands, run it again to plan anew",
            _ => "",
        };
        let what = if parts.is_empty() { "nothing to do".to_owned() } else { parts.join(", ") };
        format!("{} {what}{again}", look.paint(tone, symbol))
    }
}

/// A line for each record that did not go as planned, and for what is to be told besides.
pub(crate) fn ending_text(reports: &[RecordReport], look: Look) -> String {
    let mut text = String::new();
    for report in reports {
        let name = printable(&report.name, false);
        let (tone, word, help) = match &report.outcome {
            Outcome::Written { .. } | Outcome::Already { .. } => (Tone::Good, None, None),
            Outcome::Replaced => (
                Tone::Warning,
                Some("written, and somebody else has written it again since".to_owned()),
                None,
            ),
            Outcome::Conflict => {
                // Where more is to be told, that tells what stands.
                let stands = if report.notes.is_empty() { "; theirs stands" } else { "" };
                (Tone::Error, Some(format!("somebody else changed it meanwhile{stands}")), None)
            }
            Outcome::Failed { why, help, .. } => (Tone::Error, Some(why.clone()), help.clone()),
            Outcome::Unclear { why } => (Tone::Error, Some(format!("{why}; running again tells")), None),
            Outcome::NotBegun => (
                Tone::Error,
                Some("the time was over before it was begun".to_owned()),
                Some("give more: `--deadline`".to_owned()),
            ),
        };
        if let Some(word) = word {
            let _ = writeln!(
                text,
                "{}: {name}: {word}",
                look.paint(tone, if tone == Tone::Warning { "warning" } else { "error" })
            );
        }
        if let Some(help) = help {
            let _ = writeln!(text, "  {}: {help}", look.paint(Tone::Good, "help"));
        }
        for note in &report.notes {
            let _ = writeln!(text, "{}: {name}: {note}", look.paint(Tone::Warning, "warning"));
        }
    }
    text
}
