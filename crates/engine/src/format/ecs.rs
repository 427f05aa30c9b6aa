//! `environment` and `secrets` of a container definition of ECS, sorted by name. A value that is secret is not in it:
//! `secrets` tells where the container finds it.

use std::collections::BTreeMap;

use serde_json::json;
use zeroize::Zeroizing;

use super::Exported;
use super::refusal::{Printed, each, environment};

/// Where a container finds what is secret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum References {
    /// Nothing secret leaves.
    #[default]
    None,
    /// The full ARN of the secret that holds every secret value, as one JSON object.
    Bundle(String),
    /// The full ARN of the secret or parameter of each name.
    Each(BTreeMap<String, String>),
}

impl References {
    /// What a container definition says of a name.
    fn of(&self, name: &str) -> String {
        match self {
            Self::None => String::new(),
            Self::Bundle(arn) => format!("{arn}:{name}::"),
            Self::Each(arns) => arns.get(name).cloned().unwrap_or_default(),
        }
    }
}

pub(super) fn print(references: &References, values: &[Exported<'_>]) -> Printed {
    // Nothing is written here; it is only found out what an environment cannot hold.
    each(values, "given to a container", |_, exported, value| environment(exported.name, value))?;
    let mut sorted: Vec<&Exported<'_>> = values.iter().collect();
    sorted.sort_by_key(|exported| exported.name);
    let (open, secret): (Vec<_>, Vec<_>) = sorted.into_iter().partition(|exported| exported.open);
    let variables: Vec<_> = open
        .iter()
        .map(|exported| {
            #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
            let value = exported.value.expose();
            json!({ "name": exported.name, "value": value })
        })
        .collect();
    let secrets: Vec<_> = secret
        .iter()
        .map(|exported| json!({ "name": exported.name, "valueFrom": references.of(exported.name) }))
        .collect();
    let definition = json!({ "environment": variables, "secrets": secrets });
    Ok(Zeroizing::new(format!("{definition:#}\n")))
}
