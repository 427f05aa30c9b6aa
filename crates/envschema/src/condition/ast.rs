//! The tree of a condition after names were looked up.

use crate::text::Span;

/// The number of a variable in its contract.
pub type VariableId = usize;
/// The number of a named condition in its contract.
pub type ConditionId = usize;

/// A condition, checked: every name exists and every comparison makes sense.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// The expression as written.
    pub text: String,
    pub(crate) root: Expression,
}

impl Condition {
    /// Whether the expression itself, not a named condition in it, asks about a variable.
    pub(crate) fn mentions(&self, variable: VariableId) -> bool {
        self.root.mentions(variable)
    }
}

/// What an expression itself asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    Variable(VariableId),
    Condition(ConditionId),
}

impl Expression {
    fn mentions(&self, variable: VariableId) -> bool {
        let mut found = false;
        self.each_asked(&mut |asked| found |= asked == Asked::Variable(variable));
        found
    }

    /// Tells everything that the expression itself asks about, in order and as often as it does.
    pub(crate) fn each_asked(&self, tell: &mut dyn FnMut(Asked)) {
        let mut operand = |operand: &Operand| {
            if let Operand::Variable(id) = operand {
                tell(Asked::Variable(*id));
            }
        };
        match self {
            Self::Compare(_, _, left, right) => {
                operand(left);
                operand(right);
            }
            Self::In(_, left, _) => operand(left),
            Self::Truth(id) | Self::Has(id) => tell(Asked::Variable(*id)),
            Self::Named(id) => tell(Asked::Condition(*id)),
            Self::Not(inner) => inner.each_asked(tell),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_asked(tell)),
            Self::Constant(_) => {}
        }
    }
}

/// A part of a condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Expression {
    /// `true` or `false`.
    Constant(bool),
    /// A boolean variable by its bare name.
    Truth(VariableId),
    /// A named condition.
    Named(ConditionId),
    /// `has(NAME)`.
    Has(VariableId),
    /// Two operands and an operator.
    Compare(Operator, Sort, Operand, Operand),
    /// A value in a list.
    In(Sort, Operand, Vec<Literal>),
    /// `!`.
    Not(Box<Expression>),
    /// `&&` over two or more.
    All(Vec<Expression>),
    /// `||` over two or more.
    Any(Vec<Expression>),
}

/// As what two operands are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sort {
    Text,
    /// An enum that ignores ASCII case.
    Folded,
    Number,
    Boolean,
}

/// What a comparison reads.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Operand {
    Variable(VariableId),
    Environment,
    Literal(Literal),
}

/// A value written in a condition.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Literal {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
}

impl Operator {
    pub(crate) fn symbol(self) -> &'static str {
        match self {
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessEqual => "<=",
            Self::Greater => ">",
            Self::GreaterEqual => ">=",
        }
    }

    /// The operator that holds exactly when this one does not, both sides being set.
    pub(crate) fn negated(self) -> Self {
        match self {
            Self::Equal => Self::NotEqual,
            Self::NotEqual => Self::Equal,
            Self::Less => Self::GreaterEqual,
            Self::LessEqual => Self::Greater,
            Self::Greater => Self::LessEqual,
            Self::GreaterEqual => Self::Less,
        }
    }

    pub(crate) fn is_order(self) -> bool {
        !matches!(self, Self::Equal | Self::NotEqual)
    }

    pub(crate) fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Equal => ordering.is_eq(),
            Self::NotEqual => ordering.is_ne(),
            Self::Less => ordering.is_lt(),
            Self::LessEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterEqual => ordering.is_ge(),
        }
    }
}

impl Literal {
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            Self::Integer(_) | Self::Boolean(_) => None,
        }
    }
}

impl std::fmt::Display for Literal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Text(text) => write!(f, "\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
            Self::Integer(number) => write!(f, "{number}"),
            Self::Boolean(truth) => write!(f, "{truth}"),
        }
    }
}

/// A name or literal of the unchecked tree, with its place in the expression.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Atom {
    pub(crate) kind: AtomKind,
    pub(crate) span: Span,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AtomKind {
    Name(String),
    Literal(Literal),
}

/// A condition as parsed: names are only names. Spans count from the expression's first byte.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Syntax {
    Atom(Atom),
    Has(Atom),
    Compare(Operator, Atom, Atom),
    In(Atom, Vec<Atom>),
    Not(Box<Syntax>),
    All(Vec<Syntax>),
    Any(Vec<Syntax>),
}
