//! `derive` templates: putting values in.

use envschema::template::{Part, Reference, Template};
use envschema::{Contract, Place, SecretValue, Variable, VariableId};
use zeroize::Zeroizing;

use crate::layer::Candidate;
use crate::resolution::Resolved;
use crate::resolver::{Derived, Facts};
use crate::sources::{Fact, Outputs, s3_endpoint};

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
        let place = Place::Derived { template: template.text.as_str().into(), inputs: inputs.into() };
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
                Some(Found { text: chosen.value.clone(), place: Some(chosen.place.clone()), live: false })
            }
            _ => None,
        }
    }
}

/// Every variable, those that templates refer to before those that have the templates. The contract was
/// checked for circles.
pub(crate) fn derive_order(variables: &[Variable]) -> Vec<VariableId> {
    if variables.iter().all(|variable| references(variable).next().is_none()) {
        return (0..variables.len()).collect();
    }
    let mut order = Vec::with_capacity(variables.len());
    let mut entered = vec![false; variables.len()];
    // An explicit stack: a chain of templates may be as long as the contract.
    let mut stack = Vec::new();
    for root in 0..variables.len() {
        stack.push((root, false));
        while let Some((id, ready)) = stack.pop() {
            if ready {
                order.push(id);
            } else if !entered[id] {
                entered[id] = true;
                stack.push((id, true));
                stack.extend(references(&variables[id]).filter(|&to| !entered[to]).map(|to| (to, false)));
            }
        }
    }
    order
}

fn references(variable: &Variable) -> impl Iterator<Item = usize> {
    variable.derive.iter().flat_map(|template| &template.parts).filter_map(|part| match part {
        Part::Reference { to: Reference::Variable(id), .. } => Some(*id),
        _ => None,
    })
}
