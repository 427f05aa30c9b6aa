//! [`Layer`]: the values that one source gave, and the order in which layers win.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use envschema::{Place, SecretValue};
use indexmap::IndexMap;
use serde::Serialize;

/// The kinds of layers. Their order is the precedence: the first one listed wins over all that follow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LayerKind {
    /// Given for this run: `--set-from-file`.
    Override,
    /// The process environment, for names that the contract declares.
    Process,
    /// The environment's own file, such as `.env.prod`.
    Existing,
    /// Outputs and configuration of a stack.
    StackOutput,
    /// Facts of the cloud account and `derive` templates.
    Derived,
    /// What a target or the vault already holds.
    Stored,
    /// Fresh secrets.
    Generated,
    /// Answers of the user.
    Prompt,
    /// The contract's defaults.
    Default,
}

impl fmt::Display for LayerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Override => "override",
            Self::Process => "process environment",
            Self::Existing => "existing file",
            Self::StackOutput => "stack output",
            Self::Derived => "derived",
            Self::Stored => "stored",
            Self::Generated => "generated",
            Self::Prompt => "prompt",
            Self::Default => "default",
        })
    }
}

/// One value of a layer, with its place.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The raw text.
    pub value: SecretValue,
    /// Where it stands.
    pub place: Place,
}

/// The values that one source gave, by variable name. A layer knows nothing of a contract: names that the
/// contract lacks are reported when it is resolved.
#[derive(Clone, Debug)]
pub struct Layer {
    kind: LayerKind,
    source: Arc<str>,
    values: IndexMap<Arc<str>, Candidate>,
}

impl Layer {
    /// An empty layer; `source` names it for people: `.env.prod`, `pulumi stack prod`, ...
    #[must_use]
    pub fn new(kind: LayerKind, source: impl Into<Arc<str>>) -> Self {
        Self { kind, source: source.into(), values: IndexMap::new() }
    }

    /// Makes room for so many more values at once.
    pub fn reserve(&mut self, values: usize) {
        self.values.reserve(values);
    }

    /// Adds a value; a later one for the same name replaces the earlier.
    pub fn insert(&mut self, name: impl Into<Arc<str>>, value: SecretValue, place: Place) {
        self.values.insert(name.into(), Candidate { value, place });
    }

    /// The kind, which decides the precedence.
    #[must_use]
    pub fn kind(&self) -> LayerKind {
        self.kind
    }

    /// The source's name for people.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    pub(crate) fn shared_source(&self) -> Arc<str> {
        Arc::clone(&self.source)
    }

    /// How many names have a value.
    #[must_use]
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether no name has a value.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Every name with its value, in the order in which names were first added.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Candidate)> {
        self.values.iter().map(|(name, candidate)| (&**name, candidate))
    }

    /// The value for a variable.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Candidate> {
        self.values.get(name)
    }

    /// The names that have a value, in the order in which they were first added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(|name| &**name)
    }
}

/// Finds values of a layer one after the other. Files mostly keep the contract's order, so the entry after the
/// last one found is looked at before the name is looked up.
pub(crate) struct Cursor<'a> {
    pub(crate) layer: &'a Layer,
    next: usize,
    found: usize,
}

impl<'a> Cursor<'a> {
    pub(crate) fn new(layer: &'a Layer) -> Self {
        Self { layer, next: 0, found: 0 }
    }

    /// Whether the layer has names that were not asked for, each having been asked for once.
    pub(crate) fn leaves_some(&self) -> bool {
        self.found < self.layer.len()
    }

    pub(crate) fn find(&mut self, name: &str) -> Option<&'a Candidate> {
        let values = &self.layer.values;
        let found = match values.get_index(self.next) {
            Some((next, candidate)) if **next == *name => (self.next, candidate),
            _ => values.get_full(name).map(|(index, _, candidate)| (index, candidate))?,
        };
        self.next = found.0 + 1;
        self.found += 1;
        Some(found.1)
    }
}

impl From<Layer> for Cow<'_, Layer> {
    fn from(layer: Layer) -> Self {
        Self::Owned(layer)
    }
}

impl<'a> From<&'a Layer> for Cow<'a, Layer> {
    fn from(layer: &'a Layer) -> Self {
        Self::Borrowed(layer)
    }
}
