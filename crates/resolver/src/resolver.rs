//! [`Resolver`]: layers in, [`Resolution`] out. No I/O, no clock, no global state.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use envschema::{Assessment, Contract, Kind, Place, SecretValue, Standing, ValueType, Variable};

use crate::derive::{Derived, Deriver, Facts};
use crate::layer::{Candidate, Cursor, Layer, LayerKind};
use crate::resolution::{Chosen, Lost, Resolution, Resolved, Shadowed, Undeclared, Unjudged};
use crate::sources::{ConfigValue, Examples, Outputs, StackConfig};

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
    examples: Option<&'a Examples>,
    facts: Facts,
}

impl<'a> Resolver<'a> {
    /// A resolver without any layer but the contract's defaults.
    #[must_use]
    pub fn new(contract: &'a Contract) -> Self {
        Self {
            contract,
            layers: Vec::new(),
            outputs: None,
            config: None,
            examples: None,
            facts: Facts::default(),
        }
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

    /// The project's `.env.example`: a secret that was only copied from it is a placeholder.
    #[must_use]
    pub fn examples(mut self, examples: &'a Examples) -> Self {
        self.examples = Some(examples);
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
        let deriver = Deriver {
            contract: self.contract,
            outputs: self.outputs,
            config: self.config_in_namespace(),
            facts: &self.facts,
        };
        let mut pick = |variable: &Variable, resolved: &[Resolved]| {
            self.pick(variable, &mut cursors, deriver.derive(variable, resolved))
        };
        let resolved = match self.contract.derive_order() {
            None => variables.iter().map(|variable| pick(variable, &[])).collect(),
            Some(order) => {
                let mut resolved = vec![Resolved::default(); variables.len()];
                for &id in order {
                    resolved[id] = pick(&variables[id], &resolved);
                }
                resolved
            }
        };
        let Assessment { states, findings } = self.contract.assess(&Unjudged(&resolved));
        let undeclared = self.undeclared(&cursors);
        Resolution { contract: self.contract.clone(), resolved, states, findings, undeclared }
    }

    fn pick(&self, variable: &Variable, cursors: &mut [Cursor<'_>], derived: Option<Derived>) -> Resolved {
        let example =
            self.examples.filter(|_| variable.is_secret()).and_then(|examples| examples.get(&variable.name));
        let mut picking = Picking { variable, example, resolved: Resolved::default() };
        let split = cursors.partition_point(|cursor| cursor.layer.kind() <= LayerKind::StackOutput);
        let (before, after) = cursors.split_at_mut(split);
        picking.layers(before);
        self.stack(&mut picking);
        match derived {
            Some(Derived::Value(candidate, live)) => {
                picking.offer(LayerKind::Derived, Arc::clone(&TEMPLATE), candidate, live);
            }
            Some(Derived::Sealed(place)) => picking.seal(place),
            Some(Derived::Not(place, reason)) => {
                picking.pass_over(LayerKind::Derived, Arc::clone(&TEMPLATE), place, reason);
            }
            None => {}
        }
        picking.layers(after);
        if let Some(default) = &variable.default {
            picking.default(default);
        }
        picking.resolved
    }

    /// The stack's configuration; a contract of one says itself what its namespace is.
    fn config_in_namespace(&self) -> Option<(&'a StackConfig, Option<&'a str>)> {
        self.config.map(|(config, namespace)| (config, self.contract.namespace().or(namespace)))
    }

    fn stack(&self, picking: &mut Picking<'_>) {
        if let Some(outputs) = self.outputs {
            let names = picking.variable.outputs.iter();
            let found = match &picking.variable.kind {
                ValueType::List(list) => {
                    names.flat_map(|name| outputs.get_list(name, &list.separator)).next()
                }
                _ => names.flat_map(|name| outputs.get(name)).next().map(Ok),
            };
            let (kind, source) = (LayerKind::StackOutput, outputs.shared_source());
            match found {
                Some(Ok(candidate)) => picking.offer(kind, source, candidate, true),
                Some(Err(place)) => picking.pass_over(kind, source, place, Lost::HoldsSeparator),
                None => {}
            }
        }
        let Some((config, namespace)) = self.config_in_namespace() else { return };
        let key = match self.contract.kind() {
            // Each variable of such a contract is a key itself.
            Kind::PulumiConfig { .. } => Some(&*picking.variable.name),
            _ => picking.variable.config.as_deref(),
        };
        if let Some(key) = key {
            match config.get(key, namespace) {
                ConfigValue::Known(candidate) => {
                    picking.offer(LayerKind::StackOutput, config.shared_source(), candidate, true);
                }
                ConfigValue::Encrypted(place) => picking.seal(place),
                ConfigValue::Unexpanded(place) => {
                    let (kind, source) = (LayerKind::StackOutput, config.shared_source());
                    picking.pass_over(kind, source, place, Lost::Unexpanded);
                }
                ConfigValue::Absent => {}
            }
        }
    }

    /// Names of the environment's own files, or keys of the stack's configuration, that the contract lacks, in their
    /// order.
    fn undeclared(&self, cursors: &[Cursor<'_>]) -> Vec<Undeclared> {
        let own = cursors.iter().filter(|cursor| cursor.layer.kind() == LayerKind::Existing);
        own.filter(|cursor| cursor.leaves_some())
            .flat_map(|cursor| cursor.layer.iter())
            .filter(|(name, _)| self.contract.variable(name).is_none())
            .map(|(name, candidate)| Undeclared {
                name: (!may_be_base64(name, &candidate.value)).then(|| name.to_owned()),
                place: candidate.place.clone(),
            })
            .chain(self.undeclared_keys())
            .collect()
    }

    /// Keys of a configuration that its contract lacks. A key that holds an object may be declared by its parts, and
    /// what Pulumi keeps for itself is no concern.
    fn undeclared_keys(&self) -> impl Iterator<Item = Undeclared> {
        let config = self.config.filter(|_| matches!(self.contract.kind(), Kind::PulumiConfig { .. }));
        let keys = config.into_iter().flat_map(|(config, _)| config.keys().map(move |key| (config, key)));
        keys.filter(|(_, key)| !key.starts_with("pulumi:")).filter_map(|(config, key)| {
            let own = self.contract.namespace().and_then(|own| key.strip_prefix(own)?.strip_prefix(':'));
            let name = own.unwrap_or(key);
            let is_part = |variable: &Variable| {
                variable.name.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let declared =
                self.contract.variable(name).is_some() || self.contract.variables().iter().any(is_part);
            let place = Place::Config { source: config.shared_source(), name: key.into() };
            (!declared).then(|| Undeclared { name: Some(name.to_owned()), place })
        })
    }
}

/// Whether a line may be the end of a base64 text: letters and digits of all kinds, and then only `=`.
fn may_be_base64(name: &str, value: &SecretValue) -> bool {
    #[expect(clippy::disallowed_methods, reason = "compared with padding, not kept")]
    let padding = matches!(value.expose(), "" | "=");
    let mixed = name.bytes().any(|byte| byte.is_ascii_lowercase())
        && name.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
    padding && mixed
}

/// What people are told of values that no outside source gave.
static CONTRACT: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from("contract"));
static TEMPLATE: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from("template"));

/// Takes candidates in order of precedence: the first usable one wins.
struct Picking<'a> {
    variable: &'a Variable,
    /// What the project's `.env.example` has for a secret.
    example: Option<&'a Candidate>,
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

    /// Takes note of a source that has something, and no value.
    fn pass_over(&mut self, kind: LayerKind, source: Arc<str>, place: Place, reason: Lost) {
        let value = None;
        self.resolved.shadowed.push(Shadowed { kind, source, place, reason, live: false, value });
    }

    /// A source that has a value which cannot be read: it counts, unless there was one before.
    fn seal(&mut self, place: Place) {
        if self.resolved.chosen.is_none() {
            self.resolved.sealed.get_or_insert_with(|| Box::new(place));
        }
    }

    /// The contract's default, which is not secret: no copy is made of one that loses.
    fn default(&mut self, default: &str) {
        let source = || Arc::clone(&CONTRACT);
        match &self.resolved.chosen {
            Some(chosen) => {
                #[expect(clippy::disallowed_methods, reason = "compared, not kept")]
                let reason = if chosen.value.expose() == default { Lost::Same } else { Lost::Differs };
                let (kind, place) = (LayerKind::Default, Place::Default);
                let (source, value) = (source(), None);
                self.resolved.shadowed.push(Shadowed { kind, source, place, reason, live: false, value });
            }
            None => {
                let candidate = Candidate { value: SecretValue::from(default), place: Place::Default };
                self.offer(LayerKind::Default, source(), candidate, false);
            }
        }
    }

    fn offer(&mut self, kind: LayerKind, source: Arc<str>, candidate: Candidate, live: bool) {
        #[expect(clippy::disallowed_methods, reason = "compared with placeholders, not kept")]
        let mut standing = self.variable.standing(candidate.value.expose());
        // What people write by hand may be a copy of the example; what a stack or a generator gives is not.
        let by_hand = matches!(kind, LayerKind::Override | LayerKind::Process | LayerKind::Existing);
        if by_hand
            && standing == Standing::Value
            && self.example.is_some_and(|example| example.value == candidate.value)
        {
            standing = Standing::Placeholder;
        }
        let Candidate { value, place } = candidate;
        let reason = match (standing, &self.resolved.chosen) {
            (Standing::Unset, _) => Lost::Empty,
            (Standing::Placeholder, _) => Lost::Placeholder,
            (Standing::Value, None) if self.resolved.sealed.is_none() => {
                #[expect(clippy::disallowed_methods, reason = "judged, not kept")]
                let accepted = self.variable.accepts(value.expose());
                self.resolved.accepted = accepted;
                self.resolved.chosen = Some(Chosen { value, kind, source, place, live });
                return;
            }
            (Standing::Value, Some(chosen)) if chosen.value == value => Lost::Same,
            (Standing::Value, _) => Lost::Differs,
        };
        let value = (reason == Lost::Differs).then_some(value);
        self.resolved.shadowed.push(Shadowed { kind, source, place, reason, live, value });
    }
}
