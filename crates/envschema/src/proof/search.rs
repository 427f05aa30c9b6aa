//! [`Search`]: whether some parts of a circuit can hold together, by trying and by what follows from each try.

use super::circuit::{Circuit, Literal, Node};

/// How much one question may cost, in looks at a node and beyond twenty at each, and how much all questions about
/// a contract may.
const STEPS_PER_QUESTION: usize = 200_000;
pub(super) const STEPS: usize = 60_000_000;

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// They can: with these candidates of the variables that matter.
    Possible(Vec<(usize, u8)>),
    Impossible,
    /// It took too long to tell.
    Open,
}

struct Conflict;

enum Undo {
    Truth(usize),
    Mask(usize, u64),
}

struct Decision {
    trail: usize,
    cursor: usize,
    slot: usize,
    bit: u64,
}

/// What is known while searching. It is empty between searches, and made once, since circuits are large.
#[derive(Default)]
pub(super) struct Search {
    /// `Some` for nodes whose truth is known.
    truth: Vec<Option<bool>>,
    /// The candidates left.
    masks: Vec<u64>,
    /// The nodes of this search carry its number.
    active: Vec<u32>,
    number: u32,
    queued: Vec<bool>,
    queue: Vec<u32>,
    trail: Vec<Undo>,
    slots: Vec<usize>,
    seen: Vec<u32>,
    /// How many variables cannot have their first candidate, and how many may.
    changed: usize,
    allowed: usize,
    steps: usize,
    limit: usize,
    /// All the steps that may still be done.
    pub(super) left: usize,
}

impl Search {
    /// Whether `roots` can hold together. `preferred` gives each variable's candidate to try first; no more
    /// than `allowed` variables may differ from their first candidate.
    pub(super) fn run(
        &mut self,
        circuit: &Circuit,
        roots: &[Literal],
        preferred: &[u8],
        allowed: usize,
    ) -> Outcome {
        self.begin(circuit, roots, allowed);
        self.limit = self.left.min(STEPS_PER_QUESTION + 20 * self.steps);
        let mut found = Ok(());
        for root in roots {
            found = found.and_then(|()| self.set(circuit, *root));
        }
        let outcome = match found {
            Ok(()) => self.decide(circuit, preferred),
            Err(Conflict) => Outcome::Impossible,
        };
        self.clear_queue();
        self.undo(0);
        self.left = self.left.saturating_sub(self.steps);
        outcome
    }

    fn begin(&mut self, circuit: &Circuit, roots: &[Literal], allowed: usize) {
        self.truth.resize(circuit.nodes.len(), None);
        self.truth[0] = Some(true);
        self.queued.resize(circuit.nodes.len(), false);
        self.active.resize(circuit.nodes.len(), 0);
        self.seen.resize(circuit.full.len(), 0);
        self.masks.extend_from_slice(&circuit.full[self.masks.len()..]);
        self.number += 1;
        (self.allowed, self.steps) = (allowed, 0);
        self.slots.clear();
        let mut waiting: Vec<usize> = roots.iter().map(|root| root.node()).collect();
        while let Some(node) = waiting.pop() {
            if std::mem::replace(&mut self.active[node], self.number) == self.number {
                continue;
            }
            self.steps += 1;
            let mut slot = |slot: usize| {
                if std::mem::replace(&mut self.seen[slot], self.number) != self.number {
                    self.slots.push(slot);
                }
            };
            match &circuit.nodes[node] {
                Node::True => {}
                Node::Unary { slot: only, .. } => slot(*only),
                Node::Binary { first, second, .. } => {
                    slot(*first);
                    slot(*second);
                }
                Node::All(of) | Node::Count { of, .. } => waiting.extend(of.iter().map(|part| part.node())),
            }
        }
        // What is nearest to the first root is decided first.
        self.slots.reverse();
    }

    fn decide(&mut self, circuit: &Circuit, preferred: &[u8]) -> Outcome {
        let mut decisions: Vec<Decision> = Vec::new();
        let (mut cursor, mut last) = (0, None);
        loop {
            if self.steps > self.limit {
                return Outcome::Open;
            }
            let mut found = self.propagate(circuit);
            if found.is_ok() {
                while self.slots.get(cursor).is_some_and(|slot| self.masks[*slot].is_power_of_two()) {
                    cursor += 1;
                }
                let Some(&next) = self.slots.get(cursor) else { return Outcome::Possible(self.answer()) };
                // What failed last is likely to fail again: the sooner the better.
                let slot = last.filter(|slot: &usize| !self.masks[*slot].is_power_of_two()).unwrap_or(next);
                let wanted = 1 << preferred.get(slot).copied().unwrap_or(0);
                let mask = self.masks[slot];
                let bit = if mask & wanted != 0 { wanted } else { mask & mask.wrapping_neg() };
                decisions.push(Decision { trail: self.trail.len(), cursor, slot, bit });
                found = self.narrow(circuit, slot, bit);
            }
            while found.is_err() {
                self.clear_queue();
                let Some(decision) = decisions.pop() else { return Outcome::Impossible };
                self.undo(decision.trail);
                (cursor, last) = (decision.cursor, Some(decision.slot));
                found = self.narrow(circuit, decision.slot, !decision.bit);
            }
        }
    }

    fn answer(&self) -> Vec<(usize, u8)> {
        let first = |slot: usize| u8::try_from(self.masks[slot].trailing_zeros()).unwrap_or(0);
        self.slots.iter().map(|slot| (*slot, first(*slot))).collect()
    }

    fn propagate(&mut self, circuit: &Circuit) -> Result<(), Conflict> {
        while let Some(node) = self.queue.pop() {
            self.queued[node as usize] = false;
            self.steps += 1;
            self.look(circuit, node as usize)?;
        }
        Ok(())
    }

    fn look(&mut self, circuit: &Circuit, node: usize) -> Result<(), Conflict> {
        let held = self.truth[node];
        let own = |truth: bool| own(node, truth);
        match &circuit.nodes[node] {
            Node::True => Ok(()),
            Node::Unary { slot, mask } => match held {
                Some(true) => self.narrow(circuit, *slot, *mask),
                Some(false) => self.narrow(circuit, *slot, !*mask),
                None if self.masks[*slot] & mask == 0 => self.set_node(circuit, own(false)),
                None if self.masks[*slot] & !mask == 0 => self.set_node(circuit, own(true)),
                None => Ok(()),
            },
            Node::Binary { first, second, rows } => self.look_at_pair(circuit, node, (*first, *second), rows),
            Node::All(of) => {
                self.steps += of.len() / 8;
                let known = |part: &Literal| self.truth[part.node()].map(|truth| part.of(truth));
                if of.iter().any(|part| known(part) == Some(false)) {
                    return self.set_node(circuit, own(false));
                }
                let mut unknown = of.iter().filter(|part| known(part).is_none());
                match (unknown.next().copied(), unknown.next(), held) {
                    (None, ..) => self.set_node(circuit, own(true)),
                    (Some(only), None, Some(false)) => self.set(circuit, !only),
                    (Some(_), _, Some(true)) => of.iter().try_for_each(|part| self.set(circuit, *part)),
                    _ => Ok(()),
                }
            }
            Node::Count { of, least, most } => {
                self.steps += of.len() / 8;
                let known = |part: &Literal| self.truth[part.node()].map(|truth| part.of(truth));
                let sure = of.iter().filter(|part| known(part) == Some(true)).count();
                let unknown: Vec<Literal> = of.iter().copied().filter(|part| known(part).is_none()).collect();
                if sure > *most || sure + unknown.len() < *least {
                    self.set_node(circuit, own(false))
                } else if sure >= *least && sure + unknown.len() <= *most {
                    self.set_node(circuit, own(true))
                } else if held == Some(true) && sure == *most {
                    unknown.into_iter().try_for_each(|part| self.set(circuit, !part))
                } else if held == Some(true) && sure + unknown.len() == *least {
                    unknown.into_iter().try_for_each(|part| self.set(circuit, part))
                } else {
                    Ok(())
                }
            }
        }
    }

    fn look_at_pair(
        &mut self,
        circuit: &Circuit,
        node: usize,
        (first, second): (usize, usize),
        rows: &[u64],
    ) -> Result<(), Conflict> {
        let (of_first, of_second) = (self.masks[first], self.masks[second]);
        let rows = || rows.iter().enumerate().filter(|(at, _)| of_first >> at & 1 == 1);
        let Some(held) = self.truth[node] else {
            if rows().all(|(_, row)| row & of_second == 0) {
                return self.set_node(circuit, own(node, false));
            }
            if rows().all(|(_, row)| !row & of_second == 0) {
                return self.set_node(circuit, own(node, true));
            }
            return Ok(());
        };
        let going = |row: &u64| if held { row & of_second } else { !row & of_second };
        let first_left = rows().filter(|(_, row)| going(row) != 0).fold(0, |mask, (at, _)| mask | 1 << at);
        let second_left = rows().fold(0, |mask, (_, row)| mask | going(row));
        self.narrow(circuit, first, first_left)?;
        self.narrow(circuit, second, second_left)
    }

    fn set(&mut self, circuit: &Circuit, literal: Literal) -> Result<(), Conflict> {
        self.set_node(circuit, (literal.node(), !literal.is_opposite()))
    }

    fn set_node(&mut self, circuit: &Circuit, (node, truth): (usize, bool)) -> Result<(), Conflict> {
        match self.truth[node] {
            Some(known) if known == truth => Ok(()),
            Some(_) => Err(Conflict),
            None => {
                self.truth[node] = Some(truth);
                self.trail.push(Undo::Truth(node));
                self.enqueue(node);
                circuit.parents[node].iter().for_each(|parent| self.enqueue(*parent as usize));
                Ok(())
            }
        }
    }

    fn narrow(&mut self, circuit: &Circuit, slot: usize, to: u64) -> Result<(), Conflict> {
        let (old, new) = (self.masks[slot], self.masks[slot] & to);
        if new == old {
            return Ok(());
        }
        if new == 0 {
            return Err(Conflict);
        }
        self.masks[slot] = new;
        self.trail.push(Undo::Mask(slot, old));
        self.changed += usize::from(old & !new & 1 == 1);
        if self.changed > self.allowed {
            return Err(Conflict);
        }
        circuit.atoms[slot].iter().for_each(|atom| self.enqueue(*atom as usize));
        Ok(())
    }

    fn enqueue(&mut self, node: usize) {
        if self.active[node] == self.number && !std::mem::replace(&mut self.queued[node], true) {
            self.queue.push(u32::try_from(node).unwrap_or(u32::MAX));
        }
    }

    fn clear_queue(&mut self) {
        for node in self.queue.drain(..) {
            self.queued[node as usize] = false;
        }
    }

    fn undo(&mut self, length: usize) {
        for undo in self.trail.drain(length..).rev() {
            match undo {
                Undo::Truth(node) => self.truth[node] = None,
                Undo::Mask(slot, old) => {
                    self.changed -= usize::from(old & !self.masks[slot] & 1 == 1);
                    self.masks[slot] = old;
                }
            }
        }
    }
}

fn own(node: usize, truth: bool) -> (usize, bool) {
    (node, truth)
}
