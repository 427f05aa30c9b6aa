//! Plans that are kept: as text, read back, and held against what is there when they are to be carried out.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::{Action, FORMAT, Plan, RecordPlan};
use crate::target::Identity;

/// Why a text is no plan that can be used. It holds nothing of the text: it may be the wrong file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// It is something else.
    #[error("it is no plan of envctl; make one with `envctl sync --plan --out FILE`")]
    NotAPlan,
    /// It was made by a later release.
    #[error(
        "it is a plan of format {found}, and this release reads format {FORMAT}; use the release that made \
         it, or plan again"
    )]
    Newer {
        /// Its format.
        found: u32,
    },
    /// It is one that was changed by hand.
    #[error("the plan is damaged at line {line}, column {column}; plan again")]
    Broken {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
}

/// Where a saved plan and what is there now differ. Each message says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    /// It is another place.
    #[error(
        "the plan is for {what} {planned}, and this is {what} {now}; use the settings and credentials it \
         was made with, or plan again"
    )]
    Place {
        /// `target`, `environment`, `service`, `address`, `account` or `region`.
        what: &'static str,
        /// As planned; `(none)` if there was none.
        planned: String,
        /// As it is now.
        now: String,
    },
    /// The digests of the plan cannot be compared.
    #[error(
        "the plan was made with the key of another machine, so that nobody can tell whether the values are \
         the same; carry it out there, or plan again"
    )]
    Key,
    /// Other options were given.
    #[error(
        "the plan was made with other choices about what is adopted, accepted, overwritten or removed; \
         leave them out, or plan again"
    )]
    Choices,
    /// Somebody wrote the record since.
    #[error("somebody changed `{record}` since it was planned, and theirs stands; plan again to see it")]
    Moved {
        /// The record.
        record: String,
    },
    /// The record is as it was, and something else would be written.
    #[error("the values for `{record}` here are not those that were planned; plan again")]
    Values {
        /// The record.
        record: String,
    },
    /// The plan has the record, and nobody wants it now.
    #[error("`{record}` was planned, and the contract does not have it here any more; plan again")]
    Missing {
        /// The record.
        record: String,
    },
    /// The record would be written, and the plan did not say so.
    #[error("`{record}` would be written, which was not planned; plan again")]
    Unplanned {
        /// The record.
        record: String,
    },
    /// The record must not be written any more.
    #[error("`{record}` must not be written any more: {why}; plan again")]
    Refused {
        /// The record.
        record: String,
        /// Why.
        why: String,
    },
    /// The record cannot be looked at.
    #[error(
        "`{record}` cannot be looked at, so that nobody can tell whether it is as it was: {why}; try again"
    )]
    Unseen {
        /// The record.
        record: String,
        /// Why.
        why: String,
    },
}

impl Mismatch {
    /// Whether somebody else wrote in between.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        matches!(self, Self::Moved { .. })
    }
}

/// What every format of a plan begins with.
#[derive(Deserialize)]
struct Head {
    format: u32,
    #[serde(rename = "target")]
    _target: IgnoredAny,
}

impl Plan {
    /// The plan as text, in JSON. It ends with a line end, and is the same for the same plan.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).expect("a plan can be written as JSON") + "\n"
    }

    /// Reads a plan that [`Plan::to_json`] wrote.
    ///
    /// # Errors
    /// [`PlanError`] for anything else.
    pub fn from_json(text: &str) -> Result<Self, PlanError> {
        let head: Head = serde_json::from_str(text).map_err(|_| PlanError::NotAPlan)?;
        match head.format {
            FORMAT => serde_json::from_str(text)
                .map_err(|error| PlanError::Broken { line: error.line(), column: error.column() }),
            found if found > FORMAT => Err(PlanError::Newer { found }),
            _ => Err(PlanError::NotAPlan),
        }
    }

    /// Whether carrying out `now`, which was just made, does no more than this plan said. What an earlier run of this
    /// plan has written already is no difference.
    ///
    /// # Errors
    /// Every difference. Those of records are told only if the plan is for this place and with these choices.
    pub fn check_still(&self, now: &Self) -> Result<(), Vec<Mismatch>> {
        let mut found = self.elsewhere(now);
        if found.is_empty() {
            let planned = |name: &str| self.records.iter().find(|record| record.name == name);
            let current = |name: &str| now.records.iter().find(|record| record.name == name);
            found.extend(self.records.iter().filter_map(|record| difference(record, current(&record.name))));
            let added = now.records.iter().filter(|record| planned(&record.name).is_none());
            found.extend(added.filter(|record| record.action != Action::Keep).map(unplanned));
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }

    /// What shows that the plan was made for another target, environment or place. It can be told before anything is
    /// read there.
    #[must_use]
    pub fn differences_of_place(
        &self,
        target: &str,
        environment: Option<&str>,
        place: &Identity,
    ) -> Vec<Mismatch> {
        let sides = |target: &str, environment: Option<&str>, place: &Identity| {
            let Identity { kind, address, account, region, principal: _ } = place.clone();
            let environment = environment.map(str::to_owned);
            [Some(target.to_owned()), environment, Some(kind), Some(address), account, region]
        };
        let planned = sides(&self.target, self.environment.as_deref(), &self.place);
        let names = ["target", "environment", "service", "address", "account", "region"];
        let shown =
            |side: Option<String>| side.filter(|side| !side.is_empty()).unwrap_or("(none)".to_owned());
        let places = names.into_iter().zip(planned.into_iter().zip(sides(target, environment, place)));
        places
            .filter(|(_, (planned, now))| planned != now)
            .map(|(what, (planned, now))| Mismatch::Place { what, planned: shown(planned), now: shown(now) })
            .collect()
    }

    /// What shows that a plan was made for something else.
    fn elsewhere(&self, now: &Self) -> Vec<Mismatch> {
        let mut found = self.differences_of_place(&now.target, now.environment.as_deref(), &now.place);
        found.extend((self.key != now.key).then_some(Mismatch::Key));
        found.extend((self.choices != now.choices).then_some(Mismatch::Choices));
        found
    }
}

fn unplanned(record: &RecordPlan) -> Mismatch {
    Mismatch::Unplanned { record: record.name.clone() }
}

/// How a record differs from what was planned for it.
fn difference(planned: &RecordPlan, now: Option<&RecordPlan>) -> Option<Mismatch> {
    let record = planned.name.clone();
    let Some(now) = now else {
        // One that went already is not listed.
        return (planned.action != Action::Remove).then_some(Mismatch::Missing { record });
    };
    let has_moved = planned.parent != now.parent;
    if !planned.action.writes() {
        return match planned.action {
            _ if !now.action.writes() => None,
            Action::Keep if has_moved => Some(Mismatch::Moved { record }),
            Action::Keep => Some(Mismatch::Values { record }),
            _ => Some(unplanned(now)),
        };
    }
    match &now.action {
        Action::Keep if planned.content == now.content => None,
        Action::Unknown { why, .. } => Some(Mismatch::Unseen { record, why: why.clone() }),
        Action::Restore { .. } => Some(Mismatch::Moved { record }),
        _ if has_moved => Some(Mismatch::Moved { record }),
        Action::Refuse(refused) => Some(Mismatch::Refused { record, why: refused.why.clone() }),
        _ if now.adopt && !planned.adopt => Some(unplanned(now)),
        action
            if *action != planned.action || now.content != planned.content || now.token != planned.token =>
        {
            Some(Mismatch::Values { record })
        }
        _ => None,
    }
}
