//! [`Asker`]: questions about one view: whether something can hold at all, or in a valid environment; and if not,
//! which few rules and requirements see to that.
//!
//! Rules are brought in one by one: a question is first answered without any, and of the answer's environment,
//! completed by one that is known to be valid, only what is broken is asked for next. So a question costs what is
//! near to it, however large the contract is.

use std::collections::{BTreeSet, HashMap};

use super::circuit::Literal;
use super::compile::{Compiled, Constraint};
use super::search::{Outcome, Search};

/// After so many rounds, all rules are brought in.
const MOST_ROUNDS: usize = 8;

/// How many valid environments are looked at before anything is asked.
const LOOKS: usize = 12;

/// The answer to whether something can hold in a valid environment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    Yes,
    /// It cannot: these would be broken, and none of them can be left out. None at all: it cannot hold by itself.
    No(Vec<Constraint>),
    Open,
}

pub(super) struct Asker {
    pub(super) compiled: Compiled,
    search: Search,
    /// The rules and requirements that a node decides.
    decided: HashMap<usize, Vec<usize>>,
    /// A candidate for each variable such that all rules and requirements hold, and what every node is then.
    valid: Option<(Vec<u8>, Vec<bool>)>,
    /// Whether each node was seen to be false, and to be true, in a valid environment.
    seen: Vec<[bool; 2]>,
}

impl Asker {
    /// `left` is how many steps may be done.
    pub(super) fn new(compiled: Compiled, left: usize) -> Self {
        let mut decided: HashMap<usize, Vec<usize>> = HashMap::new();
        for (at, (_, literal)) in compiled.constraints.iter().enumerate() {
            decided.entry(literal.node()).or_default().push(at);
        }
        let mut search = Search::default();
        search.left = left;
        Self { compiled, search, decided, valid: None, seen: Vec::new() }
    }

    /// How many steps may still be done.
    pub(super) fn left(&self) -> usize {
        self.search.left
    }

    /// Whether anything is valid. Has to be asked before [`Asker::can_be_valid`].
    pub(super) fn settle(&mut self) -> Answer {
        let mut asked = Vec::new();
        loop {
            match self.run(&asked, None, usize::MAX) {
                Outcome::Open => return Answer::Open,
                Outcome::Impossible => return Answer::No(self.least(asked, None)),
                Outcome::Possible(found) => {
                    let mut slots = vec![0; self.compiled.circuit.full.len()];
                    found.into_iter().for_each(|(slot, candidate)| slots[slot] = candidate);
                    let truths = self.judge_all(&slots);
                    let broken: Vec<usize> = (0..self.compiled.constraints.len())
                        .filter(|at| !self.holds(*at, |node| truths[node]))
                        .collect();
                    if broken.is_empty() {
                        self.seen = truths.iter().map(|truth| [!truth, *truth]).collect();
                        self.valid = Some((slots, truths));
                        self.look_around();
                        return Answer::Yes;
                    }
                    asked.extend(broken);
                }
            }
        }
    }

    /// Looks at a few valid environments that are as different as can be: most of what is asked later is answered
    /// by one of them.
    fn look_around(&mut self) {
        let all: Vec<Literal> = self.compiled.constraints.iter().map(|(_, literal)| *literal).collect();
        let mut drawn: u64 = 0x9e37_79b9_7f4a_7c15;
        for turn in 0..LOOKS {
            let candidate = |full: &u64| {
                let count = u64::from(full.count_ones());
                drawn = drawn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                u8::try_from(if turn == 0 { count - 1 } else { (drawn >> 33) % count }).unwrap_or(0)
            };
            let mut slots: Vec<u8> = self.compiled.circuit.full.iter().map(candidate).collect();
            let Outcome::Possible(found) = self.search.run(&self.compiled.circuit, &all, &slots, usize::MAX)
            else {
                break;
            };
            found.into_iter().for_each(|(slot, candidate)| slots[slot] = candidate);
            let truths = self.judge_all(&slots);
            truths.iter().zip(&mut self.seen).for_each(|(truth, seen)| seen[usize::from(*truth)] = true);
        }
    }

    /// Whether `what` can hold in a valid environment.
    pub(super) fn can_be_valid(&mut self, what: Literal) -> Answer {
        let mut asked: Vec<usize> = Vec::new();
        let mut rounds = 0;
        loop {
            match self.run(&asked, Some(what), usize::MAX) {
                Outcome::Open => return Answer::Open,
                Outcome::Impossible => return Answer::No(self.least(asked, Some(what))),
                Outcome::Possible(found) => {
                    let broken = self.broken(&found);
                    if broken.is_empty() {
                        return Answer::Yes;
                    }
                    asked.extend(broken);
                    rounds += 1;
                    if rounds > MOST_ROUNDS {
                        asked = (0..self.compiled.constraints.len()).collect();
                    }
                }
            }
        }
    }

    /// Whether all of these can hold, rules or no rules; `None` if that is open.
    pub(super) fn can_hold(&mut self, all: &[Literal]) -> Option<bool> {
        let preferred = self.valid.as_ref().map_or(&[][..], |(slots, _)| slots);
        match self.search.run(&self.compiled.circuit, all, preferred, usize::MAX) {
            Outcome::Possible(_) => Some(true),
            Outcome::Impossible => Some(false),
            Outcome::Open => None,
        }
    }

    /// Whether `what` was seen to hold in a valid environment, while something else was asked.
    pub(super) fn was_valid(&self, what: Literal) -> bool {
        self.seen.get(what.node()).is_some_and(|seen| seen[usize::from(!what.is_opposite())])
    }

    /// Whether what cannot be told decides about `what`.
    pub(super) fn is_vague(&self, what: Literal) -> bool {
        self.compiled.circuit.vague[what.node()]
    }

    /// The fewest variables that have to have another value than without being given one, for `what` to hold.
    pub(super) fn smallest(&mut self, what: Literal) -> Vec<(usize, u8)> {
        for allowed in 0..=self.compiled.circuit.full.len() {
            match self.search.run(&self.compiled.circuit, &[what], &[], allowed) {
                Outcome::Possible(found) => {
                    return found.into_iter().filter(|(_, candidate)| *candidate > 0).collect();
                }
                Outcome::Impossible => {}
                Outcome::Open => break,
            }
        }
        Vec::new()
    }

    fn run(&mut self, constraints: &[usize], what: Option<Literal>, allowed: usize) -> Outcome {
        let asked = constraints.iter().map(|at| self.compiled.constraints[*at].1);
        let roots: Vec<Literal> = what.into_iter().chain(asked).collect();
        let preferred = self.valid.as_ref().map_or(&[][..], |(slots, _)| slots);
        self.search.run(&self.compiled.circuit, &roots, preferred, allowed)
    }

    /// Of rules and requirements that cannot hold together with `what`, some that are enough for that, and none
    /// that could be left out. Large parts are left out first.
    fn least(&mut self, mut asked: Vec<usize>, what: Option<Literal>) -> Vec<Constraint> {
        asked.sort_unstable();
        // A rule that is enough by itself says the most.
        for at in &asked {
            if asked.len() > 1 && self.run(&[*at], what, usize::MAX) == Outcome::Impossible {
                return vec![self.compiled.constraints[*at].0];
            }
        }
        let mut size = asked.len().div_ceil(2);
        while size > 0 && !asked.is_empty() {
            let mut end = asked.len();
            while end > 0 {
                let start = end.saturating_sub(size);
                let rest = [&asked[..start], &asked[end..]].concat();
                if self.run(&rest, what, usize::MAX) == Outcome::Impossible {
                    asked = rest;
                }
                end = start;
            }
            size = if size == 1 { 0 } else { size.div_ceil(2) };
        }
        asked.into_iter().map(|at| self.compiled.constraints[at].0).collect()
    }

    fn judge_all(&self, slots: &[u8]) -> Vec<bool> {
        let circuit = &self.compiled.circuit;
        let mut truths = Vec::with_capacity(circuit.nodes.len());
        for node in 0..circuit.nodes.len() {
            truths.push(circuit.judge(node, |slot| slots[slot], |node| truths[node]));
        }
        truths
    }

    fn holds(&self, constraint: usize, truth: impl Fn(usize) -> bool) -> bool {
        let literal = self.compiled.constraints[constraint].1;
        literal.of(truth(literal.node()))
    }

    /// What is broken in the known valid environment once some variables have other candidates.
    fn broken(&mut self, found: &[(usize, u8)]) -> Vec<usize> {
        let Some((slots, truths)) = &self.valid else { return Vec::new() };
        let circuit = &self.compiled.circuit;
        let changed: HashMap<usize, u8> =
            found.iter().copied().filter(|(slot, candidate)| slots.get(*slot) != Some(candidate)).collect();
        let mut others: HashMap<usize, bool> = HashMap::new();
        // In order of their numbers, each comes after those it is made of.
        let atoms = changed.keys().flat_map(|slot| &circuit.atoms[*slot]);
        let mut waiting: BTreeSet<usize> = atoms.map(|atom| *atom as usize).collect();
        let mut broken = Vec::new();
        let mut steps = 0;
        while let Some(node) = waiting.pop_first() {
            // What was asked for later is no part of a rule.
            if node >= truths.len() {
                break;
            }
            let slot = |slot: usize| changed.get(&slot).copied().unwrap_or(slots[slot]);
            let truth = circuit.judge(node, slot, |node| others.get(&node).copied().unwrap_or(truths[node]));
            steps += 1;
            if truth == truths[node] {
                continue;
            }
            others.insert(node, truth);
            waiting.extend(circuit.parents[node].iter().map(|parent| *parent as usize));
            let decided = self.decided.get(&node).into_iter().flatten();
            broken.extend(decided.filter(|at| !self.holds(**at, |_| truth)));
        }
        self.search.left = self.search.left.saturating_sub(steps);
        if broken.is_empty() {
            others.into_iter().for_each(|(node, truth)| self.seen[node][usize::from(truth)] = true);
        }
        broken
    }
}
