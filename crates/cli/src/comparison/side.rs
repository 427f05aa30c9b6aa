//! [`Side`]: an environment or a file, and what it has for a name.

use std::collections::HashMap;

use envctl_resolver::sources::EnvFile;
use envctl_resolver::{Resolution, Resolver};
use envschema::{Contract, Place, SecretValue, State};
use serde::Serialize;

/// One of two things that are compared.
#[derive(Serialize)]
pub(crate) struct Side {
    pub(crate) kind: SideKind,
    /// The environment's name, or the path of the file as it was given.
    pub(crate) name: String,
    #[serde(skip)]
    values: HashMap<String, (Held, Option<SecretValue>)>,
    /// Names that the contract does not have, in their order.
    #[serde(skip)]
    undeclared: Vec<String>,
    /// How many lines of a file are left out, because their names may be parts of a value.
    #[serde(skip)]
    pub(crate) doubtful: usize,
}

/// What a side is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum SideKind {
    Environment,
    File,
}

/// What a side has for a name. It holds no value.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Held {
    /// Whether it has a value, of whatever kind.
    pub(crate) set: bool,
    /// The state in an environment; none in a file, and for a name that the contract does not have.
    pub(crate) state: Option<State>,
    /// Whether the environment needs it.
    pub(crate) needed: Option<bool>,
    /// Where the value stands.
    pub(crate) place: Option<Place>,
}

impl Side {
    /// What an environment resolves to.
    pub(crate) fn environment(name: &str, resolution: &Resolution) -> Self {
        let needed = resolution.contract().required(resolution);
        let entry = |((variable, state, resolved), needed): (
            (&envschema::Variable, _, &envctl_resolver::Resolved),
            _,
        )| {
            let place = resolved.chosen.as_ref().map(|chosen| &chosen.place).or(resolved.sealed.as_deref());
            let held = Held {
                set: place.is_some(),
                state: Some(state),
                needed: Some(needed),
                place: place.cloned(),
            };
            let value = resolved.chosen.as_ref().map(|chosen| chosen.value.clone());
            (variable.name.to_string(), (held, value))
        };
        Self {
            kind: SideKind::Environment,
            name: name.to_owned(),
            values: resolution.iter().zip(needed).map(entry).collect(),
            undeclared: Vec::new(),
            doubtful: 0,
        }
    }

    /// What stands in a file.
    pub(crate) fn file(name: &str, file: &EnvFile, contract: &Contract) -> Self {
        let resolution = Resolver::new(contract).layer(&file.layer).resolve();
        let (named, doubtful): (Vec<_>, Vec<_>) =
            resolution.undeclared().iter().map(|line| line.name.clone()).partition(Option::is_some);
        let entry = |(name, candidate): (&str, &envctl_resolver::Candidate)| {
            let held = Held { set: true, place: Some(candidate.place.clone()), ..Held::default() };
            (name.to_owned(), (held, Some(candidate.value.clone())))
        };
        Self {
            kind: SideKind::File,
            name: name.to_owned(),
            values: file.layer.iter().map(entry).collect(),
            undeclared: named.into_iter().flatten().collect(),
            doubtful: doubtful.len(),
        }
    }

    pub(super) fn undeclared(&self) -> impl Iterator<Item = &str> {
        self.undeclared.iter().map(String::as_str)
    }

    pub(super) fn held(&self, name: &str) -> Held {
        self.values.get(name).map(|(held, _)| held.clone()).unwrap_or_default()
    }

    /// The value, if it is known.
    pub(super) fn value(&self, name: &str) -> Option<&SecretValue> {
        self.values.get(name).and_then(|(_, value)| value.as_ref())
    }
}

impl Held {
    /// Whether two environments judge it otherwise.
    pub(super) fn stands_apart(&self, other: &Self) -> bool {
        self.state.is_some()
            && other.state.is_some()
            && (self.state, self.needed) != (other.state, other.needed)
    }
}
