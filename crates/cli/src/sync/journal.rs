//! How far a run got, kept for the one after it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use envctl_sync::{Journal, Plan, RecordReport, Run};

use super::SyncError;
use super::storage::FileStorage;
use crate::edge::Edge;

/// How often is kept how far a run got; each time is a file written to the disk.
const EVERY: Duration = Duration::from_secs(1);

/// A run that is kept as it goes on.
pub(crate) struct Kept<'s> {
    journal: Journal<'s>,
    done: Mutex<Done>,
}

struct Done {
    /// Targets with records that are done and not kept yet.
    records: Vec<(String, String)>,
    kept: Instant,
}

impl<'s> Kept<'s> {
    /// Begins to carry out plans, and tells of an earlier run that was stopped.
    ///
    /// # Errors
    ///
    /// `Journal` for one that cannot be kept, and for a rotation that has to be finished first.
    pub(crate) fn begin<'p>(
        edge: &mut Edge,
        storage: &'s FileStorage,
        plans: impl IntoIterator<Item = &'p Plan>,
    ) -> Result<Self, SyncError> {
        let earlier = Journal::read(storage)?;
        if let Some(earlier) = &earlier
            && earlier.done() < earlier.total()
        {
            edge.tell(&format!("{earlier}; this one goes on from there"));
        }
        let journal = Journal::begin(storage, Run::sync(plans), earlier.as_ref())?;
        Ok(Self { journal, done: Mutex::new(Done { records: Vec::new(), kept: Instant::now() }) })
    }

    /// One record came to its end.
    pub(crate) fn step(&self, target: &str, report: &RecordReport) {
        if !report.outcome.is_done() {
            return;
        }
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.records.push((target.to_owned(), report.name.clone()));
        if done.kept.elapsed() >= EVERY {
            keep(&self.journal, &mut done);
        }
    }

    /// The run has come to its end. What is left to do stays in the journal.
    pub(crate) fn end(self) {
        let mut done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        keep(&self.journal, &mut done);
        // Another run that has begun meanwhile keeps its own.
        let _ = self.journal.end();
    }
}

/// What cannot be kept is no reason to stop: the next run looks at the targets anyway.
fn keep(journal: &Journal<'_>, done: &mut Done) {
    let mut records = std::mem::take(&mut done.records);
    while let Some((target, _)) = records.first() {
        let target = target.clone();
        let (of_it, others): (Vec<_>, Vec<_>) = records.into_iter().partition(|(of, _)| *of == target);
        let names: Vec<String> = of_it.into_iter().map(|(_, name)| name).collect();
        let _ = journal.note(&target, &names);
        records = others;
    }
    done.kept = Instant::now();
}
