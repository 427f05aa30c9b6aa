//! [`Domain`]: the few values of a variable that stand for all of them, as far as conditions and rules can tell.
//!
//! Two values are alike when no condition and no rule comes out differently. So for text it is enough to know the
//! literals that it is compared with and one more text for each variable that may be equal to it; for numbers the
//! literals, the bounds and points between them. Where a type has more to say than can be followed, as patterns
//! have, too many values are allowed rather than too few: a proof of "never" then still holds.

mod numbers;
mod texts;
mod uses;

use std::sync::Arc;

use crate::condition::VariableId;
use crate::contract::Contract;
use crate::types::ValueType;
use crate::variable::{Empty, Variable};

use super::domain::uses::Uses;

/// The most candidates that are followed; they are the bits of a mask.
const MOST: usize = 64;

/// One value of a variable, standing for those like it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The text that counts; `None` if the variable is not set.
    pub(super) text: Option<Arc<str>>,
    pub(super) kind: Kind,
}

/// What a candidate stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Itself.
    Named,
    /// Every value of an enum that nothing else asks about.
    Others,
    /// Every text that the contract does not name; it is made up.
    MadeUp,
}

impl Candidate {
    fn of(text: impl Into<Arc<str>>, kind: Kind) -> Self {
        Self { text: Some(text.into()), kind }
    }
}

/// The candidates of a variable. The first is what it is when nobody gives it a value.
#[derive(Clone, Debug)]
pub(super) struct Domain {
    pub(super) candidates: Vec<Candidate>,
    /// Comparisons of it are not followed: there are too many candidates.
    pub(super) vague: bool,
    /// For an enum or a boolean: each value with the candidates that mean it.
    pub(super) values: Vec<(String, u64)>,
}

impl Domain {
    /// The candidates for which something holds.
    pub(super) fn mask(&self, holds: impl Fn(&Candidate) -> bool) -> u64 {
        let of = self.candidates.iter().enumerate().filter(|(_, candidate)| holds(candidate));
        of.fold(0, |mask, (at, _)| mask | 1 << at)
    }
}

/// Whether a text counts as set, as in judging values.
pub(super) fn is_set(variable: &Variable, text: Option<&str>) -> bool {
    text.is_some_and(|text| !text.is_empty() || variable.empty == Empty::Value)
}

/// The domains of a view.
pub(super) struct Domains {
    /// By variable; `None` for those that no condition and no rule asks about.
    pub(super) of: Vec<Option<Domain>>,
    /// The rules of kind `distinct` count for these variables: all that could be forced to be equal.
    uses: Uses,
}

impl Domains {
    pub(super) fn new(contract: &Contract) -> Self {
        let uses = Uses::new(contract);
        let mut of: Vec<Option<Domain>> = vec![None; contract.variables().len()];
        for linked in uses.linked() {
            let variables: Vec<(VariableId, &Variable)> =
                linked.iter().map(|id| (*id, &contract.variables()[*id])).collect();
            let pool = match variables.iter().find(|(_, variable)| variable.kind != ValueType::Boolean) {
                None => Pool::Truths,
                Some((_, variable)) if is_number(&variable.kind) => {
                    numbers::points(&variables, &uses).map_or(Pool::Vague, Pool::Numbers)
                }
                Some(_) => Pool::Texts(texts::pool(contract, &variables, &uses)),
            };
            for (id, variable) in &variables {
                of[*id] = Some(domain(variable, &pool, &variables));
            }
        }
        Self { of, uses }
    }

    /// The variables of a rule `distinct` that could be forced to be equal.
    pub(super) fn comparable<'a>(&'a self, contract: &'a Contract, ids: &'a [VariableId]) -> Vec<VariableId> {
        self.uses.comparable(contract, ids)
    }
}

pub(super) fn is_number(kind: &ValueType) -> bool {
    matches!(kind, ValueType::Integer(_) | ValueType::Number(_) | ValueType::Port(_))
}

/// The values that linked variables choose from.
enum Pool {
    Truths,
    Numbers(Vec<String>),
    Texts(texts::Texts),
    Vague,
}

fn domain(variable: &Variable, pool: &Pool, linked: &[(VariableId, &Variable)]) -> Domain {
    let default = variable.default.clone();
    let mut candidates = vec![Candidate { text: default, kind: Kind::Named }];
    if variable.empty == Empty::Value && variable.accepts("") {
        candidates.push(Candidate::of("", Kind::Named));
    }
    let usable =
        |text: &&str| variable.accepts(text) && variable.standing(text) == crate::assess::Standing::Value;
    let mut vague = matches!(pool, Pool::Vague);
    match pool {
        Pool::Truths => {
            for spellings in [["true", "1"], ["false", "0"]] {
                candidates.extend(
                    spellings
                        .into_iter()
                        .find(|text| usable(text))
                        .map(|text| Candidate::of(text, Kind::Named)),
                );
            }
        }
        // A number that reads like a placeholder can be spelled otherwise.
        Pool::Numbers(points) => {
            let points = points.iter().filter(|text| variable.kind.accepts(text).is_ok());
            candidates.extend(points.map(|text| Candidate::of(text.as_str(), Kind::Named)));
        }
        Pool::Texts(texts) => candidates.extend(texts.of(variable, linked)),
        Pool::Vague => {}
    }
    let mut seen = std::collections::HashSet::new();
    candidates.retain(|candidate| seen.insert(candidate.text.clone()));
    if candidates.len() > MOST || vague {
        vague = true;
        candidates.truncate(1);
        candidates.push(Candidate::of("\u{1}", Kind::MadeUp));
    }
    let mut made = Domain { candidates, vague, values: Vec::new() };
    made.values = values(variable, &made);
    made
}

/// The values of an enum or boolean, each with the candidates that mean it.
fn values(variable: &Variable, domain: &Domain) -> Vec<(String, u64)> {
    let text = |candidate: &Candidate, is: &dyn Fn(&str) -> bool| candidate.text.as_deref().is_some_and(is);
    let masks: Vec<(String, u64)> = match &variable.kind {
        _ if domain.vague => Vec::new(),
        ValueType::Boolean => {
            let spelled = |one: &'static str, other: &'static str| {
                let is = move |text: &str| text == one || text == other;
                (one.to_owned(), domain.mask(|candidate| text(candidate, &is)))
            };
            vec![spelled("true", "1"), spelled("false", "0")]
        }
        ValueType::Enum(of) => {
            let others = domain.mask(|candidate| candidate.kind == Kind::Others);
            let mask = |value: &String| {
                let is = |text: &str| texts::same(of, value, text);
                match domain.mask(|candidate| candidate.kind != Kind::Others && text(candidate, &is)) {
                    0 => others,
                    mask => mask,
                }
            };
            of.values.iter().map(|value| (value.clone(), mask(value))).collect()
        }
        _ => Vec::new(),
    };
    masks.into_iter().filter(|(_, mask)| *mask != 0).collect()
}
