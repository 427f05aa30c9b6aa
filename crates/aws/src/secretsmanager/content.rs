//! From what a secret holds to entries, and from edits to what it is to hold. Nothing is asked here.

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use aws_sdk_secretsmanager::types::SecretValueEntry;
use envctl_sync::{
    Bundle, BundleError, Edits, Failure, Held, HeldEntry, Observed, Refused, Shape, TargetError, new_bundle,
    token,
};
use envschema::SecretValue;

use super::LABEL;

/// How many bytes a secret holds at most.
const MOST_BYTES: usize = 65_536;
/// How many characters a name has at most.
const LONGEST_NAME: usize = 512;

/// What the service says of the current version of a secret.
pub(super) struct Answer {
    pub(super) reference: Option<String>,
    version: Option<String>,
    labels: Vec<String>,
    text: Option<SecretValue>,
    is_binary: bool,
}

impl From<SecretValueEntry> for Answer {
    fn from(entry: SecretValueEntry) -> Self {
        Self {
            reference: entry.arn,
            version: entry.version_id,
            labels: entry.version_stages.unwrap_or_default(),
            text: entry.secret_string.map(SecretValue::from),
            is_binary: entry.secret_binary.is_some(),
        }
    }
}

impl From<GetSecretValueOutput> for Answer {
    fn from(output: GetSecretValueOutput) -> Self {
        Self {
            reference: output.arn,
            version: output.version_id,
            labels: output.version_stages.unwrap_or_default(),
            text: output.secret_string.map(SecretValue::from),
            is_binary: output.secret_binary.is_some(),
        }
    }
}

/// What is there, as the service answered.
pub(super) fn observed(name: &str, shape: Shape, answer: Answer) -> Observed {
    let Some(version) = answer.version else {
        return Observed::Unknown(TargetError {
            kind: Failure::Outage,
            code: None,
            message: format!("`{name}`: the answer tells no version"),
            help: Some("run it again; check AWS_ENDPOINT_URL".to_owned()),
        });
    };
    let Some(content) = answer.text else {
        let what = if answer.is_binary { "it holds binary data, no text" } else { "it has no value" };
        return unusable(what.to_owned());
    };
    let entries = match entries(shape, &content) {
        Ok(entries) => entries,
        Err(error) => return unusable(error.to_string()),
    };
    Observed::Held(Held {
        is_own_version: answer.labels.iter().any(|label| label == LABEL) || token::is_first(&version),
        version,
        reference: answer.reference,
        entries,
        content,
    })
}

/// The entries of a content.
#[expect(clippy::disallowed_methods, reason = "it is taken apart into secrets again")]
pub(super) fn entries(shape: Shape, content: &SecretValue) -> Result<Vec<HeldEntry>, BundleError> {
    match shape {
        Shape::Keys => Ok(Bundle::parse(content.expose())?.entries()),
        Shape::Single => Ok(vec![HeldEntry { key: String::new(), value: Some(content.clone()) }]),
    }
}

pub(super) fn unusable(what: String) -> Observed {
    let help = "look at it in the AWS console; envctl writes to secrets that hold one JSON object with each key once, or, \
                with a secret per variable, a text";
    Observed::Unusable { what, help: help.to_owned() }
}

/// All that a secret is to hold.
pub(super) fn render(
    name: &str,
    shape: Shape,
    held: Option<&Held>,
    edits: &Edits<'_>,
) -> Result<SecretValue, Refused> {
    if let Some(why) = wrong_name(name) {
        let help = "correct the name in envctl.toml: letters, digits and `/_+=.@-`".to_owned();
        return Err(Refused { why, help });
    }
    let content = match shape {
        Shape::Keys => edited(held, edits)?,
        Shape::Single => match (edits.set.first(), held) {
            (Some((_, value)), _) => (*value).clone(),
            (None, Some(held)) if edits.remove.is_empty() => held.content.clone(),
            (None, _) => {
                return Err(Refused {
                    why: "a secret of one value cannot lose it".to_owned(),
                    help: "remove the whole secret with `--prune`".to_owned(),
                });
            }
        },
    };
    #[expect(clippy::disallowed_methods, reason = "only its length is looked at")]
    let bytes = content.expose().len();
    match bytes {
        0 => Err(Refused {
            why: "Secrets Manager takes no empty value".to_owned(),
            help: "leave the variable out of this target, or give it a value".to_owned(),
        }),
        1..=MOST_BYTES => Ok(content),
        // The length of one value is nobody's business; that of many together tells nothing of any.
        _ if shape == Shape::Single => Err(Refused {
            why: format!("it is longer than the {MOST_BYTES} bytes that Secrets Manager takes"),
            help: "keep it where there is room, and its place in the variable".to_owned(),
        }),
        _ => Err(Refused {
            why: format!("it would hold {bytes} bytes, and Secrets Manager takes {MOST_BYTES}"),
            help: "move keys to another secret".to_owned(),
        }),
    }
}

#[expect(clippy::disallowed_methods, reason = "it is read to be written again")]
fn edited(held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
    let Some(held) = held else { return Ok(new_bundle(&edits.set)) };
    match Bundle::parse(held.content.expose()) {
        Ok(bundle) => Ok(bundle.edited(edits)),
        Err(error) => {
            Err(Refused { why: error.to_string(), help: "run it again to look at it anew".to_owned() })
        }
    }
}

/// Why a secret cannot have this name.
pub(super) fn wrong_name(name: &str) -> Option<String> {
    let is_fine = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+=.@-".contains(&byte);
    let length = name.chars().count();
    match length {
        0 => Some("a secret has to have a name".to_owned()),
        1..=LONGEST_NAME if name.bytes().all(is_fine) => None,
        1..=LONGEST_NAME => Some(format!("`{name}` has characters that the name of a secret cannot have")),
        _ => Some(format!("the name has {length} characters, and Secrets Manager takes {LONGEST_NAME}")),
    }
}
