//! What a condition asks, without names of conditions: for those who state it in another language.

use super::ast::{Condition, Expression, Literal, Operand, Operator, Sort, VariableId};
use crate::contract::Contract;

/// Parts that are looked at, at most. Named conditions that use each other often would make more than anybody reads.
const MOST_PARTS: usize = 2_000;

/// What a condition asks. Named conditions are put in where they stand.
///
/// ```
/// use envschema::{Asks, Presence, Schema};
///
/// let schema = Schema::parse("envschema.toml", r#"
///     [schema]
///     name = "shop"
///     [vars.PROVIDER]
///     type = "enum"
///     values = ["a", "b"]
///     [vars.A_KEY]
///     required = 'PROVIDER == "a"'
/// "#)?;
/// let contract = schema.base();
/// let Presence::When(condition) = &contract.variables()[1].presence else { unreachable!() };
/// let asks = contract.asks(condition);
/// assert_eq!(asks, Asks::OneOf { variable: 0, texts: vec!["a".to_owned()], ignore_case: false });
/// assert_eq!(asks.decided(0, Some("a")), Some(true));
/// assert_eq!(asks.decided(0, None), Some(false));
/// # Ok::<(), envschema::SchemaErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Asks {
    /// It always or never holds.
    Constant(bool),
    /// The variable has one of these texts. One that is not set has none.
    OneOf {
        /// The variable.
        variable: VariableId,
        /// The texts, such as `true` and `1` for a boolean.
        texts: Vec<String>,
        /// Whether ASCII case is ignored.
        ignore_case: bool,
    },
    /// The variable is set.
    Set(VariableId),
    /// A comparison of numbers or of two variables, or one with an environment that nobody chose.
    Open,
    /// The opposite.
    Not(Box<Asks>),
    /// All of these hold.
    All(Vec<Asks>),
    /// One of these holds, or more.
    Any(Vec<Asks>),
}

impl Contract {
    /// What a condition of this contract asks.
    #[must_use]
    pub fn asks(&self, condition: &Condition) -> Asks {
        let mut parts = 0;
        self.asks_of(&condition.root, &mut parts)
    }

    fn asks_of(&self, expression: &Expression, parts: &mut usize) -> Asks {
        *parts += 1;
        if *parts > MOST_PARTS {
            return Asks::Open;
        }
        match expression {
            Expression::Constant(truth) => Asks::Constant(*truth),
            Expression::Truth(variable) => {
                self.equal(Sort::Boolean, &Operand::Variable(*variable), &[Literal::Boolean(true)])
            }
            Expression::Named(condition) => {
                self.asks_of(&self.named_condition(*condition).condition.root, parts)
            }
            Expression::Has(variable) => Asks::Set(*variable),
            Expression::Compare(operator, sort, left, right) => match (left, right) {
                (asked, Operand::Literal(literal)) | (Operand::Literal(literal), asked) => {
                    let is_equality = !operator.is_order();
                    let equal = is_equality.then(|| self.equal(*sort, asked, std::slice::from_ref(literal)));
                    match (equal.unwrap_or(Asks::Open), operator) {
                        (Asks::Open, _) => Asks::Open,
                        (equal, Operator::NotEqual) => Asks::Not(Box::new(equal)),
                        (equal, _) => equal,
                    }
                }
                _ => Asks::Open,
            },
            Expression::In(sort, left, items) => self.equal(*sort, left, items),
            Expression::Not(inner) => match self.asks_of(inner, parts) {
                Asks::Open => Asks::Open,
                inner => Asks::Not(Box::new(inner)),
            },
            Expression::All(of) => Asks::All(of.iter().map(|part| self.asks_of(part, parts)).collect()),
            Expression::Any(of) => Asks::Any(of.iter().map(|part| self.asks_of(part, parts)).collect()),
        }
    }

    /// That an operand is one of these.
    fn equal(&self, sort: Sort, operand: &Operand, items: &[Literal]) -> Asks {
        match operand {
            Operand::Environment => self.environment().map_or(Asks::Open, |name| {
                Asks::Constant(items.iter().any(|item| item.text() == Some(name)))
            }),
            Operand::Variable(variable) => match sort {
                Sort::Number => Asks::Open,
                Sort::Boolean => {
                    let wanted = |truth| items.contains(&Literal::Boolean(truth));
                    let texts = [(true, ["true", "1"]), (false, ["false", "0"])];
                    let texts = texts.into_iter().filter(|(truth, _)| wanted(*truth));
                    let texts = texts.flat_map(|(_, texts)| texts).map(str::to_owned).collect();
                    Asks::OneOf { variable: *variable, texts, ignore_case: false }
                }
                Sort::Text | Sort::Folded => {
                    let texts = items.iter().filter_map(Literal::text).map(str::to_owned).collect();
                    Asks::OneOf { variable: *variable, texts, ignore_case: sort == Sort::Folded }
                }
            },
            Operand::Literal(_) => Asks::Open,
        }
    }
}

impl Asks {
    /// Whether it holds when nothing is known but the text of one variable, `None` if that is not set. `None` if that
    /// is not enough to tell.
    #[must_use]
    pub fn decided(&self, known: VariableId, text: Option<&str>) -> Option<bool> {
        match self {
            Self::Constant(truth) => Some(*truth),
            Self::OneOf { variable, texts, ignore_case } if *variable == known => {
                let same = |one: &String, text: &str| {
                    if *ignore_case { one.eq_ignore_ascii_case(text) } else { one == text }
                };
                Some(text.is_some_and(|text| texts.iter().any(|one| same(one, text))))
            }
            Self::Set(variable) if *variable == known => Some(text.is_some()),
            Self::OneOf { .. } | Self::Set(_) | Self::Open => None,
            Self::Not(inner) => inner.decided(known, text).map(|holds| !holds),
            Self::All(of) => settled(of, known, text, false),
            Self::Any(of) => settled(of, known, text, true),
        }
    }

    /// Tells every variable that is asked about, as often as it is.
    pub fn each_variable(&self, tell: &mut dyn FnMut(VariableId)) {
        match self {
            Self::Constant(_) | Self::Open => {}
            Self::OneOf { variable, .. } | Self::Set(variable) => tell(*variable),
            Self::Not(inner) => inner.each_variable(tell),
            Self::All(of) | Self::Any(of) => of.iter().for_each(|part| part.each_variable(tell)),
        }
    }
}

/// Of several parts: `settles` as soon as one is that, the opposite when all are.
fn settled(of: &[Asks], known: VariableId, text: Option<&str>, settles: bool) -> Option<bool> {
    let mut all_known = true;
    for part in of {
        match part.decided(known, text) {
            Some(holds) if holds == settles => return Some(settles),
            Some(_) => {}
            None => all_known = false,
        }
    }
    all_known.then_some(!settles)
}
