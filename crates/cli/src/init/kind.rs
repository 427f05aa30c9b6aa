//! The type that a name, a value and the words beside them speak for.

use super::comment::{choices, choices_of_value};
use super::{Noted, real, visibility};

/// A type of the contract with its parameters, as they stand in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct DraftKind {
    /// Its name; none for `string`.
    pub(crate) name: Option<&'static str>,
    /// A parameter's key with its values.
    pub(crate) parameter: Option<(&'static str, Vec<String>)>,
    /// What spoke for it.
    pub(crate) why: &'static str,
}

impl DraftKind {
    /// A type that an input names.
    pub(super) fn said(name: &'static str) -> Self {
        Self { name: Some(name), parameter: None, why: "the file says so" }
    }
}

const SWITCHES: &[&str] = &["_ENABLED", "_DISABLED", "_DEBUG", "_VERBOSE", "_REQUIRED", "_ALLOWED"];
const SWITCH_BEGINNINGS: &[&str] =
    &["ENABLE_", "DISABLE_", "USE_", "IS_", "HAS_", "ALLOW_", "SKIP_", "FORCE_"];
const TIMES: &[&str] =
    &["_TIMEOUT", "_TTL", "_INTERVAL", "_DURATION", "_EXPIRY", "_EXPIRES_IN", "_DELAY", "_AGE", "_PERIOD"];
const LISTS: &[&str] = &["ORIGINS", "HOSTS", "DOMAINS", "LIST", "IDS", "EMAILS", "SCOPES", "TAGS"];
/// Numbers that nobody counts with.
const LABELS: &[&str] = &["_ID", "_ACCOUNT", "_NUMBER", "_PIN", "_CODE", "_PHONE", "_VERSION", "_SID"];

/// The type of a variable. A value that is a secret in use speaks for nothing but an address.
pub(super) fn infer(noted: &Noted, is_real: bool) -> DraftKind {
    if let Some(kind) = &noted.said.kind {
        let choices = kind.parameter.iter().flat_map(|(_, values)| values);
        let holds_secret = choices.into_iter().any(|choice| real::looks_real(choice));
        return if holds_secret { DraftKind::default() } else { kind.clone() };
    }
    let (name, value) = (noted.name.as_str(), noted.value.trim());
    let value = if is_real && !value.contains("://") { "" } else { value };
    // The ending alone is a name as well: `TIMEOUT`.
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending) || name == &ending[1..]);
    let ends_in_word = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| name.starts_with(beginning));
    let simple = |kind, why| DraftKind { name: Some(kind), parameter: None, why };
    if let Some(choices) = choices(&noted.comments) {
        if choices.iter().all(|choice| ["true", "false", "1", "0"].contains(&choice.as_str())) {
            return simple("boolean", "the choices in the comment");
        }
        let known = value.is_empty() || choices.iter().any(|choice| choice == value);
        if known && !choices.iter().any(|choice| real::looks_real(choice)) {
            let parameter = Some(("values", choices));
            return DraftKind { name: Some("enum"), parameter, why: "the choices in the comment" };
        }
    }
    if !visibility::speaks_of_secrets(name)
        && let Some(choices) = choices_of_value(value)
    {
        let parameter = Some(("values", choices));
        return DraftKind { name: Some("enum"), parameter, why: "the choices in the value" };
    }
    let is_switch = ends(SWITCHES) || begins(SWITCH_BEGINNINGS) || name == "DEBUG";
    if ["true", "false"].contains(&value) || (is_switch && ["0", "1"].contains(&value)) {
        return simple("boolean", "the value");
    }
    if is_switch && value.is_empty() && (ends(&["_ENABLED", "_DISABLED"]) || begins(&["ENABLE_", "DISABLE_"]))
    {
        return simple("boolean", "the name");
    }
    if name == "PORT" || name.ends_with("_PORT") {
        return simple("port", "the name");
    }
    if let Some(kind) = url(name, value) {
        return kind;
    }
    let digits = !value.is_empty() && value.len() <= 18 && value.bytes().all(|byte| byte.is_ascii_digit());
    if digits && (value == "0" || !value.starts_with('0')) && !ends(LABELS) {
        return simple("integer", "the value");
    }
    let is_decimal = value.split_once('.').is_some_and(|(whole, part)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        digits(whole) && digits(part)
    });
    if is_decimal && !ends(LABELS) {
        return simple("number", "the value");
    }
    if ends(TIMES) && value.ends_with(char::is_alphabetic) && value.starts_with(|c: char| c.is_ascii_digit())
    {
        return simple("duration", "name and value");
    }
    if value.contains('@') && !value.contains(char::is_whitespace) && !value.contains("://") {
        return simple("email", "the value");
    }
    if value.len() == 36 && value.split('-').map(str::len).eq([8, 4, 4, 4, 12]) {
        return simple("uuid", "the value");
    }
    let several = value.split(',').count() > 1 && value.split(',').all(|item| !item.trim().is_empty());
    if ends_in_word(LISTS) && several && !value.contains(['{', '[', '"']) {
        return simple("list", "name and value");
    }
    DraftKind { name: None, parameter: None, why: "nothing says more" }
}

/// The schemes of an address, with those that stand for the same.
const SCHEMES: &[&[&str]] = &[
    &["postgresql", "postgres"],
    &["redis", "rediss"],
    &["mongodb", "mongodb+srv"],
    &["mysql"],
    &["amqp", "amqps"],
    &["ws", "wss"],
    &["http", "https"],
];

fn url(name: &str, value: &str) -> Option<DraftKind> {
    let kind = |schemes: Vec<String>, why| DraftKind {
        name: Some("url"),
        parameter: Some(("schemes", schemes)).filter(|(_, schemes)| !schemes.is_empty()),
        why,
    };
    if let Some((scheme, _)) = value.split_once("://") {
        // What is not an address yet stays free.
        if value.contains(['<', '$', '{', ',']) || value.contains(char::is_whitespace) {
            return None;
        }
        if scheme == "https" {
            return Some(kind(vec!["https".to_owned()], "the value"));
        }
        let family = SCHEMES.iter().find(|family| family.contains(&scheme));
        let schemes = match family {
            Some(family) => family.iter().map(ToString::to_string).collect(),
            None if scheme.len() <= 16
                && scheme.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'+') =>
            {
                vec![scheme.to_owned()]
            }
            None => return None,
        };
        return Some(kind(schemes, "the value"));
    }
    let named = name.ends_with("_URL") || name.ends_with("_URI") || name == "URL";
    (named && value.is_empty()).then(|| kind(Vec::new(), "the name"))
}
