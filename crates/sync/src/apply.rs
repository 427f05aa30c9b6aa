//! Carrying out a plan: several records at once, each reported, and read back at the end.

use std::time::{Duration, Instant};

use serde::Serialize;

use crate::at_once::each_at_once;
use crate::change::{Applied, ApplyError, Change, ChangeKind, New};
use crate::plan::{Action, Prepared, RecordPlan, Work};
use crate::target::{Failure, Observed, Target, TargetError, observe_each};

/// How a plan is carried out.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How many records are written at once.
    pub concurrency: usize,
    /// When no further record is begun; those that are begun are finished.
    pub deadline: Option<Duration>,
}

impl Default for Pace {
    fn default() -> Self {
        Self { concurrency: 8, deadline: None }
    }
}

/// What became of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
pub struct RecordReport {
    /// The record.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What is to be told besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
}

/// How the change of a record ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "kebab-case", tag = "is")]
pub enum Outcome {
    /// It is written, and was read back.
    Written {
        /// Its version; of one that was removed, the last.
        version: String,
    },
    /// It had been written already, by an earlier run or by a request whose answer got lost.
    Already {
        /// Its version.
        version: String,
    },
    /// It was written, and somebody else has written it again since.
    Replaced,
    /// Somebody else wrote meanwhile; theirs stands, unless the notes tell otherwise.
    Conflict,
    /// It failed, and nothing was changed.
    Failed {
        /// What kind of failure.
        kind: Failure,
        /// What happened.
        why: String,
        /// What to do.
        #[serde(skip_serializing_if = "Option::is_none")]
        help: Option<String>,
    },
    /// It failed, and whether it was written is not known: it does not hold what was to be written, or could not be read.
    Unclear {
        /// What happened.
        why: String,
    },
    /// The time was over before it was begun.
    NotBegun,
}

impl Outcome {
    /// The version that was written.
    fn version(&self) -> Option<&String> {
        match self {
            Self::Written { version } | Self::Already { version } => Some(version),
            _ => None,
        }
    }

    /// Whether it is as planned.
    #[must_use]
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Written { .. } | Self::Already { .. } | Self::Replaced)
    }
}

/// What is told while a plan is carried out.
pub type Progress<'a> = &'a (dyn Fn(&RecordReport) + Sync);

/// Carries out every record of a plan that writes, reads back what was written, and reports each in the order of the plan.
/// One that fails does not stop the others.
#[must_use]
pub fn apply(
    target: &dyn Target,
    prepared: &Prepared,
    pace: Pace,
    progress: Progress<'_>,
) -> Vec<RecordReport> {
    let begun = Instant::now();
    let is_over = || pace.deadline.is_some_and(|deadline| begun.elapsed() >= deadline);
    let todo: Vec<(usize, &RecordPlan, &Work)> = prepared
        .plan
        .records
        .iter()
        .zip(&prepared.works)
        .enumerate()
        .filter(|(_, (record, _))| record.action.writes())
        .map(|(at, (record, work))| (at, record, work))
        .collect();
    let mut done = each_at_once(&todo, pace.concurrency, |(at, record, work)| {
        let report = if is_over() {
            RecordReport { name: record.name.clone(), outcome: Outcome::NotBegun, notes: Vec::new() }
        } else {
            write(target, record, work)
        };
        progress(&report);
        (*at, report)
    });
    verify(target, prepared, &mut done);
    done.into_iter().map(|(_, report)| report).collect()
}

fn write(target: &dyn Target, record: &RecordPlan, work: &Work) -> RecordReport {
    let report = |outcome, notes| RecordReport { name: record.name.clone(), outcome, notes };
    let Some(kind) = kind(record, work) else {
        return report(Outcome::NotBegun, Vec::new());
    };
    match target.apply(&Change { name: &record.name, kind }) {
        Ok(Applied { version, already, notes }) if already => report(Outcome::Already { version }, notes),
        Ok(Applied { version, notes, .. }) => report(Outcome::Written { version }, notes),
        Err(ApplyError::Conflict) => report(Outcome::Conflict, Vec::new()),
        Err(ApplyError::Overwrote(notes)) => report(Outcome::Conflict, notes),
        Err(ApplyError::Unchanged(error)) => report(failed(error), Vec::new()),
        Err(ApplyError::Unclear(error)) => report(Outcome::Unclear { why: error.message }, Vec::new()),
    }
}

/// What a record's plan asks for; none if it asks for nothing.
fn kind<'a>(record: &'a RecordPlan, work: &'a Work) -> Option<ChangeKind<'a>> {
    let new = || {
        let (content, token) = work.content.as_ref().zip(record.token.as_deref())?;
        Some(New { content, token, open: work.open })
    };
    Some(match record.action {
        Action::Create => ChangeKind::Create(new()?),
        Action::Update => ChangeKind::Replace { held: work.held.as_ref()?, new: new()?, adopt: record.adopt },
        Action::Remove => ChangeKind::Remove { held: work.held.as_ref()? },
        _ => return None,
    })
}

fn failed(error: TargetError) -> Outcome {
    Outcome::Failed { kind: error.kind, why: error.message, help: error.help }
}

/// Reads back what was written, and what may have been.
fn verify(target: &dyn Target, prepared: &Prepared, reports: &mut [(usize, RecordReport)]) {
    let mut begun: Vec<(&Work, &mut RecordReport)> = reports
        .iter_mut()
        .filter(|(_, report)| {
            matches!(
                report.outcome,
                Outcome::Written { .. } | Outcome::Already { .. } | Outcome::Unclear { .. }
            )
        })
        .map(|(at, report)| (&prepared.works[*at], report))
        .collect();
    if begun.is_empty() {
        return;
    }
    let names: Vec<String> = begun.iter().map(|(_, report)| report.name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for ((work, report), now) in begun.iter_mut().zip(observe_each(target, &names)) {
        read_back(work, report, now);
    }
}

/// What was written is not what is there, and nobody else is known to have written.
fn unlike(why: &str) -> Outcome {
    Outcome::Unclear { why: why.to_owned() }
}

fn read_back(work: &Work, report: &mut RecordReport, now: Observed) {
    let is_unclear = matches!(report.outcome, Outcome::Unclear { .. });
    match (now, &work.content) {
        (Observed::Unknown(error), _) => report.notes.push(format!("it was not read back: {error}")),
        (Observed::Held(held), Some(content)) if held.content == *content => {
            if is_unclear {
                report.outcome = Outcome::Written { version: held.version };
            }
        }
        (Observed::Absent | Observed::Scheduled { .. }, None) => {
            if let (true, Some(held)) = (is_unclear, &work.held) {
                report.outcome = Outcome::Written { version: held.version.clone() };
            }
        }
        // What was asked for may still come to pass.
        _ if is_unclear => {}
        // Another version is somebody else's; the one that we wrote has to hold what we wrote.
        (Observed::Held(held), Some(_)) if report.outcome.version() != Some(&held.version) => {
            report.outcome = Outcome::Replaced;
        }
        (Observed::Held(_), Some(_)) => report.outcome = unlike("it holds something else than was written"),
        (_, Some(_)) => report.outcome = unlike("it was written, and is not there"),
        (_, None) => report.outcome = Outcome::Replaced,
    }
}
