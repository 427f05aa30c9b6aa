//! `derive` templates: putting values in.

use std::collections::HashMap;
use std::sync::Arc;

use envschema::template::{AwsServer, AwsService, Cut, Part, Reference, ServerPart, Template};
use envschema::{Contract, Place, SecretValue, Variable};
use zeroize::Zeroizing;

use crate::layer::Candidate;
use crate::resolution::{Lost, Resolved};
use crate::sources::{ConfigValue, Fact, Listening, Outputs, StackConfig, s3_endpoint};

/// Facts of the cloud account, asked before resolving.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The region.
    pub region: Option<Fact>,
    /// The account's number.
    pub account: Option<Fact>,
    /// Where servers listen.
    pub servers: HashMap<AwsServer, Listening>,
}

/// What came of a variable's templates.
pub(crate) enum Derived {
    /// A value, and whether a live source went into it.
    Value(Candidate, bool),
    /// Everything is there, and some of it, such as what stands at this place, only in a form that cannot be read.
    Sealed(Place),
    /// No template could be completed; the first one, and why.
    Not(Place, Lost),
}

/// The longest value that a template may make, in bytes. Templates that repeat each other would double at every
/// step.
const LONGEST: usize = 1 << 20;

pub(crate) struct Deriver<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) outputs: Option<&'a Outputs>,
    /// The stack's configuration, with the namespace of keys that carry none.
    pub(crate) config: Option<(&'a StackConfig, Option<&'a str>)>,
    pub(crate) facts: &'a Facts,
}

/// What a reference gave.
enum Found {
    Value {
        text: SecretValue,
        place: Option<Place>,
        live: bool,
    },
    /// It is set, and cannot be read.
    Sealed(Place),
}

impl Deriver<'_> {
    /// The first template of a variable whose references all have values, or why the first one has not; `None`
    /// without templates.
    pub(crate) fn derive(&self, variable: &Variable, resolved: &[Resolved]) -> Option<Derived> {
        let mut first = None;
        for template in &variable.derive {
            match self.complete(template, resolved) {
                Ok(derived) => return Some(derived),
                Err(reason) => {
                    first.get_or_insert((template, reason));
                }
            }
        }
        let (template, reason) = first?;
        let place = Place::Derived { template: template.text.clone(), inputs: Arc::new([]) };
        Some(Derived::Not(place, reason))
    }

    fn complete(&self, template: &Template, resolved: &[Resolved]) -> Result<Derived, Lost> {
        let mut text = Zeroizing::new(String::new());
        let mut live = false;
        let mut inputs = Vec::new();
        let mut sealed = None;
        let mut lacking = String::new();
        for part in &template.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Reference { to, cut, fallback, encoding } => {
                    match (self.find(to, cut.as_ref(), resolved), fallback) {
                        (Some(Found::Value { text: found, place, live: is_live }), _) => {
                            live |= is_live;
                            inputs.extend(place);
                            #[expect(
                                clippy::disallowed_methods,
                                reason = "becomes part of another secret value"
                            )]
                            let encoded = Zeroizing::new(encoding.apply(found.expose()));
                            text.push_str(&encoded);
                        }
                        (Some(Found::Sealed(place)), _) => {
                            sealed.get_or_insert(place);
                        }
                        (None, Some(fallback)) => text.push_str(fallback),
                        (None, None) => {
                            let more = if lacking.is_empty() { "" } else { " and " };
                            lacking.push_str(more);
                            lacking.push_str(&self.told(to, cut.as_ref()));
                        }
                    }
                }
            }
            if text.len() > LONGEST {
                return Err(Lost::TooLong);
            }
        }
        if !lacking.is_empty() {
            return Err(Lost::Lacks(lacking.into()));
        }
        if let Some(place) = sealed {
            return Ok(Derived::Sealed(place));
        }
        let place = Place::Derived { template: template.text.clone(), inputs: inputs.into() };
        Ok(Derived::Value(Candidate { value: SecretValue::from(text), place }, live))
    }

    /// A reference in the words of people.
    fn told(&self, to: &Reference, cut: Option<&Cut>) -> String {
        match cut {
            // It may be that it has a value, and nothing is left of it.
            Some(Cut::Leading(text)) => format!("{} with more than `{text}`", self.told(to, None)),
            Some(Cut::Through(text)) => format!("{} with something after `{text}`", self.told(to, None)),
            None => self.told_whole(to),
        }
    }

    fn told_whole(&self, to: &Reference) -> String {
        match to {
            Reference::Output(name) => format!("output {name}"),
            Reference::Config(key) => format!("config {key}"),
            Reference::AwsRegion | Reference::AwsS3Endpoint => "the AWS region".to_owned(),
            Reference::AwsAccount => "the AWS account".to_owned(),
            Reference::AwsServer(server, part) => {
                let part = match part {
                    ServerPart::Endpoint => "endpoint",
                    ServerPart::Port => "port",
                };
                let service = match server.service {
                    AwsService::Rds => "RDS",
                    AwsService::ElastiCache => "ElastiCache",
                };
                format!("the {part} of {} in {service}", server.id)
            }
            Reference::Variable(id) => self.contract.variables()[*id].name.to_string(),
            _ => "the environment".to_owned(),
        }
    }

    /// What is left of a value after the cut; nothing is no value.
    fn find(&self, to: &Reference, cut: Option<&Cut>, resolved: &[Resolved]) -> Option<Found> {
        match (self.find_whole(to, resolved)?, cut) {
            (Found::Value { text, place, live }, Some(cut)) => {
                #[expect(clippy::disallowed_methods, reason = "becomes part of another secret value")]
                let left = cut.apply(text.expose());
                (!left.is_empty()).then(|| Found::Value { text: SecretValue::from(left), place, live })
            }
            (found, _) => Some(found),
        }
    }

    fn find_whole(&self, to: &Reference, resolved: &[Resolved]) -> Option<Found> {
        let value = |text, place, live| Some(Found::Value { text, place, live });
        let known = |text: &str| value(SecretValue::from(text), None, false);
        let fact = |fact: &Fact, text: &str| value(SecretValue::from(text), Some(fact.place.clone()), false);
        let (region, account) = (self.facts.region.as_ref(), self.facts.account.as_ref());
        match to {
            Reference::Output(name) => {
                let found = self.outputs?.get(name)?;
                value(found.value, Some(found.place), true)
            }
            Reference::Config(key) => {
                let (config, namespace) = self.config?;
                match config.get(key, namespace) {
                    ConfigValue::Known(found) => value(found.value, Some(found.place), true),
                    ConfigValue::Encrypted(place) => Some(Found::Sealed(place)),
                    ConfigValue::Unexpanded(_) | ConfigValue::Absent => None,
                }
            }
            Reference::AwsRegion => fact(region?, &region?.value),
            Reference::AwsS3Endpoint => fact(region?, &s3_endpoint(&region?.value)),
            Reference::AwsAccount => fact(account?, &account?.value),
            Reference::AwsServer(server, part) => {
                let Listening { host, port, place } = self.facts.servers.get(server)?;
                let text = match part {
                    ServerPart::Endpoint => SecretValue::from(host.as_str()),
                    ServerPart::Port => SecretValue::from(port.to_string()),
                };
                // As an output of a stack: what listens elsewhere by now, a stored value does not know.
                value(text, Some(place.clone()), true)
            }
            Reference::Environment => known(self.contract.environment()?),
            Reference::Alias(service) => known(self.contract.alias(service)?),
            Reference::Variable(id) => {
                let Resolved { chosen, sealed, .. } = &resolved[*id];
                match (chosen, sealed) {
                    (Some(chosen), _) => value(
                        chosen.value.clone(),
                        Some(without_inputs(&chosen.place)),
                        // A value with a secret in it is worthless once the secret is another one.
                        chosen.live || self.contract.variables()[*id].is_secret(),
                    ),
                    (None, Some(place)) => Some(Found::Sealed((**place).clone())),
                    (None, None) => None,
                }
            }
            _ => None,
        }
    }
}

/// The place of another variable without its inputs, which that variable tells itself: kept here too, they would
/// nest as deep as a chain of templates is long.
fn without_inputs(place: &Place) -> Place {
    match place {
        Place::Derived { template, .. } => {
            Place::Derived { template: Arc::clone(template), inputs: Arc::default() }
        }
        place => place.clone(),
    }
}
