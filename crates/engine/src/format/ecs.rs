//! `environment` and `secrets` of a container definition of ECS, sorted by name. A value that is secret is not in it:
//! `secrets` tells where the container finds it.

use serde_json::json;
use zeroize::Zeroizing;

use super::Exported;
use super::refusal::{Printed, each, environment};

/// `arn` is the full ARN of the secret that holds every secret value, as one JSON object; it is asked for by those only.
pub(super) fn print(arn: &str, values: &[Exported<'_>]) -> Printed {
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
        .map(|exported| json!({ "name": exported.name, "valueFrom": format!("{arn}:{}::", exported.name) }))
        .collect();
    let definition = json!({ "environment": variables, "secrets": secrets });
    Ok(Zeroizing::new(format!("{definition:#}\n")))
}
