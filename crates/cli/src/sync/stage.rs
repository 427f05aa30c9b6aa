//! [`Staging`]: everything resolved for each target, and planned.

use std::collections::BTreeSet;
use std::time::Duration;

use envctl_engine::Judgement;
use envctl_resolver::{Layer, LayerKind, Lost, Resolution, Shadowed};
use envctl_sync::{Choices, Observed, Plan, Prepared, Seen, Wanted, WantedEntry, prepare_seen};
use envschema::{SecretValue, State as VariableState, nearest};

use super::open::{Member, open};
use super::records::Record;
use super::stored::{distinct, is_kept, layers_of, stored};
use super::{Chosen, Opened, State, SyncError, of_kind};
use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::gather::{Reading, Sources};
use crate::project::Project;
use crate::report::run_text;

/// What is asked of a staging.
#[derive(Clone)]
pub(crate) struct Wish {
    pub(crate) chosen: Vec<Chosen>,
    pub(crate) input: InputArguments,
    pub(crate) process: bool,
    pub(crate) choices: Choices,
    /// Values that go before all others.
    pub(crate) overrides: Vec<Layer>,
    /// Only these variables; empty for all.
    pub(crate) only: BTreeSet<String>,
    pub(crate) deadline: Option<Duration>,
    /// Whether what is going to be deleted is brought back.
    pub(crate) restores: bool,
    /// What was planned before, place by place; nothing if this is the first look.
    pub(crate) planned: Vec<Plan>,
}

impl Wish {
    /// These targets, and nothing else decided.
    pub(crate) fn new(chosen: Vec<Chosen>, input: InputArguments) -> Self {
        Self {
            chosen,
            input,
            process: false,
            choices: Choices::default(),
            overrides: Vec::new(),
            only: BTreeSet::new(),
            deadline: None,
            restores: false,
            planned: Vec::new(),
        }
    }
}

/// One place with its plan.
pub(crate) struct Stage {
    pub(crate) opened: Opened,
    pub(crate) prepared: Prepared,
}

impl Stage {
    /// The targets, for people, that a record belongs to.
    pub(crate) fn target_of(&self, record: &str) -> &str {
        let has = |member: &&Member| member.records.iter().any(|own| own.name == record);
        let member = self.opened.members.iter().find(has).or(self.opened.members.first());
        member.map_or("", |member| &member.name)
    }

    /// The project of its first target.
    pub(crate) fn project(&self) -> Option<&Project> {
        self.opened.members.first().map(|member| &member.part)
    }

    /// Whether a variable goes there.
    pub(crate) fn has(&self, variable: &str) -> bool {
        self.opened.records().any(|record| record.keys.iter().any(|(_, of)| **of == *variable))
    }

    /// What is there of a variable now.
    pub(crate) fn held(&self, variable: &str) -> Vec<SecretValue> {
        let mut held = Vec::new();
        for record in self.opened.records() {
            let keys = record.keys.iter().filter(|(_, of)| **of == *variable);
            held.extend(keys.filter_map(|(key, _)| self.prepared.held_value(&record.name, key).cloned()));
        }
        held
    }

    /// Who reads a variable there.
    pub(crate) fn services(&self, variable: &str) -> Vec<String> {
        let has = |member: &&Member| {
            member.records.iter().any(|record| record.keys.iter().any(|(_, of)| **of == *variable))
        };
        // What a service is called outside is told in the environment of the target.
        let service = |member: &Member| {
            let named = member.service.as_deref();
            let outside =
                named.and_then(|name| member.part.contract.name_in_environment(name).ok().flatten());
            outside.unwrap_or_else(|| member.name.clone())
        };
        self.opened.members.iter().filter(has).map(service).collect()
    }
}

/// Every place with its plan.
pub(crate) enum Staging {
    /// Planned.
    Planned(Vec<Stage>),
    /// What is resolved is not valid, so nothing was planned: the findings for people.
    Invalid(String),
}

impl Staging {
    /// Looks at every place, resolves for every target, and plans.
    ///
    /// # Errors
    ///
    /// As [`open`] and [`Sources::read`]; `Target` for a place that does not tell what it is; `UnknownKey`; `Elsewhere`
    /// before anything is read if it was planned for other places.
    pub(crate) fn make(edge: &mut Edge, wish: &Wish) -> Result<Self, CliError> {
        let whole = Project::open(edge, &wish.input)?;
        // Before targets are opened, which tell by it whether they are as they were.
        let key = State::of(edge, &whole)?.key(&mut *edge.random)?;
        let environment = whole.contract.environment();
        let opened = open(edge, environment, wish.chosen.clone(), &wish.input, wish.deadline)?;
        known_keys(&opened, &whole, wish)?;
        same_places(&opened, &whole, &wish.planned)?;
        let observed: Vec<Vec<Observed>> = opened.iter().map(Opened::observe).collect();
        let mut layers = Vec::new();
        let (mut failed, mut going) = (None, None);
        for (opened, observed) in opened.iter().zip(&observed) {
            let told = layers_of(opened, observed, &is_kept);
            layers.extend(told.layers);
            going = going.or(told.going);
            // The plan tells of a record that cannot be read, with all others.
            failed = failed.or(told.failed);
        }
        if let Some(failed) = failed.take_if(|_| wish.input.generate) {
            // What would be made anew may be there, out of sight.
            return Err(failed.into());
        }
        if let Some(record) = going.filter(|_| wish.input.generate && !wish.restores) {
            return Err(SyncError::GoingToBeDeleted { record }.into());
        }
        layers.extend(other_stored(edge, &whole, wish)?);
        let layers = distinct(&layers);
        let reading = Reading { process: wish.process, complete: false, stored: Some(&layers) };
        let sources = Sources::read(edge, &whole, &wish.input, reading)?;

        let mut fresh: Vec<Layer> = wish.overrides.clone();
        let (mut stages, mut invalid) = (Vec::new(), String::new());
        for (opened, observed) in opened.into_iter().zip(observed) {
            let mut wanted = Vec::new();
            for Member { part, records, .. } in &opened.members {
                let make = wish.input.generate.then_some(false);
                let resolution = sources.resolve(edge, &part.contract, &fresh, make)?;
                let findings = sources.findings(&resolution, part.target.as_deref(), false);
                if !findings.is_valid() {
                    let judgement = Judgement::new(&resolution, &findings, &sources.absent);
                    if !invalid.is_empty() {
                        invalid.push('\n');
                    }
                    invalid.push_str(&run_text(&judgement, edge.messages_look));
                    continue;
                }
                fresh.extend(made(&resolution));
                records.iter().try_for_each(|record| agreed(record, &resolution, &wish.only))?;
                wanted.extend(records.iter().map(|record| self::wanted(record, &resolution, &wish.only)));
            }
            if invalid.is_empty() {
                let choices = &wish.choices;
                let failed = |error| SyncError::target(opened.shown(), error);
                let (target, names) = (&*opened.target, opened.names());
                let leftover = match choices.prune {
                    true => unwanted(edge, wish, &whole, &opened)?,
                    false => Vec::new(),
                };
                let seen = Seen { observed, leftover };
                let prepared = prepare_seen(target, &names, environment, &wanted, seen, choices, &key)
                    .map_err(failed)?;
                stages.push(Stage { opened, prepared });
            }
        }
        match failed {
            // What is missing may be there, out of sight.
            Some(failed) if !invalid.is_empty() => Err(failed.into()),
            _ if invalid.is_empty() => Ok(Self::Planned(stages)),
            _ => Ok(Self::Invalid(invalid)),
        }
    }
}

/// Records that are marked as this project's and that no target of the settings has, asked for in this run or not.
fn unwanted(edge: &mut Edge, wish: &Wish, whole: &Project, opened: &Opened) -> Result<Vec<String>, CliError> {
    let targets = &whole.loaded.settings.targets;
    let environment = whole.contract.environment();
    let of_kind = of_kind(targets, opened.to, environment);
    let every = open(edge, environment, of_kind, &wish.input, wish.deadline)?;
    let marked = opened.target.marked().map_err(|error| SyncError::target(opened.shown(), error))?;
    let is_wanted = |name: &str| every.iter().flat_map(Opened::records).any(|record| record.name == name);
    Ok(marked.into_iter().filter(|name| !is_wanted(name)).collect())
}

/// What targets hold that the settings name and that are not written to in this run.
fn other_stored(edge: &mut Edge, whole: &Project, wish: &Wish) -> Result<Vec<Layer>, CliError> {
    let asked = |name: &String| wish.chosen.iter().any(|chosen| chosen.name == *name);
    if whole.environment.stored.iter().all(asked) {
        return Ok(Vec::new());
    }
    stored(edge, whole, &wish.input)
}

/// What was made in this run, so that every target gets the same.
fn made(resolution: &Resolution) -> Option<Layer> {
    let mut layer = Layer::new(LayerKind::Generated, "generated");
    for (variable, _, resolved) in resolution.iter() {
        if let Some(chosen) = &resolved.chosen
            && chosen.kind == LayerKind::Generated
        {
            layer.insert(variable.name.clone(), chosen.value.clone(), chosen.place.clone());
        }
    }
    (!layer.is_empty()).then_some(layer)
}

/// What a record is to hold.
fn wanted(record: &Record, resolution: &Resolution, only: &BTreeSet<String>) -> Wanted {
    let is_asked = |key: &str, variable: Option<&str>| is_asked(only, key, variable);
    let mut wanted = Wanted {
        name: record.name.clone(),
        entries: Vec::new(),
        unset: Vec::new(),
        aside: Vec::new(),
        remove: record.remove.iter().filter(|key| is_asked(key, None)).cloned().collect(),
        open: record.open,
    };
    for (key, variable) in &record.keys {
        if !is_asked(key, Some(variable)) {
            wanted.aside.push(key.clone());
            continue;
        }
        let chosen = match resolution.get(variable) {
            Some((_, VariableState::Resolved, resolved)) => resolved.chosen.as_ref(),
            _ => None,
        };
        match chosen {
            Some(chosen) => wanted.entries.push(WantedEntry {
                key: key.clone(),
                variable: variable.clone(),
                value: chosen.value.clone(),
                place: chosen.place.clone(),
            }),
            None => wanted.unset.push(key.clone()),
        }
    }
    wanted
}

/// Whether a key is among those that are asked for. The key of a record of one value is no name.
fn is_asked(only: &BTreeSet<String>, key: &str, variable: Option<&str>) -> bool {
    let is_named = |name: &str| !name.is_empty() && only.contains(name);
    only.is_empty() || is_named(key) || variable.is_some_and(is_named)
}

/// Targets that hold other values of a variable, of which nothing else has one, do not tell which of them counts.
fn agreed(record: &Record, resolution: &Resolution, only: &BTreeSet<String>) -> Result<(), SyncError> {
    for (key, variable) in &record.keys {
        let Some((_, VariableState::Resolved, resolved)) = resolution.get(variable) else { continue };
        let Some(chosen) = resolved.chosen.as_ref().filter(|chosen| chosen.kind == LayerKind::Stored) else {
            continue;
        };
        let differs = |lost: &&Shadowed| lost.kind == LayerKind::Stored && lost.reason == Lost::Differs;
        if let Some(other) = resolved.shadowed.iter().find(differs)
            && is_asked(only, key, Some(variable))
        {
            return Err(SyncError::Differ {
                variable: variable.to_string(),
                first: chosen.place.to_string(),
                second: other.place.to_string(),
            });
        }
    }
    Ok(())
}

/// What was planned for another account may not even be looked at in this one.
fn same_places(opened: &[Opened], whole: &Project, planned: &[Plan]) -> Result<(), SyncError> {
    let mut found = Vec::new();
    for (opened, plan) in opened.iter().zip(planned) {
        let place = opened.target.identity().map_err(|error| SyncError::target(opened.shown(), error))?;
        found.extend(plan.differences_of_place(&opened.names(), whole.contract.environment(), &place));
    }
    if found.is_empty() { Ok(()) } else { Err(SyncError::Elsewhere(found)) }
}

/// A word about a key that nobody has would be passed over in silence.
fn known_keys(opened: &[Opened], whole: &Project, wish: &Wish) -> Result<(), SyncError> {
    let records = || opened.iter().flat_map(Opened::records);
    let keys = records().flat_map(|record| &record.keys);
    let names = keys.flat_map(|(key, variable)| [key.as_str(), &**variable]);
    let gone = records().flat_map(|record| record.remove.iter().map(String::as_str));
    let declared = whole.contract.variables().iter().map(|variable| &*variable.name);
    let known: BTreeSet<&str> = names.chain(gone).chain(declared).filter(|name| !name.is_empty()).collect();
    let Choices { accept, overwrite, .. } = &wish.choices;
    let options = [("--accept-remote", accept), ("--overwrite", overwrite), ("--only", &wish.only)];
    for (option, given) in options {
        if let Some(key) = given.iter().find(|key| !known.contains(key.as_str())) {
            let near = nearest(key, known.iter().copied()).map(str::to_owned);
            return Err(SyncError::UnknownKey { option, key: key.clone(), near });
        }
    }
    Ok(())
}
