//! A `ConfigMap` with what is not secret and a `Secret` with what is, as documents of YAML.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use envschema::{Code, Finding, Severity};
use zeroize::Zeroizing;

use super::Exported;
use super::refusal::{NUL, Printed, Refusal, each};
use super::yaml;

/// The most bytes that the values of one object may have together.
const LIMIT: usize = 1 << 20;
/// The longest key.
const LONGEST_KEY: usize = 253;

const NO_KEY: Refusal = Refusal {
    reason: "a key there has at most 253 letters, digits, `-`, `_` and `.`, and does not begin with `..`",
    help: "give it another name, for example in `names` of a target",
};

/// What both objects are called, and where they live.
#[derive(Clone, Copy, Debug)]
pub struct ObjectName<'a> {
    /// See [`is_object_name`].
    pub name: &'a str,
    /// See [`is_namespace`]; none for that of the one who applies it.
    pub namespace: Option<&'a str>,
}

/// Whether an object can have a name: parts separated by dots, as in a name of the DNS.
pub fn is_object_name(name: &str) -> bool {
    let is_part = |part: &str| {
        let is_end = |byte: Option<&u8>| byte.is_some_and(|byte| *byte != b'-');
        let bytes = part.as_bytes();
        bytes.iter().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
            && is_end(bytes.first())
            && is_end(bytes.last())
    };
    name.len() <= 253 && name.split('.').all(is_part)
}

/// Whether a namespace can have a name: one part.
pub fn is_namespace(name: &str) -> bool {
    name.len() <= 63 && !name.contains('.') && is_object_name(name)
}

/// Whether an object's data can have a key.
fn is_key(name: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=LONGEST_KEY).contains(&name.len())
        && name != "."
        && !name.starts_with("..")
        && name.bytes().all(allowed)
}

pub(super) fn print(object: ObjectName<'_>, values: &[Exported<'_>]) -> Printed {
    let (open, secret): (Vec<_>, Vec<_>) = values.iter().partition(|exported| exported.open);
    let mut refused = Vec::new();
    let mut text = Zeroizing::new(String::new());
    // Without any value there is still something to apply, so that what was there before is emptied.
    if !open.is_empty() || secret.is_empty() {
        head(&mut text, object, "ConfigMap");
        match entries("ConfigMap", &open, yaml::entry) {
            Ok(written) => text.push_str(&written),
            Err(found) => refused.extend(found),
        }
    }
    if !secret.is_empty() {
        if !text.is_empty() {
            text.push_str("---\n");
        }
        head(&mut text, object, "Secret");
        let encoded = |text: &mut String, indent: usize, name: &str, value: &str| {
            yaml::entry(text, indent, name, &Zeroizing::new(STANDARD.encode(value)));
        };
        match entries("Secret", &secret, encoded) {
            Ok(written) => text.push_str(&written),
            Err(found) => refused.extend(found),
        }
    }
    if refused.is_empty() { Ok(text) } else { Err(refused) }
}

fn head(text: &mut String, object: ObjectName<'_>, kind: &str) {
    text.push_str("apiVersion: v1\nkind: ");
    text.push_str(kind);
    text.push_str("\nmetadata:\n");
    yaml::entry(text, 2, "name", object.name);
    if let Some(namespace) = object.namespace {
        yaml::entry(text, 2, "namespace", namespace);
    }
    if kind == "Secret" {
        text.push_str("type: Opaque\n");
    }
}

/// The values of one object, each written by `entry`.
fn entries(kind: &str, values: &[&Exported<'_>], entry: impl Fn(&mut String, usize, &str, &str)) -> Printed {
    let mut size = 0;
    let written = each(values.iter().copied(), &format!("put into a {kind}"), |text, exported, value| {
        let name = exported.name;
        if !is_key(name) {
            return Err(NO_KEY);
        }
        if value.contains('\0') {
            return Err(NUL);
        }
        size += value.len();
        entry(text, 2, name, value);
        Ok(())
    })?;
    if size > LIMIT {
        let message = format!(
            "the {} values of the {kind} have more than 1,048,576 bytes together, which is the most for one object",
            values.len()
        );
        let finding = Finding::general(Code::Unwritable, Severity::Error, message);
        return Err(vec![finding.help("export fewer variables into one object: `--only`, `--target`")]);
    }
    let mut text = Zeroizing::new(String::with_capacity(written.len() + 16));
    text.push_str(if values.is_empty() { "data: {}\n" } else { "data:\n" });
    text.push_str(&written);
    Ok(text)
}
