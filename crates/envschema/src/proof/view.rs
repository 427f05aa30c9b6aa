//! [`View`]: one way to look at a contract, and all of them.

use std::collections::BTreeSet;
use std::fmt;

use serde::Serialize;

use crate::condition::{Expression, Literal, Operand};
use crate::contract::Contract;
use crate::load::Schema;

/// An environment and a profile, each if it is chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
pub struct View {
    /// The environment.
    pub environment: Option<String>,
    /// The profile.
    pub profile: Option<String>,
}

impl fmt::Display for View {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.environment, &self.profile) {
            (None, None) => f.write_str("the contract"),
            (Some(environment), None) => write!(f, "environment `{environment}`"),
            (None, Some(profile)) => write!(f, "profile `{profile}`"),
            (Some(environment), Some(profile)) => {
                write!(f, "environment `{environment}` with profile `{profile}`")
            }
        }
    }
}

/// Every view that may differ from the others. Where the contract names environments, one is chosen in earnest; where
/// it names none, any may be, and those that a condition names stand for themselves.
pub(super) fn views(schema: &Schema) -> Vec<(View, Contract)> {
    let profiles: Vec<Option<String>> =
        [None].into_iter().chain(schema.profiles().map(|(name, _)| Some(name.to_owned()))).collect();
    let mut found = Vec::new();
    for profile in profiles {
        let Ok(base) = schema.contract(None, profile.as_deref()) else { continue };
        let environments = if base.environment_matters() { environments(&base) } else { vec![None] };
        for environment in environments {
            if let Ok(contract) = schema.contract(environment.as_deref(), profile.as_deref()) {
                found.push((View { environment, profile: profile.clone() }, contract));
            }
        }
    }
    found
}

fn environments(contract: &Contract) -> Vec<Option<String>> {
    let names: Vec<_> = contract.environments().iter().map(|one| Some(one.name.clone())).collect();
    if !names.is_empty() {
        return names;
    }
    let mut named = BTreeSet::new();
    contract.each_condition(|condition| mentioned(&condition.root, &mut named));
    let other = (1..).map(|number| format!("other-{number}")).find(|name| !named.contains(name));
    [None].into_iter().chain(named.into_iter().map(Some)).chain([other]).collect()
}

/// The environments that a condition names.
fn mentioned(expression: &Expression, names: &mut BTreeSet<String>) {
    let mut note = |literal: &Literal| {
        if let Literal::Text(name) = literal {
            names.insert(name.clone());
        }
    };
    match expression {
        Expression::Compare(_, _, Operand::Environment, Operand::Literal(literal))
        | Expression::Compare(_, _, Operand::Literal(literal), Operand::Environment) => note(literal),
        Expression::In(_, Operand::Environment, items) => items.iter().for_each(note),
        Expression::Not(inner) => mentioned(inner, names),
        Expression::All(parts) | Expression::Any(parts) => {
            parts.iter().for_each(|part| mentioned(part, names));
        }
        _ => {}
    }
}
