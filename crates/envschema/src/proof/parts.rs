//! The parts of a condition that have to hold together, and how they read.

use crate::condition::{ConditionId, Expression, Literal, Operand, Operator};
use crate::contract::Contract;

/// How many parts are followed into named conditions; a real condition comes nowhere near.
const MOST: usize = 200;

/// A part of a condition, or its opposite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Part<'a> {
    pub(super) expression: &'a Expression,
    /// Whether it has to hold, or to fail.
    pub(super) wanted: bool,
    /// The named condition it stands in, if it is not the one that was asked about.
    pub(super) owner: Option<ConditionId>,
}

/// The parts that all have to come out as wanted for `expression` to come out as `wanted`.
pub(super) fn parts<'a>(contract: &'a Contract, expression: &'a Expression, wanted: bool) -> Vec<Part<'a>> {
    let mut found: Vec<Part<'a>> = Vec::new();
    let mut waiting = vec![Part { expression, wanted, owner: None }];
    while let Some(part) = waiting.pop() {
        let within = |expression| Part { expression, ..part };
        match (part.expression, part.wanted) {
            (Expression::Not(inner), wanted) => waiting.push(Part { wanted: !wanted, ..within(inner) }),
            (Expression::All(of), true) | (Expression::Any(of), false) => {
                waiting.extend(of.iter().rev().map(within));
            }
            (Expression::Named(id), _) if found.len() + waiting.len() < MOST => {
                let inner = &contract.conditions()[*id].condition.root;
                waiting.push(Part { owner: Some(*id), ..within(inner) });
            }
            _ => {
                let known = |one: &Part<'_>| one.expression == part.expression && one.wanted == part.wanted;
                if !found.iter().any(known) {
                    found.push(part);
                }
            }
        }
    }
    found
}

impl Part<'_> {
    /// As it would be written in a condition.
    pub(super) fn text(&self, contract: &Contract) -> String {
        if self.wanted {
            return print(contract, self.expression, 0);
        }
        match self.expression {
            // The opposite in these two also when something is not set.
            Expression::Compare(operator @ (Operator::Equal | Operator::NotEqual), sort, left, right) => {
                let opposite = Expression::Compare(operator.negated(), *sort, left.clone(), right.clone());
                print(contract, &opposite, 0)
            }
            expression => format!("!{}", print(contract, expression, 3)),
        }
    }
}

/// With no more parentheses than needed: 1 inside `||`, 2 inside `&&`, 3 behind `!`.
fn print(contract: &Contract, expression: &Expression, level: u8) -> String {
    let within = |own: u8, text: String| if level > own { format!("({text})") } else { text };
    let joined = |parts: &[Expression], word: &str, own: u8| {
        let parts: Vec<_> = parts.iter().map(|part| print(contract, part, own + 1)).collect();
        within(own, parts.join(word))
    };
    let variable = |id: usize| contract.variables()[id].name.to_string();
    match expression {
        Expression::Constant(truth) => truth.to_string(),
        Expression::Truth(id) => variable(*id),
        Expression::Named(id) => contract.conditions()[*id].name.clone(),
        Expression::Has(id) => format!("has({})", variable(*id)),
        Expression::Compare(operator, _, left, right) => {
            let (left, right) = (operand(contract, left), operand(contract, right));
            within(2, format!("{left} {} {right}", operator.symbol()))
        }
        Expression::In(_, left, items) => {
            let items: Vec<_> = items.iter().map(Literal::to_string).collect();
            within(2, format!("{} in [{}]", operand(contract, left), items.join(", ")))
        }
        Expression::Not(inner) => format!("!{}", print(contract, inner, 3)),
        Expression::All(parts) => joined(parts, " && ", 1),
        Expression::Any(parts) => joined(parts, " || ", 0),
    }
}

fn operand(contract: &Contract, operand: &Operand) -> String {
    match operand {
        Operand::Variable(id) => contract.variables()[*id].name.to_string(),
        Operand::Environment => "environment".to_owned(),
        Operand::Literal(literal) => literal.to_string(),
    }
}

/// The variable that a single comparison asks about, if it is one alone.
pub(super) fn only_variable(expression: &Expression) -> Option<usize> {
    match expression {
        Expression::Truth(id) | Expression::Has(id) => Some(*id),
        Expression::Compare(_, _, Operand::Variable(id), Operand::Literal(_))
        | Expression::Compare(_, _, Operand::Literal(_), Operand::Variable(id))
        | Expression::In(_, Operand::Variable(id), _) => Some(*id),
        _ => None,
    }
}
