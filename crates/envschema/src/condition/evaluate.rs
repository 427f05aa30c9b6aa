//! Judging a condition: true or false, quickly and without allocation.
//!
//! A variable that is not set makes `==` false and `!=` true, and every other comparison false; it is never
//! an error. The same goes for a text that is compared as a number or boolean and is none: that is reported
//! elsewhere.

use super::ast::{ConditionId, Expression, Literal, Operand, Operator, Sort, VariableId};

/// What conditions are judged by.
pub(crate) trait Facts {
    /// The text of a variable, its default included; `None` if it is not set.
    fn text(&self, variable: VariableId) -> Option<&str>;
    /// Whether a variable is set, be its text known or not. An empty text counts where the contract allows it.
    fn is_set(&self, variable: VariableId) -> bool;
    /// Whether a named condition holds.
    fn named(&self, condition: ConditionId) -> bool;
    /// The environment chosen, if any.
    fn environment(&self) -> Option<&str>;
}

pub(crate) fn holds(expression: &Expression, facts: &dyn Facts) -> bool {
    match expression {
        Expression::Constant(truth) => *truth,
        Expression::Truth(variable) => facts.text(*variable).and_then(truth_of) == Some(true),
        Expression::Named(condition) => facts.named(*condition),
        Expression::Has(variable) => facts.is_set(*variable),
        Expression::Compare(operator, sort, left, right) => match (value(left, facts), value(right, facts)) {
            (Some(left), Some(right)) => compares(*operator, *sort, &left, &right),
            _ => *operator == Operator::NotEqual,
        },
        Expression::In(sort, left, items) => value(left, facts).is_some_and(|left| {
            items.iter().any(|item| compares(Operator::Equal, *sort, &left, &Value::of(item)))
        }),
        Expression::Not(inner) => !holds(inner, facts),
        Expression::All(parts) => parts.iter().all(|part| holds(part, facts)),
        Expression::Any(parts) => parts.iter().any(|part| holds(part, facts)),
    }
}

/// `true` and `1`, `false` and `0`; anything else is no boolean.
pub(crate) fn truth_of(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

enum Value<'a> {
    Text(&'a str),
    Integer(i64),
    Boolean(bool),
}

impl<'a> Value<'a> {
    fn of(literal: &'a Literal) -> Self {
        match literal {
            Literal::Text(text) => Self::Text(text),
            Literal::Integer(number) => Self::Integer(*number),
            Literal::Boolean(truth) => Self::Boolean(*truth),
        }
    }

    fn boolean(&self) -> Option<bool> {
        match self {
            Self::Boolean(truth) => Some(*truth),
            Self::Text(text) => truth_of(text),
            Self::Integer(_) => None,
        }
    }

    fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Integer(_) | Self::Boolean(_) => "",
        }
    }

    fn integer(&self) -> Option<i64> {
        match self {
            Self::Integer(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            Self::Boolean(_) => None,
        }
    }

    fn number(&self) -> Option<f64> {
        match self {
            #[expect(
                clippy::cast_precision_loss,
                reason = "compared with a decimal, which is no more precise"
            )]
            Self::Integer(number) => Some(*number as f64),
            Self::Text(text) => text.parse().ok().filter(|number: &f64| number.is_finite()),
            Self::Boolean(_) => None,
        }
    }
}

fn value<'a>(operand: &'a Operand, facts: &'a dyn Facts) -> Option<Value<'a>> {
    match operand {
        Operand::Variable(variable) => facts.text(*variable).map(Value::Text),
        Operand::Environment => facts.environment().map(Value::Text),
        Operand::Literal(literal) => Some(Value::of(literal)),
    }
}

fn compares(operator: Operator, sort: Sort, left: &Value<'_>, right: &Value<'_>) -> bool {
    let ordering = match sort {
        Sort::Text => Some(left.text().cmp(right.text())),
        Sort::Folded => {
            let same = left.text().eq_ignore_ascii_case(right.text());
            Some(if same { std::cmp::Ordering::Equal } else { std::cmp::Ordering::Less })
        }
        Sort::Boolean => left.boolean().zip(right.boolean()).map(|(left, right)| left.cmp(&right)),
        // Whole numbers are compared as such: a decimal cannot tell 2^53 from 2^53 + 1.
        Sort::Number => match (left.integer(), right.integer()) {
            (Some(left), Some(right)) => Some(left.cmp(&right)),
            _ => left.number().zip(right.number()).and_then(|(left, right)| left.partial_cmp(&right)),
        },
    };
    ordering.map_or(operator == Operator::NotEqual, |ordering| operator.accepts(ordering))
}
