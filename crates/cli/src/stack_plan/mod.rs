//! The plan of `envctl stack config`: what is to be set so that a stack's configuration is as its contract and the
//! environment say. Deciding is pure; nothing here runs or writes anything.

mod commands;
mod decide;
mod example;
mod flow;
mod text;

use envctl_resolver::LayerKind;
use envschema::{Findings, Place};
use serde::Serialize;

pub(crate) use commands::{Again, script};
pub(crate) use decide::{Inputs, plan};
pub(crate) use example::example;
pub(crate) use flow::{Flow, flow};
pub(crate) use text::plan_text;

/// The version of the JSON form.
const VERSION: u32 = 1;

/// What is to be done about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Status {
    /// It is not there, and is to be set.
    Set,
    /// It is there with another value, or not as secret as it has to be.
    Change,
    /// It is there as it has to be.
    Unchanged,
    /// It is not there, and need not be: the program itself has the same value for it.
    Default,
    /// It is there and encrypted, so that nobody can say whether it is what it has to be.
    Encrypted,
    /// It has to be there, and nothing gives a value.
    Missing,
    /// Its value is not of its type.
    Invalid,
    /// It is optional, and nothing gives a value.
    Unset,
    /// Its condition is false, and nothing gives a value.
    NotNeeded,
}

impl Status {
    /// Every status, and how many keys have it in words.
    const WORDS: [(Self, &'static str, &'static str); 9] = [
        (Self::Set, "set", "to set"),
        (Self::Change, "change", "to change"),
        (Self::Unchanged, "unchanged", "unchanged"),
        (Self::Default, "default", "left to the program's defaults"),
        (Self::Encrypted, "encrypted", "encrypted and not compared"),
        (Self::Missing, "missing", "missing"),
        (Self::Invalid, "invalid", "not valid"),
        (Self::Unset, "unset", "optional and not set"),
        (Self::NotNeeded, "not needed", "not needed"),
    ];

    fn is_pending(self) -> bool {
        matches!(self, Self::Set | Self::Change)
    }
}

/// One key of the configuration.
#[derive(Serialize)]
pub(crate) struct Key {
    /// With its namespace.
    key: String,
    /// The variable of the stack's contract.
    variable: String,
    group: Option<String>,
    secret: bool,
    status: Status,
    /// The value that it has to have; absent for what may not be shown.
    value: Option<String>,
    /// The value that it has; absent for what may not be shown.
    present: Option<String>,
    layer: Option<LayerKind>,
    place: Option<Place>,
    /// What else there is to know.
    note: Option<String>,
    command: Option<SetCommand>,
}

/// The command that sets a key.
#[derive(Serialize)]
pub(crate) struct SetCommand {
    argv: Vec<String>,
    /// Whether the value comes on standard input.
    stdin: bool,
    /// The command that prints the value for it.
    value_from: Option<Vec<String>>,
}

/// What is to be done about every key, in the contract's order.
#[derive(Serialize)]
pub(crate) struct Plan {
    version: u32,
    contract: String,
    environment: Option<String>,
    stack: String,
    /// The folder where the tool runs, from the working folder; empty for that itself.
    directory: String,
    namespace: Option<String>,
    /// What the present configuration was read from; absent if there is none yet.
    source: Option<String>,
    /// Whether nothing is to be done, and nothing is wrong.
    done: bool,
    keys: Vec<Key>,
    findings: Findings,
}

impl Plan {
    /// Whether nothing is to be done, and nothing is wrong.
    pub(crate) fn is_done(&self) -> bool {
        self.done
    }

    /// What there is to tell of the values.
    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }
}
