//! What becomes of one record.

use std::collections::HashSet;

use super::between::{Known, Work};
use super::decide::{self, Choices};
use super::{Action, KeyChange, KeyPlan, RecordPlan};
use crate::target::{Details, Edits, Held, Observed, Owner, Refused, Target, TargetError};
use crate::token::Key;
use crate::wanted::Wanted;

pub(super) struct Planner<'a> {
    pub(super) target: &'a dyn Target,
    pub(super) wanted: &'a Wanted,
    pub(super) choices: &'a Choices,
    pub(super) key: &'a Key,
    pub(super) place: &'a str,
}

impl Planner<'_> {
    /// The plan of a record of which this is known.
    pub(super) fn plan(&self, known: Known) -> (RecordPlan, Work) {
        if let Some(key) = self.wanted.repeated_key() {
            return self.refused(Refused {
                why: format!("two variables have the key `{key}` in it"),
                help: "give one of them another key".to_owned(),
            });
        }
        match known.observed {
            Observed::Absent => self.create(),
            Observed::Held(held) => match known.details {
                None => self.keep(held),
                Some(Err(error)) => (self.bare(unknown(error)), Work::default()),
                Some(Ok(details)) => self.update(held, &details),
            },
            Observed::Scheduled { on } => (self.bare(Action::Restore { on }), Work::default()),
            Observed::Unusable { what, help } => self.refused(Refused { why: what, help }),
            Observed::Unknown(error) => (self.bare(unknown(error)), Work::default()),
        }
    }

    /// The plan of a record that another entry of the list names already.
    pub(super) fn repeated(&self) -> (RecordPlan, Work) {
        self.refused(Refused {
            why: "it is named twice".to_owned(),
            help: "give one of the two another name".to_owned(),
        })
    }

    /// The plan of a record that carries our mark and that nobody wants; none if it is gone, or about to be.
    pub(super) fn prune(&self, known: Known) -> Option<(RecordPlan, Work)> {
        let held = match known.observed {
            Observed::Absent | Observed::Scheduled { .. } => return None,
            Observed::Held(held) => held,
            Observed::Unusable { what, help } => return Some(self.refused(Refused { why: what, help })),
            Observed::Unknown(error) => return Some((self.bare(unknown(error)), Work::default())),
        };
        let details = match known.details.unwrap_or_else(|| Ok(Details::default())) {
            Ok(details) => details,
            Err(error) => return Some((self.bare(unknown(error)), Work::default())),
        };
        if let Some(refused) = details.refused {
            return Some(self.refused(refused));
        }
        if details.owner != Owner::Ours {
            return Some(self.refused(not_ours(&details.owner)));
        }
        let gone = |key: &str| KeyPlan {
            key: key.to_owned(),
            variable: None,
            change: KeyChange::Remove,
            from: None,
        };
        let record = RecordPlan {
            parent: Some(held.version.clone()),
            keys: held.entries.iter().map(|entry| gone(&entry.key)).collect(),
            since: details.since.filter(|_| !held.is_own_version),
            ..self.bare(Action::Remove)
        };
        Some((record, Work { held: Some(held), ..Work::default() }))
    }

    fn refused(&self, refused: Refused) -> (RecordPlan, Work) {
        (self.bare(Action::Refuse(refused)), Work::default())
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
        self.rendered(record, None)
    }

    fn keep(&self, held: Held) -> (RecordPlan, Work) {
        let mut record = self.counted(Action::Keep, &held);
        record.keys = decide::keys(self.wanted, &held, &Details::default(), self.choices);
        self.kept(record, held)
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
            return self.kept(record, held);
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
        self.rendered(record, Some(held))
    }

    /// The record as it is; what it holds is told apart all the same, so that a saved plan finds out that it was carried
    /// out already.
    fn kept(&self, mut record: RecordPlan, held: Held) -> (RecordPlan, Work) {
        record.content = Some(self.key.fingerprint(&record.name, &held.content));
        (record, Work { held: Some(held), ..Work::default() })
    }

    /// The record with the content that it is to have: what it holds with the changes of its keys that write.
    fn rendered(&self, mut record: RecordPlan, held: Option<Held>) -> (RecordPlan, Work) {
        let written: HashSet<&str> =
            record.keys.iter().filter(|key| key.change.writes()).map(|key| key.key.as_str()).collect();
        let entries = self.wanted.entries.iter().filter(|entry| written.contains(&*entry.key));
        let edits = Edits {
            set: entries.map(|entry| (entry.key.as_str(), &entry.value)).collect(),
            remove: self.wanted.removed().filter(|key| written.contains(key)).collect(),
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
                || self
                    .wanted
                    .unset
                    .iter()
                    .chain(&self.wanted.aside)
                    .chain(&self.wanted.remove)
                    .any(|known| known == key)
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
