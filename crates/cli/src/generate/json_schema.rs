//! A JSON Schema of the environment as an object of texts.

use envschema::{Asks, Empty, Rule, RuleKind, VariableId};
use serde_json::{Map, Value, json};

use super::schema_parts::{holds, no_value, placeholder, shape};
use super::words::{capital, deprecation, sentences, shown_default};
use super::{Entry, Model, Need};
use crate::render::in_one_line;

/// Describes what `envctl export --json` prints, and any other object of an environment's texts. It refuses nothing that
/// envctl takes; bounds of numbers, and conditions that compare numbers, are told in words only.
pub(crate) fn json_schema(model: &Model<'_>) -> String {
    let mut properties = Map::new();
    let mut required = Vec::new();
    let mut all = Vec::new();
    for entry in &model.entries {
        properties.insert(entry.name.to_owned(), property(model, entry));
        match &entry.need {
            Need::Always => {
                required.push(entry.name);
                all.extend(filled(entry));
            }
            Need::When(_, asks) => {
                if let Some(condition) = holds(model, asks) {
                    let filled = filled(entry).unwrap_or_else(|| json!({}));
                    let mut then = json!({ "required": [entry.name] });
                    merge(&mut then, filled);
                    all.push(json!({ "if": condition, "then": then }));
                }
            }
            Need::Default | Need::Optional => {}
        }
    }
    all.extend(model.contract.rules().iter().filter_map(|rule| of_rule(model, rule)));
    let mut schema = json!({
        "$comment": model.mark(),
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": in_one_line(&format!("The environment of {}", model.subject())),
        "type": "object",
        "properties": properties,
        "required": required,
    });
    if let Some(about) = model.contract.about() {
        schema["description"] = about.into();
    }
    if !all.is_empty() {
        schema["allOf"] = all.into();
    }
    if model.entries.iter().any(|entry| entry.variable.is_secret()) {
        schema["$defs"] = json!({ "placeholder": placeholder() });
    }
    let mut text = format!("{schema:#}");
    text.push('\n');
    text
}

fn property(model: &Model<'_>, entry: &Entry<'_>) -> Value {
    let variable = entry.variable;
    let mut property = json!({ "type": "string", "description": sentences(model, entry).join(" ") });
    if let Some(default) = shown_default(variable) {
        property["default"] = default.into();
    }
    // The example of a secret is a placeholder, and is told apart below.
    if let Some(example) = variable.example.as_ref().filter(|_| !variable.is_secret()) {
        property["examples"] = json!([example]);
    }
    if let Some(docs) = &variable.docs {
        property["x-docs"] = docs.as_str().into();
    }
    if let Some(instead) = deprecation(variable) {
        property["deprecated"] = true.into();
        property["x-deprecated"] = capital(&instead).into();
    }
    if variable.is_secret() {
        property["writeOnly"] = true.into();
        property["x-secret"] = true.into();
    }
    let shape = shape(&entry.kind);
    let takes_empty = variable.empty != Empty::Error;
    match (shape, takes_empty) {
        // What is no value yet is told where a value is asked for.
        (Some(shape), _) if takes_empty || variable.is_secret() => {
            let mut other = no_value(variable, takes_empty);
            other.push(shape);
            property["anyOf"] = other.into();
        }
        (Some(shape), _) => merge(&mut property, shape),
        (None, false) => property["minLength"] = 1.into(),
        (None, true) => {}
    }
    property
}

/// What a variable that is needed has to be beyond its type: filled in. `None` if an empty text is a value.
fn filled(entry: &Entry<'_>) -> Option<Value> {
    let not = no_value(entry.variable, entry.variable.empty == Empty::Unset);
    if not.is_empty() {
        return None;
    }
    Some(json!({ "properties": { entry.name: { "not": { "anyOf": not } } } }))
}

/// What a rule asks, where that can be said.
fn of_rule(model: &Model<'_>, rule: &Rule) -> Option<Value> {
    let set = |id: &VariableId| holds(model, &Asks::Set(*id));
    let each = |ids: &[VariableId]| ids.iter().map(set).collect::<Option<Vec<_>>>();
    let asked = match &rule.kind {
        RuleKind::OneOf(ids) => json!({ "oneOf": each(ids)? }),
        RuleKind::AtLeastOne(ids) => json!({ "anyOf": each(ids)? }),
        RuleKind::AllOrNone(ids) => {
            let each = each(ids)?;
            json!({ "anyOf": [{ "allOf": each }, { "not": { "anyOf": each } }] })
        }
        RuleKind::Excludes(ids) => {
            let each = each(ids)?;
            json!({ "anyOf": [{ "oneOf": each }, { "not": { "anyOf": each } }] })
        }
        RuleKind::Requires(first, then) => json!({ "if": set(first)?, "then": { "allOf": each(then)? } }),
        RuleKind::Assert(condition) => holds(model, &model.contract.asks(condition))?,
        _ => return None,
    };
    match &rule.when {
        None => Some(asked),
        Some(when) => Some(json!({ "if": holds(model, &model.contract.asks(when))?, "then": asked })),
    }
}

/// Adds the keys of one object to another.
fn merge(into: &mut Value, from: Value) {
    if let (Value::Object(into), Value::Object(from)) = (into, from) {
        into.extend(from);
    }
}
