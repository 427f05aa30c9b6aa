//! An example of a stack's file: every key, and no value of a secret one.

use std::fmt::Write as _;

use envschema::{Contract, Presence, Variable};

/// The text of an example file, as Pulumi reads it.
pub(crate) fn example(contract: &Contract) -> String {
    let mut subject = contract.name().to_owned();
    if let Some(environment) = contract.environment() {
        let _ = write!(subject, " {environment}");
    }
    let mut text =
        format!("# Every key of {subject}. Secret ones are set with the command beside them.\nconfig:\n");
    let mut heading = None;
    for variable in contract.variables() {
        if heading != Some(variable.group) {
            let title = variable.group.map(|group| contract.groups()[group].title.as_str());
            if let Some(title) = title {
                let _ = writeln!(text, "\n  # ---- {title} ----");
            }
            heading = Some(variable.group);
        }
        push(&mut text, contract, variable);
    }
    text
}

fn push(text: &mut String, contract: &Contract, variable: &Variable) {
    let about = variable.about.as_deref().unwrap_or_default().replace(['\n', '\r'], " ");
    let about = [about, needed(variable)].into_iter().filter(|part| !part.is_empty());
    let about = about.collect::<Vec<_>>().join("; ");
    if !about.is_empty() {
        let _ = writeln!(text, "  # {about}");
    }
    let key = contract.full_key(variable);
    if variable.is_secret() {
        let _ = writeln!(text, "  # secret: pulumi config set --secret {key}");
        return;
    }
    let shown = variable.default.as_deref().or(variable.example.as_deref());
    // A text in JSON is one in YAML too.
    let value = shown.map(|value| serde_json::Value::from(value).to_string()).unwrap_or_default();
    let mark = if variable.default.is_some() { "" } else { "# " };
    let _ = writeln!(text, "{}", format!("  {mark}{key}: {value}").trim_end());
}

/// When it has to be there, for what has no default.
fn needed(variable: &Variable) -> String {
    match &variable.presence {
        _ if variable.default.is_some() => String::new(),
        Presence::Required => "required".to_owned(),
        Presence::Optional => "optional".to_owned(),
        Presence::When(condition) => format!("required when {}", condition.text.replace(['\n', '\r'], " ")),
    }
}
