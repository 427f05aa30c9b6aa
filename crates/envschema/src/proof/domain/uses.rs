//! [`Uses`]: what conditions and rules ask about each variable, and which variables they compare.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::condition::{Expression, Literal, Operand, Sort, VariableId};
use crate::contract::Contract;
use crate::rule::RuleKind;
use crate::types::{EnumType, ValueType};

use super::is_number;

/// More variables in one rule `distinct` are not followed: every two of them would be compared.
const MOST_DISTINCT: usize = 12;

#[derive(Default)]
pub(super) struct Uses {
    /// The literals that each variable is compared with.
    pub(super) literals: HashMap<VariableId, Vec<Literal>>,
    /// Texts are compared without case here, with another variable.
    pub(super) folded: HashSet<VariableId>,
    /// Variables that something asks about, each with one that it is linked with, at last with itself.
    links: BTreeMap<VariableId, VariableId>,
    /// Variables whose text is compared with anything at all.
    compared: HashSet<VariableId>,
}

impl Uses {
    pub(super) fn new(contract: &Contract) -> Self {
        let mut uses = Self::default();
        let environment = contract.environment();
        contract.each_condition(|condition| uses.expression(&condition.root, environment));
        for rule in contract.rules() {
            match &rule.kind {
                RuleKind::OneOf(ids)
                | RuleKind::AtLeastOne(ids)
                | RuleKind::AllOrNone(ids)
                | RuleKind::Excludes(ids) => ids.iter().for_each(|id| uses.note(*id)),
                RuleKind::Requires(first, then) => {
                    uses.note(*first);
                    then.iter().for_each(|id| uses.note(*id));
                }
                RuleKind::Distinct(_) | RuleKind::Assert(_) => {}
            }
        }
        // After all else is known: only what is compared with something can be forced to be equal.
        for rule in contract.rules() {
            if let RuleKind::Distinct(ids) = &rule.kind {
                let ids = uses.comparable(contract, ids);
                ids.windows(2).for_each(|pair| uses.link(pair[0], pair[1]));
            }
        }
        uses
    }

    /// The variables of a rule `distinct` that could be forced to be equal: the others can always have a text of
    /// their own, be it another spelling of the same number.
    pub(super) fn comparable(&self, contract: &Contract, ids: &[VariableId]) -> Vec<VariableId> {
        let forced = |id: &VariableId| match &contract.variables()[*id].kind {
            ValueType::Enum(EnumType { ignore_case, .. }) => !ignore_case,
            ValueType::Boolean => false,
            kind => !is_number(kind) && self.compared.contains(id),
        };
        let ids: Vec<_> = ids.iter().copied().filter(forced).collect();
        if ids.len() > MOST_DISTINCT { Vec::new() } else { ids }
    }

    /// The variables that something asks about, in groups of those that are compared with each other.
    pub(super) fn linked(&self) -> Vec<Vec<VariableId>> {
        let mut groups: BTreeMap<VariableId, Vec<VariableId>> = BTreeMap::new();
        for id in self.links.keys() {
            groups.entry(self.root(*id)).or_default().push(*id);
        }
        groups.into_values().collect()
    }

    fn note(&mut self, id: VariableId) {
        self.links.entry(id).or_insert(id);
    }

    fn root(&self, mut id: VariableId) -> VariableId {
        while let Some(&next) = self.links.get(&id).filter(|next| **next != id) {
            id = next;
        }
        id
    }

    fn link(&mut self, one: VariableId, other: VariableId) {
        self.note(one);
        self.note(other);
        self.compared.extend([one, other]);
        let (one, other) = (self.root(one), self.root(other));
        self.links.insert(one.max(other), one.min(other));
    }

    fn compare(&mut self, id: VariableId, literal: Literal) {
        self.note(id);
        self.compared.insert(id);
        self.literals.entry(id).or_default().push(literal);
    }

    fn expression(&mut self, expression: &Expression, environment: Option<&str>) {
        match expression {
            Expression::Constant(_) | Expression::Named(_) => {}
            Expression::Truth(id) | Expression::Has(id) => self.note(*id),
            Expression::Compare(_, sort, left, right) => match (left, right) {
                (Operand::Variable(one), Operand::Variable(other)) => {
                    self.link(*one, *other);
                    if *sort == Sort::Folded {
                        self.folded.extend([*one, *other]);
                    }
                }
                (Operand::Variable(id), Operand::Literal(literal))
                | (Operand::Literal(literal), Operand::Variable(id)) => self.compare(*id, literal.clone()),
                (Operand::Variable(id), Operand::Environment)
                | (Operand::Environment, Operand::Variable(id)) => {
                    self.note(*id);
                    if *sort == Sort::Folded {
                        self.folded.insert(*id);
                    }
                    if let Some(name) = environment {
                        self.compare(*id, Literal::Text(name.to_owned()));
                    }
                }
                _ => {}
            },
            Expression::In(_, left, items) => {
                if let Operand::Variable(id) = left {
                    self.note(*id);
                    items.iter().for_each(|item| self.compare(*id, item.clone()));
                }
            }
            Expression::Not(inner) => self.expression(inner, environment),
            Expression::All(parts) | Expression::Any(parts) => {
                parts.iter().for_each(|part| self.expression(part, environment));
            }
        }
    }
}
