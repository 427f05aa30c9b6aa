//! From what is wanted and what is there to a plan.

use std::collections::{HashMap, HashSet};

use envschema::SecretValue;

use super::decide::Choices;
use super::planner::Planner;
use super::{FORMAT, Plan, RecordPlan};
use crate::at_once::each_at_once;
use crate::target::{Details, Held, Identity, Observed, Target, TargetError, observe_each};
use crate::token::Key;
use crate::wanted::Wanted;

/// What is known of a record before a plan is made.
#[derive(Clone, Debug)]
pub(super) struct Known {
    /// What is there.
    pub(super) observed: Observed,
    /// What was asked about it, because it is to be changed; an error if the service did not tell.
    pub(super) details: Option<Result<Details, TargetError>>,
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
struct For<'a> {
    target: &'a str,
    environment: Option<&'a str>,
    place: &'a Identity,
}

/// Looks at the target and plans. With [`Choices::prune`], records that carry our mark and that nobody wants come last.
///
/// # Errors
/// [`TargetError`] if the target does not tell who and where it is, or which records carry our mark. A record that cannot
/// be looked at is a part of the plan, see [`Action::Unknown`](super::Action::Unknown).
pub fn prepare(
    target: &dyn Target,
    name: &str,
    environment: Option<&str>,
    wanted: &[Wanted],
    choices: &Choices,
    key: &Key,
) -> Result<Prepared, TargetError> {
    let names: Vec<&str> = wanted.iter().map(|record| record.name.as_str()).collect();
    let observed = observe_each(target, &names);
    let marked = if choices.prune { target.marked()? } else { Vec::new() };
    let seen = Seen { observed, leftover: marked };
    prepare_seen(target, name, environment, wanted, seen, choices, key)
}

/// What was seen at a target before a plan is made.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// What there is under the name of each wanted record, in their order.
    pub observed: Vec<Observed>,
    /// Records that carry our mark and that nobody wants.
    pub leftover: Vec<String>,
}

/// As [`prepare`], from what was seen already.
///
/// # Errors
/// [`TargetError`] if the target does not tell who and where it is.
pub fn prepare_seen(
    target: &dyn Target,
    name: &str,
    environment: Option<&str>,
    wanted: &[Wanted],
    seen: Seen,
    choices: &Choices,
    key: &Key,
) -> Result<Prepared, TargetError> {
    let place = target.identity()?;
    let wanted_known =
        known(target, wanted, &mut seen.observed.into_iter(), |wanted, held| !is_as_wanted(wanted, held));
    let is_wanted = |name: &String| wanted.iter().any(|wanted| wanted.name == *name);
    let leftover: Vec<String> = seen.leftover.into_iter().filter(|name| !is_wanted(name)).collect();
    let names: Vec<&str> = leftover.iter().map(String::as_str).collect();
    let mut observed = if names.is_empty() { Vec::new() } else { observe_each(target, &names) }.into_iter();
    let leftover: Vec<Wanted> = leftover.into_iter().map(Wanted::nothing).collect();
    let leftover_known = known(target, &leftover, &mut observed, |_, _| true);
    let whom = For { target: name, environment, place: &place };
    let lists = Lists { wanted, known: wanted_known, leftover: &leftover, leftover_known };
    Ok(between(&whom, target, lists, choices, key))
}

/// How many records are asked about at once.
const AT_ONCE: usize = 8;

/// What is known of records: what was observed, and the details of those of which `asks` says so.
fn known(
    target: &dyn Target,
    records: &[Wanted],
    observed: &mut impl Iterator<Item = Observed>,
    asks: impl Fn(&Wanted, &Held) -> bool,
) -> Vec<Known> {
    let observed: Vec<(&Wanted, Observed)> = records.iter().zip(observed).collect();
    let asked: Vec<(usize, &str, &Held)> = observed
        .iter()
        .enumerate()
        .filter_map(|(at, (wanted, observed))| match observed {
            Observed::Held(held) if asks(wanted, held) => Some((at, wanted.name.as_str(), held)),
            _ => None,
        })
        .collect();
    let told = each_at_once(&asked, AT_ONCE, |(at, name, held)| (*at, target.details(name, held)));
    let mut details: HashMap<usize, _> = told.into_iter().collect();
    let one = |(at, (_, observed))| Known { details: details.remove(&at), observed };
    observed.into_iter().enumerate().map(one).collect()
}

/// Records with what is known of each.
struct Lists<'a> {
    wanted: &'a [Wanted],
    known: Vec<Known>,
    /// Those that carry our mark and that nobody wants.
    leftover: &'a [Wanted],
    leftover_known: Vec<Known>,
}

/// The plan that leads from what is known to what is wanted. It asks nobody.
fn between(whom: &For<'_>, target: &dyn Target, lists: Lists<'_>, choices: &Choices, key: &Key) -> Prepared {
    let place = whom.place.to_token_place();
    let planner = |wanted| Planner { target, wanted, choices, key, place: &place };
    let mut seen = HashSet::new();
    let mut prepared = Prepared {
        plan: Plan {
            format: FORMAT,
            target: whom.target.to_owned(),
            environment: whom.environment.map(str::to_owned),
            place: whom.place.clone(),
            key: key.id(),
            choices: choices.clone(),
            records: Vec::new(),
        },
        works: Vec::new(),
    };
    for (wanted, known) in lists.wanted.iter().zip(lists.known) {
        let is_first = seen.insert(&wanted.name);
        prepared.push(if is_first { planner(wanted).plan(known) } else { planner(wanted).repeated() });
    }
    for (leftover, known) in lists.leftover.iter().zip(lists.leftover_known) {
        planner(leftover).prune(known).into_iter().for_each(|planned| prepared.push(planned));
    }
    prepared
}

impl Prepared {
    fn push(&mut self, (record, work): (RecordPlan, Work)) {
        self.plan.records.push(record);
        self.works.push(work);
    }
}

/// Whether every key has its value and none is to go: then nothing more is asked about the record.
fn is_as_wanted(wanted: &Wanted, held: &Held) -> bool {
    let has = |key: &str| held.entry(key);
    wanted
        .entries
        .iter()
        .all(|entry| has(&entry.key).is_some_and(|now| now.value.as_ref() == Some(&entry.value)))
        && !wanted.removed().any(|key| has(key).is_some())
}
