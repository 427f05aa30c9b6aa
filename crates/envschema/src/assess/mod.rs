//! Judging values against a contract: which variables are needed, which are right, and what to tell.

mod exposed;
mod missing;
mod reading;
mod rules;
mod values;

use std::borrow::Cow;

use serde::Serialize;

use crate::condition::{ConditionId, Facts, Telling, VariableId, Why, holds, why};
use crate::contract::Contract;
use crate::finding::{Code, Finding, Findings, Severity};
use crate::load::Schema;
use crate::types::{Mismatch, ValueType};
use crate::variable::{Empty, Presence, Variable};

pub use values::{Given, Standing, Values};

use missing::{give_it, set_it};
use reading::Reading;

/// What became of a variable. Every variable is in exactly one state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum State {
    /// It has a value of its type.
    Resolved,
    /// It is set, but only in a form that cannot be read here, such as an encrypted one.
    Sealed,
    /// It is optional and has no value.
    Unset,
    /// It has no value, and its condition is false.
    NotNeeded,
    /// It has to be there and has no value.
    Missing,
    /// Its value is not of its type.
    Invalid,
}

/// The judgement of values against a contract.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The state of each variable, by its number.
    pub states: Vec<State>,
    /// What was found, in the contract's order.
    pub findings: Findings,
}

impl Schema {
    /// Judges values against the contract without any environment; see [`Contract::validate`].
    pub fn validate(&self, values: &dyn Values) -> Findings {
        self.base().validate(values)
    }
}

impl Contract {
    /// Judges values: every variable's presence and type, and every rule. Defaults count where nothing is
    /// given. Reads and changes nothing else.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// let schema = envschema::Schema::parse("envschema.toml", r#"
    ///     [schema]
    ///     name = "shop"
    ///     [vars.PORT]
    ///     type = "port"
    ///     visibility = "plain"
    /// "#)?;
    /// let values = BTreeMap::from([("PORT", "http")]);
    /// let findings = schema.base().validate(&values);
    /// let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    /// assert_eq!(messages, ["PORT is not valid: expected a port from 1 to 65535, found \"http\""]);
    /// # Ok::<(), envschema::SchemaErrors>(())
    /// ```
    pub fn validate(&self, values: &dyn Values) -> Findings {
        self.assess(values).findings
    }

    /// Judges values and also says what state each variable is in.
    pub fn assess(&self, values: &dyn Values) -> Assessment {
        let reading = Reading::new(self, values);
        let mut findings = Findings::default();
        let judge = |(id, variable)| judge(&reading, id, variable, &mut findings);
        let states = self.variables().iter().enumerate().map(judge).collect();
        for &id in &self.index.deprecated {
            if reading.is_given(id) {
                findings.push(deprecated(&reading, id, &self.variables[id]));
            }
        }
        rules::broken(&reading, &mut findings);
        exposed::exposed(&reading, &mut findings);
        if self.is_part() {
            findings.retain(|finding| self.concerns(finding));
        }
        findings.sort_by_rank(|name| self.variable(name).map(|(id, _)| id));
        Assessment { states, findings }
    }

    /// Why a variable is or is not required; `None` if no condition decides that.
    pub fn why(&self, values: &dyn Values, variable: VariableId) -> Option<Why> {
        reason(&Reading::new(self, values), &self.variables()[variable])
    }

    /// Why a named condition holds or not.
    pub fn why_condition(&self, values: &dyn Values, condition: ConditionId) -> Why {
        why(&self.named_condition(condition).condition.root, &Reading::new(self, values))
    }

    /// Why each variable is or is not required, by its number; `None` where no condition decides that.
    pub fn reasons(&self, values: &dyn Values) -> Vec<Option<Why>> {
        let reading = Reading::new(self, values);
        self.variables().iter().map(|variable| reason(&reading, variable)).collect()
    }

    /// Whether each variable has to be there, by its number.
    pub fn required(&self, values: &dyn Values) -> Vec<bool> {
        let reading = Reading::new(self, values);
        self.variables().iter().map(|variable| is_required(&reading, variable)).collect()
    }
}

fn is_required(reading: &Reading<'_>, variable: &Variable) -> bool {
    match &variable.presence {
        Presence::Required => true,
        Presence::Optional => false,
        Presence::When(condition) => holds(&condition.root, reading),
    }
}

fn reason(reading: &Reading<'_>, variable: &Variable) -> Option<Why> {
    match &variable.presence {
        Presence::When(condition) => Some(why(&condition.root, reading)),
        Presence::Required | Presence::Optional => None,
    }
}

fn judge(reading: &Reading<'_>, id: VariableId, variable: &Variable, findings: &mut Findings) -> State {
    let placeholder = reading.placeholder(id);
    if reading.text(id).is_none() && reading.is_set(id) {
        return State::Sealed;
    }
    let Some(text) = reading.text(id) else {
        let required = is_required(reading, variable);
        if let Some(place) = placeholder {
            findings.push(placeholder_finding(reading, id, required, false).at(place.cloned()));
        } else if required {
            findings.push(missing::missing(reading, variable));
        }
        return match (required, &variable.presence) {
            (true, _) => State::Missing,
            (false, Presence::When(_)) => State::NotNeeded,
            (false, _) => State::Unset,
        };
    };
    if let Some(place) = placeholder {
        findings.push(placeholder_finding(reading, id, false, true).at(place.cloned()));
    }
    if reading.is_checked(id) {
        return State::Resolved;
    }
    let finding = match (text.is_empty(), variable.empty) {
        (true, Empty::Value) => return State::Resolved,
        (true, Empty::Error) => empty(variable),
        _ => match variable.kind.accepts(text) {
            Ok(()) => return State::Resolved,
            Err(mismatch) => invalid(reading, variable, text, mismatch),
        },
    };
    findings.push(finding.at(reading.place(id)));
    State::Invalid
}

fn empty(variable: &Variable) -> Finding {
    let message = format!("{} is empty: expected {}", variable.name, variable.kind.expectation());
    let finding = Finding::new(Code::Invalid, Severity::Error, variable.name.clone(), message);
    finding.help("write a value, or remove the line")
}

fn invalid(reading: &Reading<'_>, variable: &Variable, text: &str, mismatch: Mismatch) -> Finding {
    let message =
        format!("{} is not valid: {}{}", variable.name, mismatch.expected, found(reading, variable, text));
    let near = variable.kind.suggestion(text).filter(|_| !variable.is_secret() && !reading.is_a_secret(text));
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => mismatch.help.map_or_else(|| set_it(reading, variable), Cow::into_owned),
    };
    Finding::new(Code::Invalid, Severity::Error, variable.name.clone(), message).help(help)
}

/// `, found "…"` for a value that may be shown. What has to begin in a certain way is the key of some service;
/// what stands in its place may be another key, and a secret one.
fn found(reading: &Reading<'_>, variable: &Variable, text: &str) -> String {
    let is_a_key = matches!(&variable.kind, ValueType::String(of) if of.prefix.is_some());
    if variable.is_secret() || reading.is_a_secret(text) || is_a_key {
        return String::new();
    }
    let mut shown: String = text.chars().take(60).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!(", found {shown:?}")
}

fn placeholder_finding(reading: &Reading<'_>, id: VariableId, required: bool, replaced: bool) -> Finding {
    let variable = &reading.contract.variables()[id];
    let why = if required { reason(reading, variable) } else { None };
    let unexpanded = reading.is_unexpanded(id);
    let what = match unexpanded {
        true => "is a literal `${...}`, which Pulumi does not expand",
        false if replaced => "is only a placeholder here",
        false => "is only a placeholder",
    };
    let then = match (required, replaced, &why) {
        (true, _, Some(why)) => format!("a real value is required because {why}"),
        (true, _, None) => "a real value is required".to_owned(),
        (false, true, _) => "the value comes from elsewhere".to_owned(),
        (false, false, _) => "it counts as not set".to_owned(),
    };
    let severity = if required { Severity::Error } else { Severity::Warning };
    let help = match (required, unexpanded) {
        (true, _) => give_it(reading, variable),
        (false, true) => "give the key a real value, or remove it".to_owned(),
        (false, false) => "write the real value, or remove the line".to_owned(),
    };
    let message = format!("{} {what}; {then}", variable.name);
    Finding::new(Code::Placeholder, severity, variable.name.clone(), message).help(help).because(why)
}

fn deprecated(reading: &Reading<'_>, id: VariableId, variable: &Variable) -> Finding {
    let deprecation = variable.deprecated.as_deref().cloned().unwrap_or_default();
    let message = match &deprecation.message {
        Some(message) => format!("{} is deprecated: {message}", variable.name),
        None => format!("{} is deprecated", variable.name),
    };
    let help = match &deprecation.replacement {
        Some(replacement) => format!("set {replacement} instead"),
        None => "remove it".to_owned(),
    };
    Finding::new(Code::Deprecated, Severity::Warning, variable.name.clone(), message)
        .help(help)
        .at(reading.place(id))
}
