//! `envctl diff`: two environments or files, compared by key and state.
//!
//! - `side`: what is compared, and what it has for a name
//! - `text`: for people

mod side;
mod text;

use envschema::{Contract, Visibility};
use serde::Serialize;

pub(crate) use side::Side;
pub(crate) use text::comparison_text;

use side::Held;

/// The version of the JSON form.
const VERSION: u32 = 1;

/// Two sides, compared. Its JSON form is part of the interface; it holds no value.
#[derive(Serialize)]
pub(crate) struct Comparison<'a> {
    version: u32,
    contract: &'a str,
    profile: Option<&'a str>,
    /// Whether nothing differs.
    pub(crate) same: bool,
    a: &'a Side,
    b: &'a Side,
    counts: Counts,
    entries: Vec<Entry>,
}

/// How many names there are of each kind.
#[derive(Clone, Copy, Default, Serialize)]
struct Counts {
    only_a: usize,
    only_b: usize,
    differs: usize,
    state: usize,
    unknown: usize,
    same: usize,
    neither: usize,
}

/// How the two sides stand to each other for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    /// Only the first has a value.
    OnlyA,
    /// Only the second has a value.
    OnlyB,
    /// Both have one, and they are not the same.
    Differs,
    /// Their values do not differ, and yet one is needed or valid and the other is not.
    State,
    /// Both are set, and one of them is known only in an encrypted form.
    Unknown,
    /// Both have the same value.
    Same,
    /// Neither has a value.
    Neither,
}

/// One name, on both sides.
#[derive(Serialize)]
struct Entry {
    name: String,
    kind: Kind,
    /// None for a name that the contract does not have.
    visibility: Option<Visibility>,
    a: Held,
    b: Held,
}

impl<'a> Comparison<'a> {
    /// Compares by every name of the contract, then by those that only the files have.
    pub(crate) fn new(contract: &'a Contract, a: &'a Side, b: &'a Side) -> Self {
        let declared =
            contract.variables().iter().map(|variable| (&*variable.name, Some(variable.visibility)));
        let of_b = b.undeclared().filter(|name| !a.undeclared().any(|other| other == *name));
        let undeclared = a.undeclared().chain(of_b).map(|name| (name, None));
        let entries: Vec<_> =
            declared.chain(undeclared).map(|(name, visibility)| Entry::new(name, visibility, a, b)).collect();
        let mut counts = Counts::default();
        for entry in &entries {
            *counts.slot(entry.kind) += 1;
        }
        Self {
            version: VERSION,
            contract: contract.name(),
            profile: contract.profile(),
            same: entries
                .iter()
                .all(|entry| matches!(entry.kind, Kind::Same | Kind::Neither | Kind::Unknown)),
            a,
            b,
            counts,
            entries,
        }
    }
}

impl Entry {
    fn new(name: &str, visibility: Option<Visibility>, a: &Side, b: &Side) -> Self {
        let (held_a, held_b) = (a.held(name), b.held(name));
        let kind = match (held_a.set, held_b.set) {
            (true, false) => Kind::OnlyA,
            (false, true) => Kind::OnlyB,
            (true, true) if a.value(name).is_none() || b.value(name).is_none() => Kind::Unknown,
            (true, true) if a.value(name) != b.value(name) => Kind::Differs,
            _ if held_a.stands_apart(&held_b) => Kind::State,
            (true, true) => Kind::Same,
            (false, false) => Kind::Neither,
        };
        Self { name: name.to_owned(), kind, visibility, a: held_a, b: held_b }
    }
}

impl Counts {
    fn slot(&mut self, kind: Kind) -> &mut usize {
        match kind {
            Kind::OnlyA => &mut self.only_a,
            Kind::OnlyB => &mut self.only_b,
            Kind::Differs => &mut self.differs,
            Kind::State => &mut self.state,
            Kind::Unknown => &mut self.unknown,
            Kind::Same => &mut self.same,
            Kind::Neither => &mut self.neither,
        }
    }

    fn get(mut self, kind: Kind) -> usize {
        *self.slot(kind)
    }
}
