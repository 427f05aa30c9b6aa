//! ARNs of secrets, read from a file: what a container definition refers to instead of holding a value.

use std::fmt;
use std::path::{Path, PathBuf};

use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::edge::Edge;
use crate::error::CliError;
use crate::read;

/// Why the ARN of a secret is not known. No variant holds what stands in the file, apart from names.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArnError {
    #[error(
        "the ARN of the secret `{secret}` is not known, and secrets do not belong into a task definition"
    )]
    NotGiven { secret: String },
    #[error("{}:{line}: expected a JSON object of ARNs, or of a stack's outputs", .path.display())]
    Shape { path: PathBuf, line: usize },
    #[error("{} has `{key}` twice", .path.display())]
    Twice { path: PathBuf, key: String },
    #[error("{} has no ARN of the secret `{secret}`", .path.display())]
    NotThere { path: PathBuf, secret: String },
    #[error("`{key}` of {} is not the ARN of a secret in Secrets Manager", .path.display())]
    NotAnArn { path: PathBuf, key: String },
    #[error(
        "`{key}` of {} is not the full ARN: the `-` and six characters that end the name are missing",
        .path.display()
    )]
    Partial { path: PathBuf, key: String },
    #[error("`{key}` of {} is the ARN of another secret than `{secret}`", .path.display())]
    Other { path: PathBuf, key: String, secret: String },
    #[error("{} has two ARNs for the secret `{secret}`: `{first}` and `{second}`", .path.display())]
    Ambiguous { path: PathBuf, secret: String, first: String, second: String },
}

impl ArnError {
    /// What to do.
    pub(crate) fn help(&self) -> &'static str {
        match self {
            Self::NotGiven { .. } => {
                "give it with `--arns FILE`: outputs of the stack that has the secret, or {\"NAME\": \"arn:aws:secretsmanager:...\"}"
            }
            Self::Shape { .. } | Self::NotThere { .. } => {
                "write {\"NAME\": \"arn:aws:secretsmanager:...\"}, or let the stack put out the ARN of the secret; `secret` \
                 of the target says what the secret is called"
            }
            Self::Twice { .. } | Self::Ambiguous { .. } => "keep one of them",
            Self::NotAnArn { .. } => {
                "it has the form arn:aws:secretsmanager:REGION:ACCOUNT:secret:NAME-XXXXXX"
            }
            Self::Partial { .. } => {
                "`aws secretsmanager describe-secret` tells it; without them ECS does not find the keys of a secret"
            }
            Self::Other { .. } => "correct the file, or `secret` of the target",
        }
    }
}

/// What a file says about ARNs.
pub(crate) struct Arns {
    path: PathBuf,
    /// In the order of the file; outputs that are no texts are left out.
    entries: Vec<(String, String)>,
}

/// The names by which the secret of a target is found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SecretName<'a> {
    /// The target's name, or else the contract's.
    pub(crate) owner: &'a str,
    /// What the secret is called in AWS, if that is said.
    pub(crate) secret: Option<&'a str>,
}

impl SecretName<'_> {
    /// For people.
    fn shown(&self) -> String {
        self.secret.unwrap_or(self.owner).to_owned()
    }

    /// Nothing gave the file.
    pub(crate) fn not_given(&self) -> ArnError {
        ArnError::NotGiven { secret: self.shown() }
    }
}

impl Arns {
    /// Reads a file: `{"NAME": "arn:..."}`, where a name is that of a target or of a secret, or outputs of a stack in
    /// Pulumi's or Terraform's form.
    ///
    /// # Errors
    ///
    /// `Unreadable` and `NotText` for the file, `Shape` and `Twice` for what is in it.
    pub(crate) fn read(edge: &Edge, path: &Path) -> Result<Self, CliError> {
        let bytes = read::file(&edge.path(path))
            .map_err(|error| CliError::Unreadable { path: path.to_owned(), error })?;
        let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: path.to_owned() })?;
        let mut json = serde_json::Deserializer::from_str(text);
        let entries = json.deserialize_map(Entries).and_then(|entries| json.end().map(|()| entries));
        let entries: Vec<(String, Value)> =
            entries.map_err(|error| ArnError::Shape { path: path.to_owned(), line: error.line().max(1) })?;
        for (at, (key, _)) in entries.iter().enumerate() {
            if entries[..at].iter().any(|(earlier, _)| earlier == key) {
                return Err(ArnError::Twice { path: path.to_owned(), key: key.clone() }.into());
            }
        }
        let entries = entries.into_iter().filter_map(|(key, value)| Some((key, text_of(value)?))).collect();
        Ok(Self { path: path.to_owned(), entries })
    }

    /// The full ARN of a secret: what stands under the name of its target or under its own, or else the one whose
    /// name is the secret's.
    ///
    /// # Errors
    ///
    /// When there is none, or more than one, or when it is not the full ARN of that secret.
    pub(crate) fn find(&self, wanted: SecretName<'_>) -> Result<&str, ArnError> {
        let secret = wanted.secret.unwrap_or(wanted.owner);
        let mut found: Option<(&str, &str)> = None;
        for (key, text) in &self.entries {
            let is_named = key == wanted.owner || key == secret;
            let name = match name_of(text, secret) {
                Ok(name) => name,
                // Whatever else a stack puts out is none of our business.
                Err(_) if !is_named => continue,
                Err(problem) => return Err(self.problem(problem, key)),
            };
            if !is_named && name != secret {
                continue;
            }
            if wanted.secret.is_some_and(|secret| name != secret) {
                let (path, key) = (self.path.clone(), key.clone());
                return Err(ArnError::Other { path, key, secret: secret.to_owned() });
            }
            match found {
                Some((first, arn)) if arn != text => {
                    return Err(ArnError::Ambiguous {
                        path: self.path.clone(),
                        secret: secret.to_owned(),
                        first: first.to_owned(),
                        second: key.clone(),
                    });
                }
                _ => found = Some((key, text)),
            }
        }
        match found {
            Some((_, arn)) => Ok(arn),
            None => Err(ArnError::NotThere { path: self.path.clone(), secret: wanted.shown() }),
        }
    }

    fn problem(&self, problem: Problem, key: &str) -> ArnError {
        let (path, key) = (self.path.clone(), key.to_owned());
        match problem {
            Problem::NotAnArn => ArnError::NotAnArn { path, key },
            Problem::Partial => ArnError::Partial { path, key },
        }
    }
}

/// What is wrong with a text that should be an ARN.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Problem {
    NotAnArn,
    Partial,
}

/// The name in the full ARN of a secret, without what Secrets Manager appended. A name that itself ends like that
/// cannot be told from a full one, so `secret` counts as a name.
fn name_of<'a>(arn: &'a str, secret: &str) -> Result<&'a str, Problem> {
    let parts: Vec<&str> = arn.split(':').collect();
    let &["arn", partition, "secretsmanager", region, account, "secret", resource] = parts.as_slice() else {
        return Err(Problem::NotAnArn);
    };
    let is_word = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let is_region = region.split('-').count() >= 3 && region.split('-').all(is_word);
    let is_account = account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit());
    let is_partition =
        partition == "aws" || partition.strip_prefix("aws-").is_some_and(|rest| rest.split('-').all(is_word));
    let is_name = |name: &str| {
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+=.@-".contains(&byte);
        !name.is_empty() && name.bytes().all(allowed)
    };
    if !is_region || !is_account || !is_partition || !is_name(resource) {
        return Err(Problem::NotAnArn);
    }
    match resource.rsplit_once('-') {
        Some((name, suffix))
            if resource != secret && is_name(name) && suffix.len() == 6 && is_word(suffix) =>
        {
            Ok(name)
        }
        _ => Err(Problem::Partial),
    }
}

/// A text, or the value of one of Terraform's outputs.
fn text_of(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        Value::Object(mut output) => match output.remove("value") {
            Some(Value::String(text)) => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// Reads an object with keys that are repeated.
struct Entries;

impl<'de> Visitor<'de> for Entries {
    type Value = Vec<(String, Value)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }
}
