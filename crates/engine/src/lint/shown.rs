//! [`Shown`]: what may be shown of an env file.

use envctl_dotenv::{Dialect, Reader};
use envschema::{Contract, Visibility};
use zeroize::Zeroizing;

/// The shortest value that is looked for in others: less stands in them by chance.
const LEAST: usize = 4;

/// What may be shown: values of variables that the contract has as plain or public, unless a reader put a secret of the
/// file into them, by a reference or because it reads on past the end of the line.
pub(super) struct Shown<'c> {
    contract: Option<&'c Contract>,
    /// What any of the readers sees in the other variables.
    secrets: Vec<Zeroizing<String>>,
}

impl<'c> Shown<'c> {
    pub(super) fn new(contract: Option<&'c Contract>, text: &str, readers: &[Dialect]) -> Self {
        let mut shown = Self { contract, secrets: Vec::new() };
        if contract.is_none() {
            return shown;
        }
        // docker's reader finds a variable in every line, whatever quotes are around it.
        for reader in readers.iter().chain(&[Dialect::Docker]) {
            let reading = Reader::new(*reader).read(text);
            let secret = reading.variables().filter(|variable| !shown.is_open(variable.name()));
            let values = secret.filter_map(envctl_dotenv::Variable::value);
            let long = values.filter(|value| value.len() >= LEAST);
            let found: Vec<_> = long.map(|value| Zeroizing::new(value.to_owned())).collect();
            shown.secrets.extend(found);
        }
        shown.secrets.sort_by(|one, other| one.as_str().cmp(other.as_str()));
        shown.secrets.dedup();
        shown
    }

    /// Whether the value of the variable may be shown.
    pub(super) fn shows(&self, name: &str, value: &str) -> bool {
        self.is_open(name) && !self.secrets.iter().any(|secret| value.contains(secret.as_str()))
    }

    /// Whether the contract has the variable.
    pub(super) fn is_declared(&self, name: &str) -> bool {
        self.contract.is_some_and(|contract| contract.variable(name).is_some())
    }

    fn is_open(&self, name: &str) -> bool {
        let variable = self.contract.and_then(|contract| contract.variable(name));
        variable.is_some_and(|(_, variable)| variable.visibility != Visibility::Secret)
    }
}
