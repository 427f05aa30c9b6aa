//! [`Resolution`]: one value for each variable, where it came from, and what lost against it.

use std::fmt;
use std::sync::Arc;

use envschema::{
    Contract, Findings, Given, Place, SecretValue, State, TypedValue, Values, Variable, VariableId, Why,
};

use crate::layer::LayerKind;

/// A value that a variable has, with where it came from.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// The raw text.
    pub value: SecretValue,
    /// The kind of layer that gave it.
    pub kind: LayerKind,
    /// The layer's source for people, such as `.env.prod`.
    pub source: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// Whether a live source gave it, itself or through a template.
    pub live: bool,
}

/// A value that lost, or that counts as none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shadowed {
    /// The kind of layer that gave it.
    pub kind: LayerKind,
    /// The layer's source for people.
    pub source: Arc<str>,
    /// Where it stands.
    pub place: Place,
    /// Why it is not the value.
    pub reason: Lost,
    /// Whether a live source gave it, itself or through a template; the winner should agree with it.
    pub live: bool,
    /// The raw text, of one that [`Lost::Differs`] from the winner; none of a default, which stands in the contract.
    pub value: Option<SecretValue>,
}

/// Why a value lost.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Lost {
    /// A layer before it has the same value.
    Same,
    /// A layer before it has another value.
    Differs,
    /// It is empty, which counts as not set.
    Empty,
    /// It is a placeholder, which counts as not set.
    Placeholder,
    /// It is a literal `${NAME}` in a stack's configuration, which nobody expands; it counts as not set.
    Unexpanded,
    /// A template that cannot be completed: what it refers to and nothing gives, such as `output dbHost`.
    Lacks(Arc<str>),
    /// A template whose value would be longer than 1 MiB.
    TooLong,
    /// A list with an item that holds the variable's separator.
    HoldsSeparator,
}

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Same => f.write_str("has the same value"),
            Self::Differs => f.write_str("has another value"),
            Self::Empty => f.write_str("is empty"),
            Self::Placeholder => f.write_str("is a placeholder"),
            Self::Unexpanded => f.write_str("is a literal `${...}`, which Pulumi does not expand"),
            Self::Lacks(names) => write!(f, "lacks {names}"),
            Self::TooLong => f.write_str("would be longer than 1 MiB"),
            Self::HoldsSeparator => f.write_str("has an item that holds the list's separator"),
        }
    }
}

/// What became of one variable.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The value, if there is one.
    pub chosen: Option<Chosen>,
    /// What lost, in order of precedence.
    pub shadowed: Vec<Shadowed>,
    /// Where it is set in a form that cannot be read, such as an encrypted one.
    pub sealed: Option<Box<Place>>,
    /// Whether the variable accepts the value.
    pub(crate) accepted: bool,
}

impl Resolved {
    /// Values that lost against another one: they do not count, and are no less secret.
    pub fn others(&self) -> impl Iterator<Item = &SecretValue> {
        self.shadowed.iter().filter_map(|lost| lost.value.as_ref())
    }

    /// The first placeholder that was passed over.
    fn placeholder(&self) -> Option<&Shadowed> {
        self.shadowed.iter().find(|lost| matches!(lost.reason, Lost::Placeholder | Lost::Unexpanded))
    }
}

/// A name that a layer gave and the contract does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undeclared {
    /// The name; none if it may be the last line of a key that somebody put in a file without quotes.
    pub name: Option<String>,
    /// Where it stands.
    pub place: Place,
}

/// Every variable of a contract, resolved. It holds secrets; nothing it prints shows one.
///
/// It is a `figment::Provider`, and [`Resolution::extract`] makes a typed struct of it.
#[derive(Clone, Debug)]
pub struct Resolution {
    pub(crate) contract: Contract,
    pub(crate) resolved: Vec<Resolved>,
    pub(crate) states: Vec<State>,
    pub(crate) findings: Findings,
    pub(crate) undeclared: Vec<Undeclared>,
}

impl Resolution {
    /// The contract it was resolved for.
    #[must_use]
    pub fn contract(&self) -> &Contract {
        &self.contract
    }

    /// Every variable that the contract selects, in its order, with its state and what became of it.
    pub fn iter(&self) -> impl Iterator<Item = (&Variable, State, &Resolved)> {
        self.contract.selected().map(|(id, variable)| (variable, self.states[id], &self.resolved[id]))
    }

    /// What became of a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<(&Variable, State, &Resolved)> {
        let (id, variable) = self.contract.variable(name)?;
        Some((variable, self.states[id], &self.resolved[id]))
    }

    /// Every variable that has a value of its type, with the raw value, in the contract's order.
    pub fn values(&self) -> impl Iterator<Item = (&Variable, &SecretValue)> {
        let resolved = self.iter().filter(|(_, state, _)| *state == State::Resolved);
        resolved.filter_map(|(variable, _, resolved)| Some((variable, &resolved.chosen.as_ref()?.value)))
    }

    /// The raw value of a variable, if it has one of its type.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&SecretValue> {
        let (_, state, resolved) = self.get(name)?;
        let chosen = resolved.chosen.as_ref().filter(|_| state == State::Resolved)?;
        Some(&chosen.value)
    }

    /// The checked value of a variable, if it has one of its type.
    #[must_use]
    pub fn typed(&self, name: &str) -> Option<TypedValue> {
        let (_, variable) = self.contract.variable(name)?;
        #[expect(clippy::disallowed_methods, reason = "checked and handed on as a value that prints nothing")]
        let text = self.value(name)?.expose();
        variable.kind.check(text).ok().or_else(|| text.is_empty().then(|| TypedValue::Text(String::new())))
    }

    /// Whether a value is also that of a secret variable, whose visibility then counts.
    #[must_use]
    pub fn is_a_secret(&self, value: &SecretValue) -> bool {
        #[expect(clippy::disallowed_methods, reason = "only its length is looked at")]
        let by_chance = value.expose().len() < SecretValue::TELLING;
        // Selected or not: what is not asked for is no less secret.
        let variables = self.contract.variables().iter().zip(&self.resolved);
        let mut secrets = variables.filter(|(variable, _)| variable.is_secret());
        !by_chance
            && secrets
                .any(|(_, resolved)| resolved.chosen.as_ref().is_some_and(|chosen| chosen.value == *value))
    }

    /// Names that a layer gave and the contract does not have, in order.
    #[must_use]
    pub fn undeclared(&self) -> &[Undeclared] {
        &self.undeclared
    }

    /// Why a variable is or is not required; `None` if no condition decides that.
    #[must_use]
    pub fn why(&self, name: &str) -> Option<Why> {
        self.contract.why(self, self.contract.variable(name)?.0)
    }
}

impl Values for Resolution {
    fn given(&self, id: VariableId, _: &Variable) -> Given<'_> {
        given(&self.resolved, id)
    }
}

/// The resolved values before their states are known.
pub(crate) struct Unjudged<'a>(pub(crate) &'a [Resolved]);

impl Values for Unjudged<'_> {
    fn given(&self, id: VariableId, _: &Variable) -> Given<'_> {
        given(self.0, id)
    }
}

fn given(resolved: &[Resolved], id: VariableId) -> Given<'_> {
    let resolved = &resolved[id];
    #[expect(
        clippy::disallowed_methods,
        reason = "judged by the contract, which shows what visibility allows"
    )]
    let text = resolved.chosen.as_ref().map(|chosen| chosen.value.expose());
    let placeholder = resolved.placeholder();
    Given {
        text,
        checked: resolved.accepted,
        place: resolved.chosen.as_ref().map(|chosen| &chosen.place),
        placeholder: placeholder.map(|lost| &lost.place),
        unexpanded: placeholder.is_some_and(|lost| lost.reason == Lost::Unexpanded),
        sealed: resolved.sealed.as_deref(),
    }
}
