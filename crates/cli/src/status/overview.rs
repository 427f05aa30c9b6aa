//! [`Overview`]: the state of one environment as a whole, as data. It never holds a value, but what findings tell of
//! values that are not secret.

use std::sync::Arc;

use envctl_resolver::{LayerKind, Resolution, Resolved};
use envschema::{
    Contract, Findings, NamedCondition, Place, Presence, Severity, State, Variable, Visibility, Why,
};
use serde::Serialize;

use crate::gather::Gathered;
use crate::target::Target;

/// The state of one environment. Its JSON form is part of the interface.
#[derive(Serialize)]
pub(crate) struct Overview {
    pub(crate) environment: Option<String>,
    /// Whether nothing is missing or wrong.
    pub(crate) ready: bool,
    pub(crate) counts: Counts,
    pub(crate) conditions: Vec<ConditionLine>,
    pub(crate) groups: Vec<GroupLine>,
    pub(crate) origins: Vec<Origin>,
    pub(crate) variables: Vec<VariableLine>,
    pub(crate) findings: Findings,
    /// Env files of the project that do not exist.
    pub(crate) absent: Vec<String>,
}

/// How many variables there are of each kind. All but `needed` are parts of `variables`.
#[derive(Clone, Copy, Default, Serialize)]
pub(crate) struct Counts {
    pub(crate) variables: usize,
    /// How many have to be there, set or not.
    pub(crate) needed: usize,
    pub(crate) resolved: usize,
    pub(crate) sealed: usize,
    pub(crate) missing: usize,
    pub(crate) invalid: usize,
    pub(crate) not_needed: usize,
    pub(crate) unset: usize,
}

/// A named condition.
#[derive(Serialize)]
pub(crate) struct ConditionLine {
    pub(crate) name: String,
    pub(crate) holds: bool,
    /// The decisive terms.
    pub(crate) because: String,
}

/// The variables under one heading.
#[derive(Serialize)]
pub(crate) struct GroupLine {
    /// None for variables without a group.
    pub(crate) id: Option<String>,
    pub(crate) title: String,
    pub(crate) counts: Counts,
}

/// Where values come from.
#[derive(Serialize)]
pub(crate) struct Origin {
    pub(crate) layer: LayerKind,
    pub(crate) source: Arc<str>,
    pub(crate) count: usize,
}

/// One variable.
#[derive(Clone, Serialize)]
pub(crate) struct VariableLine {
    pub(crate) name: Arc<str>,
    /// What the target calls it, if it has another name there.
    pub(crate) called: Option<String>,
    /// The `id` of its group.
    pub(crate) group: Option<String>,
    pub(crate) visibility: Visibility,
    pub(crate) state: State,
    /// Whether it has to be there.
    pub(crate) needed: bool,
    /// The layer that gives the value.
    pub(crate) layer: Option<LayerKind>,
    /// Where the value stands, an encrypted one included.
    pub(crate) place: Option<Place>,
    /// Why it is needed or not, if a condition decides that.
    pub(crate) because: Option<String>,
}

impl Overview {
    /// The overview of a resolution from the sources that were gathered.
    pub(crate) fn new(gathered: &Gathered, resolution: &Resolution) -> Self {
        let contract = resolution.contract();
        let findings = gathered.findings_of(resolution, false);
        let variables = variables(resolution, gathered.target.as_deref());
        Self {
            environment: contract.environment().map(str::to_owned),
            ready: findings.is_valid(),
            counts: Counts::of(&variables),
            conditions: conditions(resolution),
            groups: groups(contract, &variables),
            origins: origins(resolution),
            variables,
            findings,
            absent: gathered.sources.absent.clone(),
        }
    }

    pub(crate) fn warnings(&self) -> usize {
        self.findings.count(Severity::Warning)
    }

    /// The variables under a heading.
    pub(crate) fn variables_of(&self, group: &GroupLine) -> impl Iterator<Item = &VariableLine> {
        self.variables.iter().filter(move |variable| variable.group == group.id)
    }
}

impl Counts {
    pub(crate) fn of<'a>(variables: impl IntoIterator<Item = &'a VariableLine>) -> Self {
        let mut counts = Self::default();
        for variable in variables {
            counts.variables += 1;
            counts.needed += usize::from(variable.needed);
            *counts.slot(variable.state) += 1;
        }
        counts
    }

    pub(crate) fn get(mut self, state: State) -> usize {
        *self.slot(state)
    }

    fn slot(&mut self, state: State) -> &mut usize {
        match state {
            State::Resolved => &mut self.resolved,
            State::Sealed => &mut self.sealed,
            State::Missing => &mut self.missing,
            State::Invalid => &mut self.invalid,
            State::NotNeeded => &mut self.not_needed,
            _ => &mut self.unset,
        }
    }
}

fn variables(resolution: &Resolution, target: Option<&Target>) -> Vec<VariableLine> {
    let contract = resolution.contract();
    let reasons = contract.reasons(resolution);
    let ids = contract.selected().map(|(id, _)| id);
    let line = |(id, (variable, state, resolved)): (usize, (&Variable, State, &Resolved))| {
        let why = &reasons[id];
        let own = target.map(|target| target.own_name(&variable.name));
        VariableLine {
            name: Arc::clone(&variable.name),
            called: own.filter(|own| **own != *variable.name).map(str::to_owned),
            group: variable.group.map(|group| contract.groups()[group].id.clone()),
            visibility: variable.visibility,
            state,
            needed: match &variable.presence {
                Presence::Required => true,
                Presence::Optional => false,
                Presence::When(_) => why.as_ref().is_some_and(Why::holds),
            },
            layer: resolved.chosen.as_ref().map(|chosen| chosen.kind),
            place: match &resolved.chosen {
                Some(chosen) => Some(chosen.place.clone()),
                None => resolved.sealed.as_deref().cloned(),
            },
            because: why.as_ref().map(ToString::to_string),
        }
    };
    ids.zip(resolution.iter()).map(line).collect()
}

fn conditions(resolution: &Resolution) -> Vec<ConditionLine> {
    let contract = resolution.contract();
    let named = contract.conditions().iter().enumerate();
    let line = |(id, condition): (usize, &NamedCondition)| {
        let why = contract.why_condition(resolution, id);
        ConditionLine { name: condition.name.clone(), holds: why.holds(), because: why.to_string() }
    };
    named.map(line).collect()
}

/// The groups that have variables, and what has none.
fn groups(contract: &Contract, variables: &[VariableLine]) -> Vec<GroupLine> {
    let named = contract.groups().iter().map(|group| (Some(group.id.clone()), group.title.clone()));
    let others = if contract.groups().is_empty() { "Variables" } else { "Other variables" };
    let line = |(id, title)| {
        let counts = Counts::of(variables.iter().filter(|variable| variable.group == id));
        GroupLine { id, title, counts }
    };
    named.chain([(None, others.to_owned())]).map(line).filter(|line| line.counts.variables > 0).collect()
}

/// How many values each source gives, in order of precedence.
fn origins(resolution: &Resolution) -> Vec<Origin> {
    let mut origins: Vec<Origin> = Vec::new();
    for (_, _, resolved) in resolution.iter().filter(|(_, state, _)| *state == State::Resolved) {
        let Some(chosen) = &resolved.chosen else { continue };
        let same = |origin: &&mut Origin| origin.layer == chosen.kind && origin.source == chosen.source;
        match origins.iter_mut().find(same) {
            Some(origin) => origin.count += 1,
            None => {
                origins.push(Origin { layer: chosen.kind, source: Arc::clone(&chosen.source), count: 1 });
            }
        }
    }
    origins.sort_by_key(|origin| origin.layer);
    origins
}
