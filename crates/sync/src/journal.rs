//! [`Journal`]: what a run set out to do and how far it got, for the run after one that was killed. It holds no value.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};

use envschema::SecretValue;
use serde::{Deserialize, Serialize};

use crate::change::ApplyError;
use crate::plan::Plan;
use crate::storage::Storage;
use crate::target::TargetError;
use crate::token::{Fingerprint, Key};

/// The version of the format of journals.
const FORMAT: u32 = 1;

/// A run: what it does, and which of its steps are done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    format: u32,
    task: Task,
    steps: Vec<Step>,
}

/// What a run does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "is", deny_unknown_fields)]
enum Task {
    /// It carries out plans.
    Sync,
    /// It gives a variable a new value and carries that to every target.
    Rotate { variable: String, value: Fingerprint },
}

/// The change of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    target: String,
    record: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    done: bool,
}

impl Run {
    /// A run that carries out these plans; each record that they write is a step.
    #[must_use]
    pub fn sync<'p>(plans: impl IntoIterator<Item = &'p Plan>) -> Self {
        let steps = plans.into_iter().flat_map(|plan| {
            let step =
                |name: &str| Step { target: plan.target.clone(), record: name.to_owned(), done: false };
            plan.writes().map(move |record| step(&record.name))
        });
        Self { format: FORMAT, task: Task::Sync, steps: steps.collect() }
    }

    /// A run that carries a new value of a variable to targets by these plans.
    #[must_use]
    pub fn rotate<'p>(
        variable: &str,
        value: &SecretValue,
        key: &Key,
        plans: impl IntoIterator<Item = &'p Plan>,
    ) -> Self {
        let value = key.fingerprint(variable, value);
        Self { task: Task::Rotate { variable: variable.to_owned(), value }, ..Self::sync(plans) }
    }

    /// The variable that gets a new value; none for a run that carries out plans.
    #[must_use]
    pub fn rotated(&self) -> Option<&str> {
        match &self.task {
            Task::Sync => None,
            Task::Rotate { variable, .. } => Some(variable),
        }
    }

    /// Whether this is the new value that the run carries to targets. A run after it takes the value from a target that
    /// holds it already, in place of making another one.
    #[must_use]
    pub fn is_new_value(&self, value: &SecretValue, key: &Key) -> bool {
        match &self.task {
            Task::Sync => false,
            Task::Rotate { variable, value: new } => key.fingerprint(variable, value) == *new,
        }
    }

    /// How many of its steps are done.
    #[must_use]
    pub fn done(&self) -> usize {
        self.steps.iter().filter(|step| step.done).count()
    }

    /// How many steps it has.
    #[must_use]
    pub fn total(&self) -> usize {
        self.steps.len()
    }

    fn to_text(&self) -> String {
        serde_json::to_string(self).expect("a run can be written as JSON") + "\n"
    }
}

/// What is told of a run that did not come to its end.
impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.task {
            Task::Sync => f.write_str("an earlier run")?,
            Task::Rotate { variable, .. } => write!(f, "an earlier rotation of `{variable}`")?,
        }
        let records = if self.total() == 1 { "record" } else { "records" };
        write!(f, " stopped after {} of {} {records}", self.done(), self.total())
    }
}

/// The journal of a run that is going on.
pub struct Journal<'s> {
    storage: &'s dyn Storage,
    run: Mutex<Run>,
}

impl<'s> Journal<'s> {
    /// The run that did not come to its end, if there is one.
    ///
    /// # Errors
    /// [`JournalError::Unreadable`], and [`JournalError::NotAJournal`] for something else in its place.
    pub fn read(storage: &dyn Storage) -> Result<Option<Run>, JournalError> {
        let shown = storage.shown();
        let unreadable = |error| JournalError::Unreadable { shown: shown.clone(), error };
        let Some(bytes) = storage.read().map_err(unreadable)? else { return Ok(None) };
        let run: Run =
            serde_json::from_slice(&bytes).map_err(|_| JournalError::NotAJournal { shown: shown.clone() })?;
        if run.format == FORMAT { Ok(Some(run)) } else { Err(JournalError::NotAJournal { shown }) }
    }

    /// Begins a run, before its first change. `earlier` is what [`Journal::read`] gave, and what this run takes the
    /// place of.
    ///
    /// # Errors
    /// - [`JournalError::Rotation`]: the earlier run is a rotation, and this one does not finish it.
    /// - [`JournalError::Taken`]: another run has begun or ended since.
    /// - [`JournalError::Unwritten`]: it cannot be kept.
    pub fn begin(storage: &'s dyn Storage, run: Run, earlier: Option<&Run>) -> Result<Self, JournalError> {
        let unfinished = earlier.and_then(Run::rotated).filter(|variable| run.rotated() != Some(variable));
        if let Some(variable) = unfinished {
            return Err(JournalError::Rotation { shown: storage.shown(), variable: variable.to_owned() });
        }
        let before = earlier.map(Run::to_text);
        let written = storage.write(run.to_text().as_bytes(), before.as_deref().map(str::as_bytes));
        written.map_err(|error| not_kept(storage, error))?;
        Ok(Self { storage, run: Mutex::new(run) })
    }

    /// Notes that the changes of records are done. A note that cannot be kept is no reason to stop: the next run looks at
    /// the targets anyway.
    ///
    /// # Errors
    /// [`JournalError::Taken`] and [`JournalError::Unwritten`], as [`Journal::begin`].
    pub fn note(&self, target: &str, records: &[String]) -> Result<(), JournalError> {
        let mut run = self.run();
        let mut noted = run.clone();
        let steps =
            noted.steps.iter_mut().filter(|step| step.target == target && records.contains(&step.record));
        steps.for_each(|step| step.done = true);
        let written = self.storage.write(noted.to_text().as_bytes(), Some(run.to_text().as_bytes()));
        written.map_err(|error| not_kept(self.storage, error))?;
        *run = noted;
        Ok(())
    }

    /// Ends the run: the journal goes if every step is done, and stays for the next run otherwise.
    ///
    /// # Errors
    /// [`JournalError::Taken`] and [`JournalError::Unwritten`], as [`Journal::begin`].
    pub fn end(self) -> Result<(), JournalError> {
        let run = self.run();
        if run.done() < run.total() {
            return Ok(());
        }
        let removed = self.storage.remove(run.to_text().as_bytes());
        removed.map_err(|error| not_kept(self.storage, error))
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_kept(storage: &dyn Storage, error: ApplyError) -> JournalError {
    let shown = storage.shown();
    match error {
        ApplyError::Conflict => JournalError::Taken { shown },
        error => JournalError::Unwritten { shown, error },
    }
}

/// Why a journal is of no help.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// It is there and cannot be read.
    #[error("the journal `{shown}` cannot be read: {error}")]
    Unreadable {
        /// The file.
        shown: String,
        /// Why.
        error: TargetError,
    },
    /// It is something else, or of another release.
    #[error("`{shown}` is no journal of this release; delete it if no other run is going on")]
    NotAJournal {
        /// The file.
        shown: String,
    },
    /// Another run has it.
    #[error("another run writes to the journal `{shown}`; wait until it has ended")]
    Taken {
        /// The file.
        shown: String,
    },
    /// A rotation is half done: some targets have the new value, and others the old one.
    #[error(
        "a rotation of `{variable}` has not come to its end; finish it with `envctl rotate {variable}`, or delete \
         the journal `{shown}`"
    )]
    Rotation {
        /// The file.
        shown: String,
        /// The variable.
        variable: String,
    },
    /// It cannot be written.
    #[error("the journal `{shown}` cannot be written: {error}")]
    Unwritten {
        /// The file.
        shown: String,
        /// Why.
        error: ApplyError,
    },
}
