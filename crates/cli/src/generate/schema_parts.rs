//! The parts of the JSON Schema: what a text of a type looks like, and when a condition holds.

use std::fmt::Write as _;

use envschema::types::Pattern;
use envschema::{Asks, Empty, ValueType, Variable};
use serde_json::{Value, json};

use super::Model;

/// A port without bounds of its own.
const PORT: &str =
    "^0*([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])$";

/// What a text of this type looks like; `None` for any text. Nothing that the type takes is refused.
pub(super) fn shape(kind: &ValueType) -> Option<Value> {
    let pattern = |pattern: &str| Some(json!({ "pattern": pattern }));
    match kind {
        ValueType::Boolean => Some(json!({ "enum": ["true", "false", "1", "0"] })),
        ValueType::Integer(_) => pattern("^[+-]?[0-9]+$"),
        ValueType::Number(_) => pattern(r"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$"),
        ValueType::Port(_) => pattern(PORT),
        ValueType::Enum(of) if of.ignore_case => {
            let values: Vec<String> = of.values.iter().map(|value| any_case(value)).collect();
            pattern(&format!("^(?:{})$", values.join("|")))
        }
        ValueType::Enum(of) => Some(json!({ "enum": of.values })),
        ValueType::Url(of) => {
            let schemes: Vec<String> = of.schemes.iter().map(|scheme| any_case(scheme)).collect();
            let shape = match schemes.as_slice() {
                [] => json!({ "pattern": "^[A-Za-z][A-Za-z0-9+.-]*:" }),
                schemes => json!({ "pattern": format!("^(?:{}):", schemes.join("|")) }),
            };
            Some(both(shape, of.prefix.as_deref()))
        }
        ValueType::String(of) => {
            let mut shape = json!({});
            if let Some(min) = of.length.min {
                shape["minLength"] = min.into();
            }
            if let Some(max) = of.length.max {
                shape["maxLength"] = max.into();
            }
            // Other readers of patterns know the same signs but for flags, named groups and classes by name.
            let own = of.pattern.as_ref().map(Pattern::as_str);
            let is_common = |text: &&str| {
                !text.replace("(?:", "").contains("(?")
                    && !["\\A", "\\z", "[["].iter().any(|sign| text.contains(sign))
            };
            if let Some(own) = own.filter(is_common) {
                shape["pattern"] = format!("^(?:{own})$").into();
            }
            let shape = both(shape, of.prefix.as_deref());
            (shape != json!({})).then_some(shape)
        }
        ValueType::Email => pattern("@"),
        ValueType::Cidr => pattern("/[0-9]+$"),
        ValueType::Uuid => pattern("^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$"),
        ValueType::Hex(of) => pattern(&match of.bytes {
            Some(bytes) => format!("^[0-9A-Fa-f]{{{}}}$", bytes * 2),
            None => "^([0-9A-Fa-f]{2})*$".to_owned(),
        }),
        ValueType::Base64(_) => pattern("^[A-Za-z0-9+/_=-]*$"),
        ValueType::Pem(_) => pattern("-----BEGIN "),
        ValueType::Arn(_) => pattern("^arn:"),
        ValueType::Semver => pattern(r"^[0-9]+\.[0-9]+\.[0-9]+"),
        ValueType::Path | ValueType::Host | ValueType::Ip | ValueType::Duration(_) | ValueType::Bytes(_) => {
            Some(json!({ "minLength": 1 }))
        }
        _ => None,
    }
}

/// With what the text begins with.
fn both(mut shape: Value, prefix: Option<&str>) -> Value {
    let Some(prefix) = prefix else { return shape };
    let prefix = format!("^{}", escaped(prefix));
    match shape.get("pattern") {
        None => shape["pattern"] = prefix.into(),
        Some(_) => shape["allOf"] = json!([{ "pattern": prefix }]),
    }
    shape
}

/// The texts of a variable that are no value: an empty one if that means not set, and what a secret is before it is
/// filled in.
pub(super) fn no_value(variable: &Variable, empty: bool) -> Vec<Value> {
    let mut none = Vec::new();
    if empty {
        none.push(json!({ "const": "" }));
    }
    if variable.is_secret() {
        none.push(json!({ "$ref": "#/$defs/placeholder" }));
        // An example of another form is told apart by itself.
        let is_reminder = |text: &str| Variable::REMINDERS.iter().any(|one| text.eq_ignore_ascii_case(one));
        let told = |text: &str| text.is_empty() || text.ends_with("...") || is_reminder(text);
        let own = variable.example.as_ref().filter(|example| !told(example));
        none.extend(own.map(|example| json!({ "pattern": format!(r"^\s*{}\s*$", escaped(example)) })));
    }
    none
}

/// What any secret is before it is filled in.
pub(super) fn placeholder() -> Value {
    let reminders: Vec<String> = Variable::REMINDERS.iter().map(|reminder| any_case(reminder)).collect();
    let reminders = reminders.join("|");
    json!({ "pattern": format!(r"^\s*(?:[\s\S]*\.\.\.|<[\s\S]*>|{reminders})\s*$") })
}

/// When a condition holds of an object of texts; `None` if that cannot be said.
pub(super) fn holds(model: &Model<'_>, asks: &Asks) -> Option<Value> {
    let each = |of: &[Asks]| of.iter().map(|part| holds(model, part)).collect::<Option<Vec<_>>>();
    match asks {
        Asks::Constant(truth) => Some(Value::Bool(*truth)),
        Asks::OneOf { variable: id, texts, ignore_case } => {
            let entry = model.entry(*id).filter(|entry| !entry.absence_varies)?;
            let asked = match ignore_case {
                false => json!({ "enum": texts }),
                true => {
                    let texts: Vec<String> = texts.iter().map(|text| any_case(text)).collect();
                    json!({ "pattern": format!("^(?:{})$", texts.join("|")) })
                }
            };
            let given = json!({ "properties": { entry.name: asked }, "required": [entry.name] });
            let by_default = asks.decided(*id, entry.variable.default.as_deref()) == Some(true);
            let unset = json!({ "not": set(entry.name, entry.variable) });
            Some(if by_default { json!({ "anyOf": [given, unset] }) } else { given })
        }
        Asks::Set(id) => {
            let entry = model.entry(*id).filter(|entry| !entry.absence_varies)?;
            let by_default = entry.variable.default.is_some();
            Some(if by_default { Value::Bool(true) } else { set(entry.name, entry.variable) })
        }
        Asks::Not(of) => Some(json!({ "not": holds(model, of)? })),
        Asks::All(of) => Some(json!({ "allOf": each(of)? })),
        Asks::Any(of) => Some(json!({ "anyOf": each(of)? })),
        _ => None,
    }
}

/// That a variable is set to a value.
fn set(name: &str, variable: &Variable) -> Value {
    let none = no_value(variable, variable.empty == Empty::Unset);
    match none.is_empty() {
        true => json!({ "required": [name] }),
        false => json!({ "required": [name], "properties": { name: { "not": { "anyOf": none } } } }),
    }
}

/// A pattern that matches just this text.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if r"\^$.|?*+()[]{}/".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// A pattern that matches this text in upper and lower case.
fn any_case(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if c.is_ascii_alphabetic() {
            let _ = write!(pattern, "[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase());
        } else {
            pattern.push_str(&escaped(c.encode_utf8(&mut [0; 4])));
        }
    }
    pattern
}
