//! From what is wanted and what is there to a plan.

use envschema::SecretValue;

use super::decide::{self, Choices};
use super::{Action, FORMAT, KeyChange, KeyPlan, Plan, RecordPlan};
use crate::target::{Details, Edits, Held, Identity, Observed, Owner, Refused, Target, TargetError};
use crate::token::Key;
use crate::wanted::Wanted;

/// What is known of a record before a plan is made.
#[derive(Clone, Debug)]
pub struct Known {
    /// What is there.
    pub observed: Observed,
    /// What was asked about it, because it is to be changed; an error if the service did not tell.
    pub details: Option<Result<Details, TargetError>>,
}

/// A plan with what is needed to carry it out.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The plan.
    pub plan: Plan,
    /// For each record of the plan, what was read and what it is to hold.
    pub(crate) works: Vec<Work>,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct Work {
    pub(crate) held: Option<Held>,
    pub(crate) content: Option<SecretValue>,
    pub(crate) open: bool,
}

/// What a plan is made for.
pub(crate) struct For<'a> {
    pub(crate) target: &'a str,
    pub(crate) environment: Option<&'a str>,
    pub(crate) place: &'a Identity,
}

/// Looks at the target and plans.
///
/// # Errors
/// [`TargetError`] if the target does not tell who and where it is. A record that cannot be looked at is a part of the
/// plan, see [`Action::Unknown`].
pub fn prepare(
    target: &dyn Target,
    name: &str,
    environment: Option<&str>,
    wanted: &[Wanted],
    choices: &Choices,
    key: &Key,
) -> Result<Prepared, TargetError> {
    let place = target.identity()?;
    let names: Vec<&str> = wanted.iter().map(|record| record.name.as_str()).collect();
    let known: Vec<Known> = target
        .observe(&names)
        .into_iter()
        .zip(wanted)
        .map(|(observed, wanted)| {
            let details = match &observed {
                Observed::Held(held) if !is_as_wanted(wanted, held) => {
                    Some(target.details(&wanted.name, held))
                }
                _ => None,
            };
            Known { observed, details }
        })
        .collect();
    let whom = For { target: name, environment, place: &place };
    Ok(between(&whom, target, wanted, known, choices, key))
}

/// The plan that leads from what is known to what is wanted. It asks nobody.
pub(crate) fn between(
    whom: &For<'_>,
    target: &dyn Target,
    wanted: &[Wanted],
    known: Vec<Known>,
    choices: &Choices,
    key: &Key,
) -> Prepared {
    let place = whom.place.to_token_place();
    let one = |(wanted, known): (&Wanted, Known)| {
        let planner = Planner { target, wanted, choices, key, place: &place };
        planner.plan(known)
    };
    let (records, works) = wanted.iter().zip(known).map(one).unzip();
    let plan = Plan {
        format: FORMAT,
        target: whom.target.to_owned(),
        environment: whom.environment.map(str::to_owned),
        place: whom.place.clone(),
        records,
    };
    Prepared { plan, works }
}

/// Whether every key has its value and none is to go: then nothing more is asked about the record.
fn is_as_wanted(wanted: &Wanted, held: &Held) -> bool {
    let has = |key: &str| held.entry(key);
    wanted
        .entries
        .iter()
        .all(|entry| has(&entry.key).is_some_and(|now| now.value.as_ref() == Some(&entry.value)))
        && !wanted.remove.iter().any(|key| has(key).is_some())
}

struct Planner<'a> {
    target: &'a dyn Target,
    wanted: &'a Wanted,
    choices: &'a Choices,
    key: &'a Key,
    place: &'a str,
}

impl Planner<'_> {
    fn plan(&self, known: Known) -> (RecordPlan, Work) {
        match known.observed {
            Observed::Absent => self.create(),
            Observed::Held(held) => match known.details {
                None => self.keep(held),
                Some(Err(error)) => (self.bare(unknown(error)), Work::default()),
                Some(Ok(details)) => self.update(held, &details),
            },
            Observed::Scheduled { on } => (self.bare(Action::Restore { on }), Work::default()),
            Observed::Unusable { what, help } => {
                (self.bare(Action::Refuse(Refused { why: what, help })), Work::default())
            }
            Observed::Unknown(error) => (self.bare(unknown(error)), Work::default()),
        }
    }

    fn create(&self) -> (RecordPlan, Work) {
        let mut record = self.bare(Action::Create);
        record.keys = self
            .wanted
            .entries
            .iter()
            .map(|entry| KeyPlan {
                key: entry.key.clone(),
                variable: Some(entry.variable.to_string()),
                change: KeyChange::Add,
                from: Some(entry.place.to_string()),
            })
            .collect();
        if record.keys.is_empty() {
            // There is nothing to put into it.
            record.action = Action::Keep;
            return (record, Work::default());
        }
        let all = |_: &str| true;
        self.rendered(record, None, &all)
    }

    fn keep(&self, held: Held) -> (RecordPlan, Work) {
        let mut record = self.counted(Action::Keep, &held);
        record.keys = decide::keys(self.wanted, &held, &Details::default(), self.choices);
        (record, Work { held: Some(held), ..Work::default() })
    }

    fn update(&self, held: Held, details: &Details) -> (RecordPlan, Work) {
        let keys = decide::keys(self.wanted, &held, details, self.choices);
        let mut record = self.counted(Action::Update, &held);
        record.unchanged =
            self.wanted.entries.len() - keys.iter().filter(|key| key.variable.is_some()).count();
        record.keys = keys;
        record.since = details.since.clone().filter(|_| !held.is_own_version);
        if !record.keys.iter().any(|key| key.change.writes() || key.change == KeyChange::Drift) {
            record.action = Action::Keep;
            return (record, Work { held: Some(held), ..Work::default() });
        }
        if let Some(refused) = &details.refused {
            record.action = Action::Refuse(refused.clone());
            return (record, Work::default());
        }
        match &details.owner {
            Owner::Ours => {}
            Owner::Nobody | Owner::Other(_) if self.choices.adopt => record.adopt = true,
            owner => {
                record.action = Action::Refuse(not_ours(owner));
                return (record, Work::default());
            }
        }
        if record.drifted().next().is_some() {
            record.action = Action::Drifted;
            return (record, Work::default());
        }
        let writes: Vec<String> =
            record.keys.iter().filter(|key| key.change.writes()).map(|key| key.key.clone()).collect();
        let set = move |key: &str| writes.iter().any(|written| written == key);
        self.rendered(record, Some(held), &set)
    }

    /// The record with the content that it is to have, in which the entries that `set` names are new.
    fn rendered(
        &self,
        mut record: RecordPlan,
        held: Option<Held>,
        set: &dyn Fn(&str) -> bool,
    ) -> (RecordPlan, Work) {
        let entries = self.wanted.entries.iter().filter(|entry| set(&entry.key));
        let edits = Edits {
            set: entries.map(|entry| (entry.key.as_str(), &entry.value)).collect(),
            remove: self.wanted.remove.iter().map(String::as_str).collect(),
        };
        match self.target.render(&self.wanted.name, held.as_ref(), &edits) {
            Err(refused) => {
                record.action = Action::Refuse(refused);
                (record, Work::default())
            }
            Ok(content) => {
                let follows = held.as_ref().map(|held| held.version.as_str());
                record.token = Some(self.key.token(self.place, &record.name, follows, &content));
                record.content = Some(self.key.fingerprint(&record.name, &content));
                (record, Work { held, content: Some(content), open: self.wanted.open })
            }
        }
    }

    fn bare(&self, action: Action) -> RecordPlan {
        RecordPlan {
            name: self.wanted.name.clone(),
            action,
            parent: None,
            token: None,
            content: None,
            adopt: false,
            keys: Vec::new(),
            foreign: 0,
            unchanged: 0,
            since: None,
        }
    }

    fn counted(&self, action: Action, held: &Held) -> RecordPlan {
        let is_ours = |key: &str| {
            self.wanted.entries.iter().any(|entry| entry.key == key)
                || self.wanted.unset.iter().chain(&self.wanted.remove).any(|known| known == key)
        };
        RecordPlan {
            parent: Some(held.version.clone()),
            foreign: held.entries.iter().filter(|entry| !is_ours(&entry.key)).count(),
            unchanged: self.wanted.entries.len(),
            ..self.bare(action)
        }
    }
}

fn unknown(error: TargetError) -> Action {
    Action::Unknown { kind: error.kind, why: error.message, help: error.help }
}

fn not_ours(owner: &Owner) -> Refused {
    let why = match owner {
        Owner::Other(whose) => format!("it belongs to {whose}"),
        Owner::Nobody | Owner::Ours => {
            "envctl did not make it, and nobody has marked it as this project's".to_owned()
        }
    };
    Refused { why, help: "to write to it from now on: `--adopt`".to_owned() }
}
