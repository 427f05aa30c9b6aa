//! Texts that stand for all others.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::Standing;
use crate::condition::{Literal, VariableId};
use crate::contract::Contract;
use crate::types::{EnumType, ValueType};
use crate::variable::Variable;

use super::uses::Uses;
use super::{Candidate, Kind};

/// The texts that linked variables choose from.
pub(super) struct Texts {
    /// Those that the contract names.
    named: Vec<String>,
    /// Those that stand for all others.
    made_up: Vec<String>,
}

impl Texts {
    pub(super) fn of(&self, variable: &Variable, linked: &[(VariableId, &Variable)]) -> Vec<Candidate> {
        let usable = |text: &str| {
            !text.is_empty()
                && variable.standing(text) == Standing::Value
                && variable.kind.accepts(text).is_ok()
        };
        if let ValueType::Enum(of) = &variable.kind {
            let named =
                |value: &&String| linked.len() > 1 || self.named.iter().any(|text| same(of, value, text));
            let values = of.values.iter().filter(|value| usable(value));
            let (named, others): (Vec<_>, Vec<_>) = values.partition(named);
            // What nothing names is all the same.
            let other = others.first().map(|text| Candidate::of(text.as_str(), Kind::Others));
            return named
                .into_iter()
                .map(|text| Candidate::of(text.as_str(), Kind::Named))
                .chain(other)
                .collect();
        }
        let named = self
            .named
            .iter()
            .filter(|text| usable(text))
            .map(|text| Candidate::of(text.as_str(), Kind::Named));
        named.chain(self.made_up.iter().map(|text| Candidate::of(text.as_str(), Kind::MadeUp))).collect()
    }
}

/// Whether a text is a value of an enum, as its spelling is compared.
pub(super) fn same(of: &EnumType, value: &str, text: &str) -> bool {
    if of.ignore_case { value.eq_ignore_ascii_case(text) } else { value == text }
}

/// What linked variables choose from: every text that one of them is compared with or can have, and as many others
/// as there are variables that could have one.
pub(super) fn pool(contract: &Contract, linked: &[(VariableId, &Variable)], uses: &Uses) -> Texts {
    let mut named: BTreeSet<String> = BTreeSet::new();
    for (id, variable) in linked {
        let literals = uses.literals.get(id).into_iter().flatten();
        named.extend(literals.filter_map(|literal| match literal {
            Literal::Text(text) => Some(text.clone()),
            Literal::Integer(_) | Literal::Boolean(_) => None,
        }));
        named.extend(variable.default.as_deref().map(str::to_owned));
        if let (ValueType::Enum(of), true) = (&variable.kind, linked.len() > 1) {
            named.extend(of.values.iter().cloned());
        }
    }
    let free = linked.iter().filter(|(_, variable)| !matches!(variable.kind, ValueType::Enum(_))).count();
    if linked.iter().any(|(id, _)| uses.folded.contains(id)) {
        named.extend(contract.environment().map(str::to_owned));
        spellings(&mut named, free);
    }
    let made_up = (0..).map(|number| format!("\u{1}{number}"));
    let made_up = made_up.filter(|text| !named.contains(text)).take(free).collect();
    Texts { named: named.into_iter().collect(), made_up }
}

/// Adds other spellings of each text, which are the same without case: one for each variable that could have it.
fn spellings(named: &mut BTreeSet<String>, free: usize) {
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for text in named.iter() {
        *words.entry(text.to_ascii_lowercase()).or_default() += 1;
    }
    for (word, known) in words {
        let letters: Vec<usize> = word
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_lowercase())
            .map(|(at, _)| at)
            .collect();
        let all = 1_usize << letters.len().min(16);
        for bits in 0..all.min(known + free) {
            let mut bytes = word.clone().into_bytes();
            let upper = letters.iter().take(16).enumerate().filter(|(bit, _)| bits >> bit & 1 == 1);
            upper.for_each(|(_, at)| bytes[*at].make_ascii_uppercase());
            named.extend(String::from_utf8(bytes));
        }
    }
}
