//! [`Resolver`]: layers in, [`Resolution`] out. No I/O, no clock, no global state.

use std::borrow::Cow;
use std::sync::Arc;

use envschema::{Assessment, Contract, Place, SecretValue, Standing, Variable};

use crate::derive::{Deriver, derive_order};
use crate::layer::{Candidate, Cursor, Layer, LayerKind};
use crate::resolution::{Chosen, Lost, Resolution, Resolved, Shadowed, Undeclared, Unjudged};
use crate::sources::{ConfigValue, Fact, Outputs, StackConfig};

/// Facts of the cloud account, asked before resolving.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The region.
    pub region: Option<Fact>,
    /// The account's number.
    pub account: Option<Fact>,
}

/// Collects layers for a contract and resolves every variable.
///
/// The order in which layers are added does not matter between kinds: [`LayerKind`] decides. Of two layers of
/// the same kind, the one added first wins.
///
/// ```
/// use envctl_resolver::{LayerKind, Layer, Resolver, sources::EnvFile};
/// use envschema::Schema;
///
/// let schema = Schema::parse("envschema.toml", r#"
///     [schema]
///     name = "shop"
///     [vars.PORT]
///     type = "port"
///     visibility = "plain"
///     default = 3000
/// "#)?;
/// let file = EnvFile::parse("PORT=8080\n", ".env.prod");
/// let resolution = Resolver::new(schema.base()).layer(file.layer).resolve();
///
/// let (_, _, resolved) = resolution.get("PORT").expect("PORT is in the contract");
/// let chosen = resolved.chosen.as_ref().expect("PORT has a value");
/// assert_eq!(chosen.place.to_string(), ".env.prod:1");
/// assert_eq!(resolved.shadowed[0].kind, LayerKind::Default);
/// # Ok::<(), envschema::SchemaErrors>(())
/// ```
#[derive(Clone, Debug)]
pub struct Resolver<'a> {
    contract: &'a Contract,
    layers: Vec<Cow<'a, Layer>>,
    outputs: Option<&'a Outputs>,
    config: Option<(&'a StackConfig, Option<&'a str>)>,
    facts: Facts,
}

impl<'a> Resolver<'a> {
    /// A resolver without any layer but the contract's defaults.
    #[must_use]
    pub fn new(contract: &'a Contract) -> Self {
        Self { contract, layers: Vec::new(), outputs: None, config: None, facts: Facts::default() }
    }

    /// Adds a layer, owned or borrowed.
    #[must_use]
    pub fn layer(mut self, layer: impl Into<Cow<'a, Layer>>) -> Self {
        self.layers.push(layer.into());
        self
    }

    /// Outputs of a stack: for variables that name them, and for templates.
    #[must_use]
    pub fn outputs(mut self, outputs: &'a Outputs) -> Self {
        self.outputs = Some(outputs);
        self
    }

    /// The stack's configuration, with the namespace of keys that carry none.
    #[must_use]
    pub fn config(mut self, config: &'a StackConfig, namespace: Option<&'a str>) -> Self {
        self.config = Some((config, namespace));
        self
    }

    /// Facts of the cloud account, for templates.
    #[must_use]
    pub fn facts(mut self, facts: Facts) -> Self {
        self.facts = facts;
        self
    }

    /// Gives every variable its value, in one pass.
    #[must_use]
    pub fn resolve(&self) -> Resolution {
        let variables = self.contract.variables();
        let mut layers: Vec<&Layer> = self.layers.iter().map(|layer| &**layer).collect();
        layers.sort_by_key(|layer| layer.kind());
        let mut cursors: Vec<_> = layers.iter().map(|layer| Cursor::new(layer)).collect();
        let mut resolved = vec![Resolved::default(); variables.len()];
        let deriver = Deriver { contract: self.contract, outputs: self.outputs, facts: &self.facts };
        for id in derive_order(variables) {
            let derived = deriver.derive(&variables[id], &resolved);
            resolved[id] = self.pick(&variables[id], &mut cursors, derived);
        }
        let Assessment { states, findings } = self.contract.assess(&Unjudged(&resolved));
        let undeclared = self.undeclared(&layers, &resolved);
        Resolution { contract: self.contract.clone(), resolved, states, findings, undeclared }
    }

    fn pick(&self, variable: &Variable, cursors: &mut [Cursor<'_>], derived: Option<Derived>) -> Resolved {
        let mut picking = Picking { variable, resolved: Resolved::default() };
        let split = cursors.partition_point(|cursor| cursor.layer.kind() <= LayerKind::StackOutput);
        let (before, after) = cursors.split_at_mut(split);
        picking.layers(before);
        self.stack(&mut picking);
        if let Some(Derived { candidate, live }) = derived {
            picking.offer(LayerKind::Derived, "template".into(), candidate, live);
        }
        picking.layers(after);
        if let Some(default) = &variable.default {
            let candidate = Candidate { value: SecretValue::from(&**default), place: Place::Default };
            picking.offer(LayerKind::Default, "contract".into(), candidate, false);
        }
        picking.resolved
    }

    fn stack(&self, picking: &mut Picking<'_>) {
        if let Some(outputs) = self.outputs {
            let found = picking.variable.outputs.iter().find_map(|name| outputs.get(name));
            if let Some(candidate) = found {
                picking.offer(LayerKind::StackOutput, outputs.source().into(), candidate, true);
            }
        }
        if let (Some((config, namespace)), Some(key)) = (self.config, &picking.variable.config) {
            match config.get(key, namespace) {
                ConfigValue::Known(candidate) => {
                    picking.offer(LayerKind::StackOutput, config.source().into(), candidate, true);
                }
                ConfigValue::Encrypted(place) if picking.resolved.chosen.is_none() => {
                    picking.resolved.sealed = Some(Box::new(place));
                }
                ConfigValue::Encrypted(_) | ConfigValue::Absent => {}
            }
        }
    }

    /// Names of the environment's own files that the contract lacks, in their order.
    fn undeclared(&self, layers: &[&Layer], resolved: &[Resolved]) -> Vec<Undeclared> {
        let own: Vec<_> = layers.iter().filter(|layer| layer.kind() == LayerKind::Existing).collect();
        // As many values found as given: every name is a variable, and none has to be looked up.
        let given: usize = own.iter().map(|layer| layer.len()).sum();
        let kinds = |one: &Resolved| {
            let chosen = one.chosen.iter().map(|chosen| chosen.kind);
            chosen
                .chain(one.shadowed.iter().map(|lost| lost.kind))
                .filter(|kind| *kind == LayerKind::Existing)
                .count()
        };
        if given == resolved.iter().map(kinds).sum::<usize>() {
            return Vec::new();
        }
        own.into_iter()
            .flat_map(|layer| layer.iter())
            .filter(|(name, _)| self.contract.variable(name).is_none())
            .map(|(name, candidate)| Undeclared { name: name.to_owned(), place: candidate.place.clone() })
            .collect()
    }
}

/// A value that a template made.
pub(crate) struct Derived {
    pub(crate) candidate: Candidate,
    /// Whether an output went into it.
    pub(crate) live: bool,
}

/// Takes candidates in order of precedence: the first usable one wins.
struct Picking<'a> {
    variable: &'a Variable,
    resolved: Resolved,
}

impl Picking<'_> {
    fn layers(&mut self, cursors: &mut [Cursor<'_>]) {
        for cursor in cursors {
            if let Some(candidate) = cursor.find(&self.variable.name) {
                let layer = cursor.layer;
                self.offer(layer.kind(), layer.shared_source(), candidate.clone(), false);
            }
        }
    }

    fn offer(&mut self, kind: LayerKind, source: Arc<str>, candidate: Candidate, live: bool) {
        #[expect(clippy::disallowed_methods, reason = "compared with placeholders, not kept")]
        let standing = self.variable.standing(candidate.value.expose());
        let Candidate { value, place } = candidate;
        let reason = match (standing, &self.resolved.chosen) {
            (Standing::Unset, _) => Lost::Empty,
            (Standing::Placeholder, _) => Lost::Placeholder,
            (Standing::Value, None) if self.resolved.sealed.is_none() => {
                self.resolved.chosen = Some(Chosen { value, kind, source, place });
                return;
            }
            (Standing::Value, Some(chosen)) if chosen.value == value => Lost::Same,
            (Standing::Value, _) => Lost::Differs,
        };
        self.resolved.shadowed.push(Shadowed { kind, source, place, reason, live });
    }
}
