//! From what a parameter holds to entries, and from edits to what it is to hold. Nothing is asked here.

use aws_sdk_ssm::types::{Parameter as Answer, ParameterType};
use aws_smithy_types::date_time::{DateTime, Format};
use envctl_sync::{Edits, Held, HeldEntry, Observed, Refused, Tier};
use envschema::SecretValue;

use super::names::{self, wrong_name};

/// How many bytes a value has at most, without a charge.
const STANDARD_BYTES: usize = 4096;
/// How many bytes a value has at most in the advanced tier.
const ADVANCED_BYTES: usize = 8192;

/// A version of a parameter, as the service answered.
#[derive(Debug)]
pub(super) struct Parameter {
    pub(super) version: i64,
    pub(super) value: SecretValue,
    pub(super) kind: ParameterType,
    pub(super) reference: Option<String>,
    /// The time at which the version came into being.
    pub(super) since: Option<String>,
}

impl Parameter {
    /// What the answer tells; nothing if it lacks a value or a version.
    pub(super) fn of(answer: Answer) -> Option<Self> {
        let seconds = answer.last_modified_date.map(|date| DateTime::from_secs(date.secs()));
        Some(Self {
            version: Some(answer.version).filter(|version| *version > 0)?,
            value: SecretValue::from(answer.value?),
            kind: answer.r#type?,
            reference: answer.arn,
            since: seconds.and_then(|date| date.fmt(Format::DateTime).ok()),
        })
    }

    pub(super) fn is_encrypted(&self) -> bool {
        self.kind == ParameterType::SecureString
    }

    pub(super) fn entries(&self) -> Vec<HeldEntry> {
        vec![HeldEntry { key: String::new(), value: Some(self.value.clone()) }]
    }
}

/// What is there, as the service answered.
pub(super) fn observed(parameter: Parameter) -> Observed {
    if !matches!(parameter.kind, ParameterType::String | ParameterType::SecureString) {
        return Observed::Unusable {
            what: format!("its type is {}", parameter.kind.as_str()),
            help: "give the variable another name, or delete the parameter and let envctl make it: AWS changes no type"
                .to_owned(),
        };
    }
    Observed::Held(Held {
        version: parameter.version.to_string(),
        reference: parameter.reference.clone(),
        entries: parameter.entries(),
        // Which version is ours only its label tells, which costs a call: `details` asks if it matters.
        is_own_version: false,
        content: parameter.value,
    })
}

/// The value that a parameter is to have.
pub(super) fn render(
    name: &str,
    region: &str,
    tier: Option<Tier>,
    held: Option<&Held>,
    edits: &Edits<'_>,
) -> Result<SecretValue, Refused> {
    if let Some(why) = wrong_name(name, region) {
        return Err(Refused { why, help: names::help() });
    }
    let value = match (edits.set.first(), held) {
        (Some((_, value)), _) => (*value).clone(),
        (None, Some(held)) if edits.remove.is_empty() => held.content.clone(),
        (None, _) => {
            return Err(Refused {
                why: "a parameter cannot lose its value".to_owned(),
                help: "remove the whole parameter with `--prune`".to_owned(),
            });
        }
    };
    check(&value, tier, held)?;
    Ok(value)
}

#[expect(clippy::disallowed_methods, reason = "it is only found out whether the service takes it")]
fn check(value: &SecretValue, tier: Option<Tier>, held: Option<&Held>) -> Result<(), Refused> {
    let refused = |why: String, help: &str| Err(Refused { why, help: help.to_owned() });
    let bytes = value.expose().len();
    if bytes == 0 {
        let help = "leave the variable out of this target, or give it a value";
        return refused("Parameter Store takes no empty value".to_owned(), help);
    }
    if value.expose().contains("{{") {
        let help = "keep this variable in Secrets Manager";
        return refused("it would hold `{{`, which Parameter Store takes for a reference".to_owned(), help);
    }
    // A parameter that has more than the standard tier takes is in the advanced one, and never leaves it.
    let is_advanced = held.is_some_and(|held| held.content.expose().len() > STANDARD_BYTES);
    let most = match tier {
        Some(Tier::Advanced | Tier::Intelligent) => ADVANCED_BYTES,
        Some(Tier::Standard) | None if is_advanced => ADVANCED_BYTES,
        Some(Tier::Standard) | None => STANDARD_BYTES,
    };
    match bytes {
        _ if bytes <= most => Ok(()),
        _ if bytes <= ADVANCED_BYTES => refused(
            format!("it is longer than the {most} bytes that the standard tier takes"),
            "set `tier` of the target to `advanced` or `intelligent`, for which AWS charges",
        ),
        _ => refused(
            format!("it is longer than the {ADVANCED_BYTES} bytes that Parameter Store takes"),
            "keep this variable in Secrets Manager, which takes 65536",
        ),
    }
}

/// Whether a value needs the advanced tier.
#[expect(clippy::disallowed_methods, reason = "only its length is looked at")]
pub(super) fn needs_advanced(value: &SecretValue) -> bool {
    value.expose().len() > STANDARD_BYTES
}
