//! `derive` templates: putting values in.

use std::sync::Arc;

use envschema::template::{Part, Reference, Template};
use envschema::{Contract, Place, SecretValue, Variable};
use zeroize::Zeroizing;

use crate::layer::Candidate;
use crate::resolution::Resolved;
use crate::sources::{Fact, Outputs, s3_endpoint};

/// Facts of the cloud account, asked before resolving.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The region.
    pub region: Option<Fact>,
    /// The account's number.
    pub account: Option<Fact>,
}

/// A value that a template made.
pub(crate) struct Derived {
    pub(crate) candidate: Candidate,
    /// Whether an output went into it.
    pub(crate) live: bool,
}

pub(crate) struct Deriver<'a> {
    pub(crate) contract: &'a Contract,
    pub(crate) outputs: Option<&'a Outputs>,
    pub(crate) facts: &'a Facts,
}

/// What a reference gave.
struct Found {
    text: SecretValue,
    place: Option<Place>,
    live: bool,
}

impl Deriver<'_> {
    /// The first template of a variable whose references all have values.
    pub(crate) fn derive(&self, variable: &Variable, resolved: &[Resolved]) -> Option<Derived> {
        variable.derive.iter().find_map(|template| self.complete(template, resolved))
    }

    fn complete(&self, template: &Template, resolved: &[Resolved]) -> Option<Derived> {
        let mut text = Zeroizing::new(String::new());
        let mut live = false;
        let mut inputs = Vec::new();
        for part in &template.parts {
            match part {
                Part::Text(plain) => text.push_str(plain),
                Part::Reference { to, fallback, encoding } => match self.find(to, resolved) {
                    Some(found) => {
                        live |= found.live;
                        inputs.extend(found.place);
                        #[expect(clippy::disallowed_methods, reason = "becomes part of another secret value")]
                        let encoded = Zeroizing::new(encoding.apply(found.text.expose()));
                        text.push_str(&encoded);
                    }
                    None => text.push_str(fallback.as_deref()?),
                },
            }
        }
        let place = Place::Derived { template: template.text.clone(), inputs: inputs.into() };
        Some(Derived { candidate: Candidate { value: SecretValue::from(text), place }, live })
    }

    fn find(&self, to: &Reference, resolved: &[Resolved]) -> Option<Found> {
        let known = |text: &str| Some(Found { text: SecretValue::from(text), place: None, live: false });
        let fact = |fact: &Fact, text: &str| {
            Some(Found { text: SecretValue::from(text), place: Some(fact.place.clone()), live: false })
        };
        let (region, account) = (self.facts.region.as_ref(), self.facts.account.as_ref());
        match to {
            Reference::Output(name) => {
                let Candidate { value, place } = self.outputs?.get(name)?;
                Some(Found { text: value, place: Some(place), live: true })
            }
            Reference::AwsRegion => fact(region?, &region?.value),
            Reference::AwsS3Endpoint => fact(region?, &s3_endpoint(&region?.value)),
            Reference::AwsAccount => fact(account?, &account?.value),
            Reference::Environment => known(self.contract.environment()?),
            Reference::Alias(service) => known(self.contract.alias(service)?),
            Reference::Variable(id) => {
                let chosen = resolved[*id].chosen.as_ref()?;
                Some(Found {
                    text: chosen.value.clone(),
                    place: Some(without_inputs(&chosen.place)),
                    live: chosen.live,
                })
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
