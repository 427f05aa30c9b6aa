//! How far a run got, kept for the one after it.

use std::fs::{File, TryLockError};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use envctl_sync::{Journal, JournalError, Plan, RecordReport, Run, Storage as _};

use super::SyncError;
use super::storage::FileStorage;
use crate::edge::Edge;

/// How often is kept how far a run got; each time is a file written to the disk.
const EVERY: Duration = Duration::from_secs(1);

/// The file in which is kept how far a run got, for one run at a time.
pub(crate) struct JournalFile {
    storage: FileStorage,
    /// Held until the run ends, however it ends; none if another run holds it.
    lock: Option<File>,
}

impl JournalFile {
    /// Takes it for this run, unless another run that is going on has it.
    ///
    /// # Errors
    ///
    /// `State` if there can be no file.
    pub(super) fn open(storage: FileStorage) -> Result<Self, SyncError> {
        let path = storage.path().with_extension("lock");
        let opened = File::options().create(true).truncate(false).write(true).open(&path);
        let file = opened.map_err(|error| SyncError::State { path, error })?;
        let is_taken = matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        // Where files cannot be locked, the journal itself still tells when two runs write to it.
        Ok(Self { storage, lock: (!is_taken).then_some(file) })
    }

    /// The file, for a run that cannot go on beside another one.
    ///
    /// # Errors
    ///
    /// `Journal` if another run is going on.
    pub(crate) fn alone(&self) -> Result<&FileStorage, SyncError> {
        match self.lock {
            Some(_) => Ok(&self.storage),
            None => Err(JournalError::Taken { shown: self.storage.shown() }.into()),
        }
    }
}

/// A run that is kept as it goes on.
pub(crate) struct Kept<'s> {
    /// None beside another run, which keeps its own.
    journal: Option<Journal<'s>>,
    done: Mutex<Done>,
}

struct Done {
    /// Targets with records that are done and not kept yet.
    records: Vec<(String, String)>,
    kept: Instant,
}

impl<'s> Kept<'s> {
    /// Begins to carry out plans, and tells of an earlier run that was stopped. Beside another run it goes on without a
    /// journal: neither loses what the other writes, and the next run looks at the targets anyway.
    ///
    /// # Errors
    ///
    /// `Journal` for one that cannot be kept, for a rotation that has to be finished first, and for one that is going on.
    pub(crate) fn begin<'p>(
        edge: &mut Edge,
        file: &'s JournalFile,
        plans: impl IntoIterator<Item = &'p Plan>,
    ) -> Result<Self, SyncError> {
        let storage = &file.storage;
        let earlier = Journal::read(storage)?;
        let journal = if file.lock.is_some() {
            if let Some(earlier) = earlier.as_ref().filter(|earlier| earlier.done() < earlier.total()) {
                edge.tell(&format!("{earlier}; this one goes on from there"));
            }
            Some(Journal::begin(storage, Run::sync(plans), earlier.as_ref())?)
        } else {
            if earlier.is_some_and(|other| other.rotated().is_some()) {
                return Err(JournalError::Taken { shown: storage.shown() }.into());
            }
            None
        };
        Ok(Self { journal, done: Mutex::new(Done { records: Vec::new(), kept: Instant::now() }) })
    }

    /// One record came to its end.
    pub(crate) fn step(&self, target: &str, report: &RecordReport) {
        let Some(journal) = self.journal.as_ref().filter(|_| report.outcome.is_done()) else { return };
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        done.records.push((target.to_owned(), report.name.clone()));
        if done.kept.elapsed() >= EVERY {
            keep(journal, &mut done);
        }
    }

    /// The run has come to its end. What is left to do stays in the journal.
    pub(crate) fn end(self) {
        let Some(journal) = self.journal else { return };
        let mut done = self.done.into_inner().unwrap_or_else(PoisonError::into_inner);
        keep(&journal, &mut done);
        let _ = journal.end();
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
