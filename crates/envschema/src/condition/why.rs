//! Why a condition holds or not, as a tree of terms with their values and places.

use std::fmt;

use indexmap::IndexSet;
use serde::Serialize;

use super::ast::{Expression, Literal, Operand, Operator, Sort, VariableId};
use super::evaluate::{Facts, holds, truth_of};
use crate::place::Place;

/// What a reason may show of a variable's value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "state", content = "value")]
#[non_exhaustive]
pub enum Shown {
    /// The variable is not set.
    Unset,
    /// The text of a variable that is not secret.
    Plain(String),
    /// The variable is set; its value is secret.
    Secret,
}

/// A judged condition: what was asked, whether it held, and the parts that made it so.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
#[non_exhaustive]
pub enum Why {
    /// A single question about a variable or the environment.
    Term {
        /// The question in the words of the contract, such as `DEFAULT_SANDBOX_PROVIDER == "e2b"`.
        asked: String,
        /// The opposite question, which is what is true when the term does not hold.
        opposite: String,
        /// Whether it holds.
        holds: bool,
        /// The variable asked about; absent for `environment` and constants.
        #[serde(skip_serializing_if = "Option::is_none")]
        variable: Option<String>,
        /// Its value, masked when secret.
        found: Shown,
        /// Where the value stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<Place>,
    },
    /// A named condition.
    Named {
        /// The name.
        name: String,
        /// Whether it holds.
        holds: bool,
        /// Its own reason.
        of: Box<Why>,
    },
    /// The opposite of something.
    Not {
        /// Whether the whole holds.
        holds: bool,
        /// What is denied.
        of: Box<Why>,
    },
    /// All of these.
    All {
        /// Whether all hold.
        holds: bool,
        /// The parts.
        of: Vec<Why>,
    },
    /// Any of these.
    Any {
        /// Whether one of them holds.
        holds: bool,
        /// The parts.
        of: Vec<Why>,
    },
}

impl Why {
    /// Whether it holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        match self {
            Self::Term { holds, .. }
            | Self::Named { holds, .. }
            | Self::Not { holds, .. }
            | Self::All { holds, .. }
            | Self::Any { holds, .. } => *holds,
        }
    }

    /// The questions that decided the outcome, in order, each once.
    #[must_use]
    pub fn decisive(&self) -> Vec<&Self> {
        let mut found = IndexSet::new();
        self.collect(&mut found);
        found.into_iter().collect()
    }

    fn collect<'a>(&'a self, found: &mut IndexSet<&'a Self>) {
        match self {
            Self::Term { .. } => {
                found.insert(self);
            }
            Self::Named { of, .. } | Self::Not { of, .. } => of.collect(found),
            // One part decides an "any" that holds and an "all" that does not; otherwise every part does.
            Self::All { holds: false, of } => {
                of.iter().filter(|part| !part.holds()).take(1).for_each(|part| part.collect(found));
            }
            Self::Any { holds: true, of } => {
                of.iter().filter(|part| part.holds()).take(1).for_each(|part| part.collect(found));
            }
            Self::All { of, .. } | Self::Any { of, .. } => of.iter().for_each(|part| part.collect(found)),
        }
    }
}

/// The decisive terms on one line: `DEFAULT_SANDBOX_PROVIDER == "e2b" (.env.prod:14)`.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, term) in self.decisive().into_iter().enumerate() {
            if index > 0 {
                f.write_str(" and ")?;
            }
            let Self::Term { asked, opposite, holds, place, .. } = term else { continue };
            f.write_str(if *holds { asked } else { opposite })?;
            if let Some(place) = place {
                write!(f, " ({place})")?;
            }
        }
        Ok(())
    }
}

/// What a reason needs to know beyond the facts.
pub(crate) trait Telling: Facts {
    fn name(&self, variable: VariableId) -> &str;
    fn is_secret(&self, variable: VariableId) -> bool;
    fn place(&self, variable: VariableId) -> Option<Place>;
    fn condition(&self, condition: usize) -> (&str, &Expression);
}

/// How many named conditions a reason spells out, and how deep. A real contract comes nowhere near; one where
/// each condition mentions another twice would double the reason at every step.
const MOST_NAMED: usize = 200;
const DEEPEST_NAMED: usize = 20;

pub(crate) fn why(expression: &Expression, facts: &dyn Telling) -> Why {
    Teller { facts, named: 0, depth: 0 }.tell(expression)
}

struct Teller<'a> {
    facts: &'a dyn Telling,
    named: usize,
    depth: usize,
}

impl Teller<'_> {
    fn tell(&mut self, expression: &Expression) -> Why {
        let facts = self.facts;
        let holds = holds(expression, as_facts(facts));
        match expression {
            Expression::Constant(truth) => constant(truth.to_string(), holds),
            Expression::Truth(variable) => {
                let name = facts.name(*variable);
                let opposite = match facts.text(*variable).map(truth_of) {
                    Some(Some(false)) => format!("{name} is false"),
                    _ if facts.is_set(*variable) => format!("{name} is not true"),
                    _ => format!("{name} is not set"),
                };
                term(facts, Some(*variable), holds, format!("{name} is true"), opposite)
            }
            Expression::Has(variable) => {
                let name = facts.name(*variable);
                term(facts, Some(*variable), holds, format!("{name} is set"), format!("{name} is not set"))
            }
            Expression::Compare(operator, sort, left, right) => {
                compared(facts, *operator, *sort, left, right, holds)
            }
            Expression::In(_, left, items) => {
                let (subject, variable) = subject(facts, left);
                let list = match variable {
                    Some(id) if facts.is_secret(id) => "secret".to_owned(),
                    _ => items.iter().map(Literal::to_string).collect::<Vec<_>>().join(", "),
                };
                let opposite = match left {
                    Operand::Variable(id) if !facts.is_set(*id) => format!("{subject} is not set"),
                    _ => format!("{subject} is not in [{list}]"),
                };
                term(facts, variable, holds, format!("{subject} in [{list}]"), opposite)
            }
            Expression::Named(condition) => {
                let (name, inner) = facts.condition(*condition);
                self.named += 1;
                if self.named > MOST_NAMED || self.depth >= DEEPEST_NAMED {
                    return constant(format!("{name} is {holds}"), holds);
                }
                self.depth += 1;
                let of = Box::new(self.tell(inner));
                self.depth -= 1;
                Why::Named { name: name.to_owned(), holds, of }
            }
            Expression::Not(inner) => Why::Not { holds, of: Box::new(self.tell(inner)) },
            Expression::All(parts) => {
                Why::All { holds, of: parts.iter().map(|part| self.tell(part)).collect() }
            }
            Expression::Any(parts) => {
                Why::Any { holds, of: parts.iter().map(|part| self.tell(part)).collect() }
            }
        }
    }
}

/// Something that is told in the same words whatever the variables are.
fn constant(text: String, holds: bool) -> Why {
    Why::Term { asked: text.clone(), opposite: text, holds, variable: None, found: Shown::Unset, place: None }
}

fn as_facts(facts: &dyn Telling) -> &dyn Facts {
    facts
}

fn compared(
    facts: &dyn Telling,
    operator: Operator,
    sort: Sort,
    left: &Operand,
    right: &Operand,
    holds: bool,
) -> Why {
    let ((left_text, left_variable), (right_text, right_variable)) =
        (subject(facts, left), subject(facts, right));
    let variables = || [left_variable, right_variable].into_iter().flatten();
    let secret = variables().any(|id| facts.is_secret(id));
    // Beside a secret, a value of the contract would tell what the secret is, or is not.
    let shown = |text: String, operand: &Operand| match operand {
        Operand::Literal(_) if secret => "[secret]".to_owned(),
        _ => text,
    };
    let (left_text, right_text) = (shown(left_text, left), shown(right_text, right));
    let asked = format!("{left_text} {} {right_text}", operator.symbol());
    let unset = variables().find(|id| !facts.is_set(*id));
    let not_number =
        || variables().find(|id| facts.text(*id).is_some_and(|text| text.parse::<f64>().is_err()));
    let opposite = match (unset, sort) {
        (Some(id), _) => format!("{} is not set", facts.name(id)),
        (None, Sort::Number) if let Some(id) = not_number() => format!("{} is not a number", facts.name(id)),
        (None, _) => format!("{left_text} {} {right_text}", operator.negated().symbol()),
    };
    // An unset variable makes `!=` true, and then that is the reason to tell.
    let asked = if holds && unset.is_some() { opposite.clone() } else { asked };
    let told = term(facts, left_variable.or(right_variable), holds, asked, opposite);
    match told {
        Why::Term { asked, opposite, holds, variable, found: Shown::Plain(_), place } if secret => {
            Why::Term { asked, opposite, holds, variable, found: Shown::Secret, place }
        }
        told => told,
    }
}

fn subject(facts: &dyn Telling, operand: &Operand) -> (String, Option<VariableId>) {
    match operand {
        Operand::Variable(id) => (facts.name(*id).to_owned(), Some(*id)),
        Operand::Environment => ("environment".to_owned(), None),
        Operand::Literal(literal) => (literal.to_string(), None),
    }
}

fn term(
    facts: &dyn Telling,
    variable: Option<VariableId>,
    holds: bool,
    asked: String,
    opposite: String,
) -> Why {
    let found = match variable.map(|id| (id, facts.text(id))) {
        Some((id, Some(_))) if facts.is_secret(id) => Shown::Secret,
        Some((_, Some(text))) => Shown::Plain(text.to_owned()),
        Some((id, None)) if facts.is_set(id) => Shown::Secret,
        Some((_, None)) => Shown::Unset,
        None => facts.environment().map_or(Shown::Unset, |name| Shown::Plain(name.to_owned())),
    };
    let place = variable.and_then(|id| facts.place(id));
    Why::Term { asked, opposite, holds, variable: variable.map(|id| facts.name(id).to_owned()), found, place }
}
