//! [`Compiled`]: the conditions, rules and requirements of one view as a circuit.
//!
//! Single comparisons are judged by the same code that judges values: each for every candidate, or for every two.

use std::collections::HashMap;

use crate::condition::{Condition, ConditionId, Expression, Facts, Operand, VariableId, holds};
use crate::contract::Contract;
use crate::rule::{Rule, RuleKind};
use crate::variable::Presence;

use super::circuit::{Circuit, Literal};
use super::domain::{Candidate, Domain, Domains, is_set};

/// What an environment has to meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Constraint {
    /// A variable is set, always or while its condition holds.
    Presence(VariableId),
    /// The rule of this number holds.
    Rule(usize),
}

pub(super) struct Compiled {
    pub(super) contract: Contract,
    pub(super) circuit: Circuit,
    pub(super) domains: Domains,
    pub(super) constraints: Vec<(Constraint, Literal)>,
    /// The place of each variable in the circuit, for those that something asks about.
    pub(super) slots: Vec<Option<usize>>,
    /// The variable at each place; `None` for what is not modelled.
    pub(super) variables: Vec<Option<VariableId>>,
    conditions: Vec<Literal>,
    vague: HashMap<String, Literal>,
}

impl Compiled {
    pub(super) fn new(contract: Contract) -> Self {
        let domains = Domains::new(&contract);
        let mut made = Self {
            circuit: Circuit::new(),
            constraints: Vec::new(),
            slots: vec![None; contract.variables().len()],
            variables: Vec::new(),
            conditions: vec![Literal::TRUE; contract.conditions().len()],
            vague: HashMap::new(),
            domains,
            contract,
        };
        for id in 0..made.slots.len() {
            if let Some(domain) = &made.domains.of[id] {
                made.slots[id] = Some(made.circuit.slot(domain.candidates.len()));
                made.variables.push(Some(id));
            }
        }
        let contract = made.contract.clone();
        for &id in &*contract.condition_order {
            made.conditions[id] = made.condition(&contract.conditions()[id].condition);
        }
        for (id, variable) in contract.variables().iter().enumerate() {
            let literal = match &variable.presence {
                Presence::Optional => continue,
                Presence::Required => made.set(id),
                Presence::When(condition) => {
                    let condition = made.condition(condition);
                    // A variable that nothing asks about can always be set.
                    let set = made.set(id);
                    made.circuit.any([!condition, set])
                }
            };
            made.constrain(Constraint::Presence(id), literal);
        }
        for (number, rule) in contract.rules().iter().enumerate() {
            let literal = made.rule(rule);
            made.constrain(Constraint::Rule(number), literal);
        }
        made
    }

    fn constrain(&mut self, constraint: Constraint, literal: Literal) {
        if literal != Literal::TRUE {
            self.constraints.push((constraint, literal));
        }
    }

    /// A condition as a part of the circuit.
    pub(super) fn condition(&mut self, condition: &Condition) -> Literal {
        self.expression(&condition.root)
    }

    pub(super) fn expression(&mut self, expression: &Expression) -> Literal {
        match expression {
            Expression::Constant(true) => Literal::TRUE,
            Expression::Constant(false) => Literal::FALSE,
            Expression::Named(id) => self.named(*id),
            Expression::Not(inner) => !self.expression(inner),
            Expression::All(parts) => {
                let parts = parts.iter().map(|part| self.expression(part)).collect();
                self.circuit.all(parts)
            }
            Expression::Any(parts) => {
                let parts: Vec<_> = parts.iter().map(|part| self.expression(part)).collect();
                self.circuit.any(parts)
            }
            Expression::Truth(_) | Expression::Has(_) | Expression::Compare(..) | Expression::In(..) => {
                self.atom(expression)
            }
        }
    }

    pub(super) fn named(&self, id: ConditionId) -> Literal {
        self.conditions[id]
    }

    /// That a variable is set.
    pub(super) fn set(&mut self, id: VariableId) -> Literal {
        let (Some(domain), Some(slot)) = (&self.domains.of[id], self.slots[id]) else { return Literal::TRUE };
        let variable = &self.contract.variables()[id];
        let mask = domain.mask(|candidate| is_set(variable, candidate.text.as_deref()));
        self.circuit.unary(slot, mask)
    }

    /// That a variable has one of the candidates.
    pub(super) fn has_one_of(&mut self, id: VariableId, mask: u64) -> Literal {
        self.slots[id].map_or(Literal::TRUE, |slot| self.circuit.unary(slot, mask))
    }

    fn domain(&self, id: VariableId) -> Option<(&Domain, usize)> {
        Some((self.domains.of[id].as_ref()?, self.slots[id]?))
    }

    fn atom(&mut self, expression: &Expression) -> Literal {
        let asked = asked(expression);
        let given: Vec<_> = asked.iter().filter_map(|id| self.domain(*id)).collect();
        let vague = given.iter().any(|(domain, _)| domain.vague) && !matches!(expression, Expression::Has(_));
        if vague {
            let known = format!("{expression:?}");
            if let Some(literal) = self.vague.get(&known) {
                return *literal;
            }
            let literal = self.circuit.vague();
            self.variables.push(None);
            self.vague.insert(known, literal);
            return literal;
        }
        let judge = |candidates: [Option<&Candidate>; 2]| {
            let given = std::array::from_fn(|at| Some((*asked.get(at)?, candidates[at]?)));
            holds(expression, &Guess { contract: &self.contract, given })
        };
        match given.as_slice() {
            [(domain, slot)] => {
                let (mask, slot) = (domain.mask(|candidate| judge([Some(candidate), None])), *slot);
                self.circuit.unary(slot, mask)
            }
            [(first, first_slot), (second, second_slot)] => {
                let row = |one| second.mask(|other| judge([Some(one), Some(other)]));
                let rows: Vec<u64> = first.candidates.iter().map(row).collect();
                let (first_slot, second_slot) = (*first_slot, *second_slot);
                self.circuit.binary(first_slot, second_slot, rows)
            }
            _ if judge([None, None]) => Literal::TRUE,
            _ => Literal::FALSE,
        }
    }

    fn rule(&mut self, rule: &Rule) -> Literal {
        let set = |made: &mut Self, ids: &[VariableId]| -> Vec<Literal> {
            ids.iter().map(|id| made.set(*id)).collect()
        };
        let asked = match &rule.kind {
            RuleKind::OneOf(ids) => {
                let set = set(self, ids);
                self.circuit.count(&set, 1, 1)
            }
            RuleKind::AtLeastOne(ids) => {
                let set = set(self, ids);
                self.circuit.any(set)
            }
            RuleKind::AllOrNone(ids) => {
                let set = set(self, ids);
                let none = self.circuit.all(set.iter().map(|one| !*one).collect());
                let all = self.circuit.all(set);
                self.circuit.any([all, none])
            }
            RuleKind::Excludes(ids) => {
                let set = set(self, ids);
                self.circuit.count(&set, 0, 1)
            }
            RuleKind::Distinct(ids) => {
                let ids = self.domains.comparable(&self.contract, ids);
                let pairs = ids
                    .iter()
                    .enumerate()
                    .flat_map(|(at, one)| ids[at + 1..].iter().map(move |other| (*one, *other)));
                let differ = pairs.map(|(one, other)| !self.same(one, other)).collect();
                self.circuit.all(differ)
            }
            RuleKind::Requires(first, then) => {
                let then = set(self, then);
                let (first, then) = (self.set(*first), self.circuit.all(then));
                self.circuit.any([!first, then])
            }
            RuleKind::Assert(condition) => self.condition(condition),
        };
        match &rule.when {
            Some(when) => {
                let when = self.condition(when);
                self.circuit.any([!when, asked])
            }
            None => asked,
        }
    }

    /// That two variables have the same text, which is not empty.
    fn same(&mut self, one: VariableId, other: VariableId) -> Literal {
        let (Some((first, first_slot)), Some((second, second_slot))) = (self.domain(one), self.domain(other))
        else {
            return Literal::FALSE;
        };
        if first.vague || second.vague {
            return Literal::FALSE;
        }
        let filled = |candidate: &Candidate| candidate.text.as_deref().is_some_and(|text| !text.is_empty());
        let row = |one: &Candidate| second.mask(|other| filled(one) && one.text == other.text);
        let rows = first.candidates.iter().map(row).collect();
        self.circuit.binary(first_slot, second_slot, rows)
    }
}

/// The variables that a single comparison asks about, each once.
fn asked(expression: &Expression) -> Vec<VariableId> {
    let operand = |operand: &Operand| match operand {
        Operand::Variable(id) => Some(*id),
        Operand::Environment | Operand::Literal(_) => None,
    };
    let mut ids: Vec<_> = match expression {
        Expression::Truth(id) | Expression::Has(id) => vec![*id],
        Expression::Compare(_, _, left, right) => [left, right].into_iter().filter_map(operand).collect(),
        Expression::In(_, left, _) => operand(left).into_iter().collect(),
        _ => Vec::new(),
    };
    ids.dedup();
    ids
}

/// What a single comparison is judged by: a candidate for each variable that it asks about.
struct Guess<'a> {
    contract: &'a Contract,
    given: [Option<(VariableId, &'a Candidate)>; 2],
}

impl Facts for Guess<'_> {
    fn text(&self, variable: VariableId) -> Option<&str> {
        let (_, candidate) = self.given.iter().flatten().find(|(id, _)| *id == variable)?;
        candidate.text.as_deref()
    }

    fn is_set(&self, variable: VariableId) -> bool {
        is_set(&self.contract.variables()[variable], self.text(variable))
    }

    fn named(&self, _: ConditionId) -> bool {
        false
    }

    fn environment(&self) -> Option<&str> {
        self.contract.environment()
    }
}
