//! [`MemoryTarget`]: a target that keeps its records in memory and does what a test's script says.

mod records;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use envctl_sync::{
    Applied, ApplyError, Bundle, Change, ChangeKind, Details, Edits, Failure, Held, Identity, Observed,
    Owner, Refused, Shape, Target, TargetError, new_bundle,
};
use envschema::SecretValue;

use records::{Record, Records, entries};

/// A call of a [`MemoryTarget`], with the records that it was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetCall {
    /// What is there under these names.
    Observe(Vec<String>),
    /// What is asked about a record that is to be changed.
    Details(String),
    /// A change.
    Apply(String),
    /// The records with our mark.
    Marked,
}

/// How a change of a record goes wrong.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It fails, and nothing is written.
    Fails(TargetError),
    /// It fails, and it is not known whether it was written. It was not.
    Vanishes,
    /// It is written, and the answer gets lost.
    AnswerLost,
    /// Somebody else writes this first.
    Overtaken(String),
    /// Somebody else writes this right after it.
    Followed(String),
}

/// Records in memory: JSON objects of texts, a version that counts up, and the last version that was ours.
#[derive(Debug)]
pub struct MemoryTarget {
    place: Identity,
    pace: Duration,
    limit: usize,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    records: Records,
    unreadable: BTreeMap<String, Observed>,
    faults: BTreeMap<String, Vec<Fault>>,
    silent: BTreeSet<String>,
    calls: Vec<TargetCall>,
    at_once: usize,
    most_at_once: usize,
}

impl Default for MemoryTarget {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryTarget {
    /// Nothing is there.
    #[must_use]
    pub fn new() -> Self {
        let place = Identity {
            kind: "memory".to_owned(),
            address: String::new(),
            account: Some("111122223333".to_owned()),
            region: Some("eu-central-1".to_owned()),
            principal: Some("test".to_owned()),
        };
        Self { place, pace: Duration::ZERO, limit: usize::MAX, state: Mutex::default() }
    }

    /// It is at another place.
    #[must_use]
    pub fn at(mut self, place: Identity) -> Self {
        self.place = place;
        self
    }

    /// Each change takes so long.
    #[must_use]
    pub fn slow(mut self, pace: Duration) -> Self {
        self.pace = pace;
        self
    }

    /// A record may not be longer, in bytes.
    #[must_use]
    pub fn limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// A record that is ours and that we wrote last.
    #[must_use]
    pub fn ours(self, name: &str, content: &str) -> Self {
        self.put(name, content, true, Owner::Ours)
    }

    /// A record that somebody else made.
    #[must_use]
    pub fn of(self, name: &str, content: &str, owner: Owner) -> Self {
        self.put(name, content, false, owner)
    }

    fn put(self, name: &str, content: &str, is_own: bool, owner: Owner) -> Self {
        let mut state = self.state();
        state.records.written += 1;
        let (version, content) = (state.records.written, SecretValue::from(content));
        let base = is_own.then(|| content.clone());
        let record = Record { content, version, is_own, base, owner, refused: None };
        state.records.by_name.insert(name.to_owned(), record);
        drop(state);
        self
    }

    /// A record that can be read and must not be changed.
    ///
    /// # Panics
    ///
    /// When it is not there.
    #[must_use]
    pub fn refusing(self, name: &str, refused: Refused) -> Self {
        self.state().records.by_name.get_mut(name).expect("the record is there").refused = Some(refused);
        self
    }

    /// What is observed under a name, whatever is there.
    #[must_use]
    pub fn seen_as(self, name: &str, observed: Observed) -> Self {
        self.state().unreadable.insert(name.to_owned(), observed);
        self
    }

    /// Details of this record are not told.
    #[must_use]
    pub fn silent_about(self, name: &str) -> Self {
        self.state().silent.insert(name.to_owned());
        self
    }

    /// How the next change of a record goes wrong, after what is scripted already.
    #[must_use]
    pub fn fault(self, name: &str, fault: Fault) -> Self {
        self.state().faults.entry(name.to_owned()).or_default().push(fault);
        self
    }

    /// Somebody else writes a record.
    pub fn other_writes(&self, name: &str, content: &str) {
        self.state().records.store(name, SecretValue::from(content), false);
    }

    /// Somebody else removes a record.
    pub fn other_removes(&self, name: &str) {
        self.state().records.by_name.remove(name);
    }

    /// What a record holds, if it is there.
    #[must_use]
    pub fn content(&self, name: &str) -> Option<SecretValue> {
        Some(self.state().records.by_name.get(name)?.content.clone())
    }

    /// The calls so far, in order.
    #[must_use]
    pub fn calls(&self) -> Vec<TargetCall> {
        self.state().calls.clone()
    }

    /// How many changes ran at once at most.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.state().most_at_once
    }

    /// The failure that is told of a service that does not answer.
    #[must_use]
    pub fn outage() -> TargetError {
        TargetError {
            kind: Failure::Outage,
            code: None,
            message: "the service does not answer".to_owned(),
            help: None,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn carry_out(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        let mut state = self.state();
        let fault = state.faults.get_mut(change.name).filter(|faults| !faults.is_empty());
        let fault = fault.map(|faults| faults.remove(0));
        if matches!(change.kind, ChangeKind::Restore) {
            state.unreadable.remove(change.name);
        }
        match fault {
            None => state.records.change(change),
            Some(Fault::Fails(error)) => Err(ApplyError::Unchanged(error)),
            Some(Fault::Vanishes) => Err(ApplyError::Unclear(Self::outage())),
            Some(Fault::AnswerLost) => {
                state.records.change(change)?;
                Err(ApplyError::Unclear(Self::outage()))
            }
            Some(Fault::Overtaken(content)) => {
                state.records.store(change.name, SecretValue::from(content), false);
                state.records.change(change)
            }
            Some(Fault::Followed(content)) => {
                let applied = state.records.change(change);
                state.records.store(change.name, SecretValue::from(content), false);
                applied
            }
        }
    }
}

impl Target for MemoryTarget {
    fn identity(&self) -> Result<Identity, TargetError> {
        Ok(self.place.clone())
    }

    fn shape(&self) -> Shape {
        Shape::Keys
    }

    fn observe(&self, names: &[&str]) -> Vec<Observed> {
        let mut state = self.state();
        state.calls.push(TargetCall::Observe(names.iter().map(ToString::to_string).collect()));
        let one = |name: &&str| match (state.unreadable.get(*name), state.records.by_name.get(*name)) {
            (Some(observed), _) => observed.clone(),
            (None, Some(record)) => record.held().map_or_else(|unusable| unusable, Observed::Held),
            (None, None) => Observed::Absent,
        };
        names.iter().map(one).collect()
    }

    fn details(&self, name: &str, _: &Held) -> Result<Details, TargetError> {
        let mut state = self.state();
        state.calls.push(TargetCall::Details(name.to_owned()));
        if state.silent.contains(name) {
            return Err(Self::outage());
        }
        let record = &state.records.by_name[name];
        Ok(Details {
            owner: record.owner.clone(),
            base: record.base.as_ref().filter(|_| !record.is_own).and_then(|base| entries(base).ok()),
            since: (!record.is_own).then(|| "2026-01-02".to_owned()),
            refused: record.refused.clone(),
        })
    }

    #[expect(clippy::disallowed_methods, reason = "becomes the content that the target is given")]
    fn render(&self, _: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
        let content = match held {
            Some(held) => Bundle::parse(held.content.expose()).expect("what was read").edited(edits),
            None => new_bundle(&edits.set),
        };
        if content.expose().len() <= self.limit {
            return Ok(content);
        }
        Err(Refused {
            why: format!("it would be longer than {} bytes", self.limit),
            help: "split it".to_owned(),
        })
    }

    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        {
            let mut state = self.state();
            state.calls.push(TargetCall::Apply(change.name.to_owned()));
            state.at_once += 1;
            state.most_at_once = state.most_at_once.max(state.at_once);
        }
        std::thread::sleep(self.pace);
        let applied = self.carry_out(change);
        self.state().at_once -= 1;
        applied
    }

    fn marked(&self) -> Result<Vec<String>, TargetError> {
        let mut state = self.state();
        state.calls.push(TargetCall::Marked);
        let ours = state.records.by_name.iter().filter(|(_, record)| record.owner == Owner::Ours);
        Ok(ours.map(|(name, _)| name.clone()).collect())
    }
}
