//! [`Staging`]: everything resolved for each target, and planned.

use std::collections::BTreeSet;
use std::time::Duration;

use envctl_engine::Judgement;
use envctl_resolver::{Layer, LayerKind, Resolution};
use envctl_sync::{Choices, Observed, Prepared, Seen, Wanted, WantedEntry, prepare_seen};
use envschema::{SecretValue, State as VariableState, nearest};

use super::open::{Member, open};
use super::stored::{distinct, is_kept, layers_of, stored};
use super::{Chosen, Opened, State, SyncError, chosen};
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

    /// Who reads what would be written.
    pub(crate) fn services(&self) -> Vec<String> {
        let is_written = |member: &&Member| {
            let mut written = self.prepared.plan.writes();
            written.any(|record| member.records.iter().any(|own| own.name == record.name))
        };
        let service = |member: &Member| member.service.clone().unwrap_or_else(|| member.name.clone());
        self.opened.members.iter().filter(is_written).map(service).collect()
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
    /// As [`open`] and [`Sources::read`]; `Target` for a place that does not tell what it is; `UnknownKey`.
    pub(crate) fn make(edge: &mut Edge, wish: &Wish) -> Result<Self, CliError> {
        let whole = Project::open(edge, &wish.input)?;
        let opened = open(edge, wish.chosen.clone(), &wish.input, wish.deadline)?;
        known_keys(&opened, &wish.choices)?;
        let observed: Vec<Vec<Observed>> = opened.iter().map(Opened::observe).collect();
        let mut layers = Vec::new();
        let mut failed = None;
        for (opened, observed) in opened.iter().zip(&observed) {
            let told = layers_of(opened, observed, &is_kept);
            layers.extend(told.layers);
            // The plan tells of a record that cannot be read, with all others.
            failed = failed.or(told.failed);
        }
        if let Some(failed) = failed.take_if(|_| wish.input.generate) {
            // What would be made anew may be there, out of sight.
            return Err(failed.into());
        }
        layers.extend(other_stored(edge, &whole, wish)?);
        let layers = distinct(&layers);
        let reading = Reading { process: wish.process, complete: false, stored: Some(&layers) };
        let sources = Sources::read(edge, &whole, &wish.input, reading)?;

        let key = State::of(edge, &whole)?.key(&mut *edge.random)?;
        let environment = whole.contract.environment();
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
                    invalid.push_str(&run_text(&judgement, edge.messages_look));
                    continue;
                }
                fresh.extend(made(&resolution));
                wanted.extend(records.iter().map(|record| self::wanted(record, &resolution, &wish.only)));
            }
            if invalid.is_empty() {
                let choices = &wish.choices;
                let failed = |error| SyncError::target(opened.names(), error);
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
    let of_kind = chosen(targets, &[opened.to.name().to_owned()], whole.contract.environment())?;
    let every = open(edge, of_kind, &wish.input, wish.deadline)?;
    let marked = opened.target.marked().map_err(|error| SyncError::target(opened.names(), error))?;
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
fn wanted(record: &super::records::Record, resolution: &Resolution, only: &BTreeSet<String>) -> Wanted {
    let mut wanted = Wanted {
        name: record.name.clone(),
        entries: Vec::new(),
        unset: Vec::new(),
        aside: Vec::new(),
        remove: record.remove.clone(),
        open: record.open,
    };
    for (key, variable) in &record.keys {
        if !only.is_empty() && !only.contains(&**variable) && !only.contains(key) {
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

/// A decision about a key that nobody has would be passed over in silence.
fn known_keys(opened: &[Opened], choices: &Choices) -> Result<(), SyncError> {
    let keys = || opened.iter().flat_map(Opened::records).flat_map(|record| &record.keys);
    let names = || keys().flat_map(|(key, variable)| [key.as_str(), &**variable]);
    let options = [("--accept-remote", &choices.accept), ("--overwrite", &choices.overwrite)];
    for (option, given) in options {
        if let Some(key) = given.iter().find(|key| !names().any(|name| name == key.as_str())) {
            return Err(SyncError::UnknownKey {
                option,
                key: key.clone(),
                near: nearest(key, names().filter(|name| !name.is_empty())).map(str::to_owned),
            });
        }
    }
    Ok(())
}
