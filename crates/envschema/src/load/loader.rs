//! [`Loader`]: what building one view of a contract knows, and what it found wrong.

use std::cell::{Cell, OnceCell};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

use crate::condition::{Names, VariableId};
use crate::contract::Shared;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{Document, ProfileTable};
use crate::kind::Kind;
use crate::suggest::nearest;
use crate::text::{SourceText, Spanned};
use crate::types::ValueType;

/// Enough for every mistake of a real contract. In one that is wrong in thousands of places, only the first
/// ones get a "did you mean".
pub(super) const MOST_COMPARISONS: usize = 1_000_000;

/// What is being looked at, for mistakes in a contract that has no lines.
#[derive(Clone, Copy)]
pub(super) enum Subject<'d> {
    None,
    /// A variable or a condition.
    Named(&'d str),
    /// A rule, counted from 1.
    Rule(usize),
}

impl fmt::Display for Subject<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Named(name) => write!(f, "`{name}`"),
            Self::Rule(number) => write!(f, "rule {number}"),
        }
    }
}

/// Builds one view of a contract and collects what is wrong with it.
pub(super) struct Loader<'d> {
    pub(super) source: &'d SourceText,
    pub(super) document: &'d Document,
    pub(super) shared: &'d Shared,
    pub(super) diagnostics: Vec<Diagnostic>,
    pub(super) index: HashMap<Arc<str>, VariableId>,
    /// The names of the variables, in order.
    pub(super) names: Vec<&'d str>,
    /// The types of the variables; `None` where it was wrong.
    pub(super) kinds: Vec<Option<ValueType>>,
    pub(super) groups: HashMap<&'d str, usize>,
    pub(super) conditions: HashMap<&'d str, usize>,
    pub(super) condition_names: Vec<&'d str>,
    /// Which profile has a variable that the contract itself lacks; made when first asked for.
    pub(super) profile_names: OnceCell<HashMap<&'d str, &'d str>>,
    /// How many names may still be compared to find what was meant.
    pub(super) comparisons: Cell<usize>,
    /// Whether anything asks for the environment.
    pub(super) environment_matters: Cell<bool>,
    /// What is being built, for mistakes in a contract that has no text to point at.
    pub(super) subject: Subject<'d>,
}

impl Loader<'_> {
    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        if self.source.is_empty() && !diagnostic.message.contains(&self.subject.to_string()) {
            diagnostic.message = format!("{}: {}", self.subject, diagnostic.message);
        }
        self.diagnostics.push(diagnostic);
    }

    /// The name that was probably meant.
    pub(super) fn near<'a>(&self, name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
        if self.comparisons.get() == 0 {
            return None;
        }
        let count = |_: &&str| self.comparisons.set(self.comparisons.get().saturating_sub(1));
        nearest(name, known.inspect(count))
    }

    /// A variable by its name; reports an unknown one.
    pub(super) fn variable_id(&mut self, name: &Spanned<String>) -> Option<VariableId> {
        let found = self.index.get(name.value.as_str()).copied();
        if found.is_none() {
            let help = match (self.near(name, self.names.iter().copied()), self.profile_of(name)) {
                (_, Some(profile)) => format!("only the profile `{profile}` has a variable of this name"),
                (Some(near), None) => format!("did you mean `{near}`?"),
                (None, None) => format!("define it: `[vars.{}]`", name.value),
            };
            let message = format!("there is no variable `{}`", name.value);
            let diagnostic = Diagnostic::new(DiagnosticCode::UnknownName, name.span, message);
            self.report(diagnostic.label("not defined").help(help));
        }
        found
    }
}

impl<'d> Names for Loader<'d> {
    fn variable(&self, name: &str) -> Option<(VariableId, Option<&ValueType>)> {
        self.index.get(name).map(|&id| (id, self.kinds[id].as_ref()))
    }

    fn condition(&self, name: &str) -> Option<usize> {
        self.conditions.get(name).copied()
    }

    fn environments(&self) -> Vec<&str> {
        self.shared.environments.iter().map(|environment| environment.name.as_str()).collect()
    }

    fn note_environment(&self) {
        self.environment_matters.set(true);
    }

    fn profile_of(&self, name: &str) -> Option<&str> {
        let profiles = || self.document.profiles.iter().flat_map(|table| table.iter());
        let names = self.profile_names.get_or_init(|| {
            let of = |(profile, table): &'d (Spanned<String>, ProfileTable)| {
                let names = table.vars.iter().flat_map(|vars| vars.iter());
                names.map(|(name, _)| (name.as_str(), profile.as_str())).collect::<Vec<_>>()
            };
            profiles().flat_map(of).collect()
        });
        names.get(name).copied()
    }

    fn impossible(&self, name: &str) -> Option<&'static str> {
        let joined = self.shared.kind == Kind::Env && name.contains(['-', '.', ':']);
        joined.then_some("names have letters, digits and `_`; a condition compares and does not calculate")
    }

    fn nearest(&self, name: &str) -> Option<&str> {
        let names = self.names.iter().chain(&self.condition_names).copied();
        self.near(name, names.chain(["environment"]))
    }
}
