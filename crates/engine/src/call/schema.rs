//! The JSON Schema of requests and answers.

use schemars::generate::SchemaSettings;
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::describe::Described;
use super::request::Request;
use super::values::{Generated, Printed, Resolved};
use super::{CallError, VERSION};

/// Where the published JSON Schemas are found; the name of each follows.
const PUBLISHED: &str = "https://raw.githubusercontent.com/envctl/envctl/main/schema/json/";

/// The JSON Schema of requests and answers. Results that a command prints too are described where the command is.
#[must_use]
pub fn json_schema() -> Value {
    let mut generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let result = json!({ "anyOf": [
        of_command("validate"),
        of_command("explain"),
        of_command("lint"),
        generator.subschema_for::<Described<'_>>(),
        generator.subschema_for::<Resolved<'_>>(),
        generator.subschema_for::<Printed<'_>>(),
        generator.subschema_for::<Generated<'_>>(),
    ] });
    let error = generator.subschema_for::<CallError>();
    let mut definitions = generator.take_definitions(true);
    let mut generator = SchemaSettings::draft2020_12().into_generator();
    let request = generator.subschema_for::<Request>();
    definitions.extend(generator.take_definitions(true));
    let envelope = |ok: bool, what: &str, about: &str, of: Value| {
        let mut properties = json!({
            "version": { "description": "The version of this form.", "const": VERSION },
            "ok": { "description": "Whether there is a result.", "const": ok },
        });
        properties[what] = of;
        json!({
            "description": about,
            "type": "object",
            "properties": properties,
            "required": ["version", "ok", what],
            "additionalProperties": false,
        })
    };
    let with = |mut of: Value, about: &str| {
        of["description"] = about.into();
        of
    };
    definitions.insert(
        "Answer".to_owned(),
        json!({ "description": "What comes back.", "oneOf": [
            envelope(true, "result", "What was asked for.", with(result, "What the operation gives, with a version of its own.")),
            envelope(false, "error", "Why there is no result.", with(error.to_value(), "What went wrong, and what to do.")),
        ] }),
    );
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("{PUBLISHED}ffi.schema.json"),
        "title": "envctl_call",
        "description": "Requests and answers of the C interface, the Node package and `envctl call`.",
        "oneOf": [request, { "$ref": "#/$defs/Answer" }],
        "$defs": definitions,
    })
}

/// What a command prints as JSON.
fn of_command(name: &str) -> Value {
    json!({ "$ref": format!("{PUBLISHED}{name}.schema.json") })
}

/// A part of what `validate` or `explain` prints.
fn part(path: &str) -> Schema {
    json_schema!({ "$ref": format!("{PUBLISHED}{path}") })
}

pub(super) fn findings(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "type": "array", "items": part("validate.schema.json#/$defs/finding") })
}

pub(super) fn place(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "oneOf": [part("validate.schema.json#/$defs/place"), { "type": "null" }] })
}

pub(super) fn state(_: &mut SchemaGenerator) -> Schema {
    part("explain.schema.json#/properties/state")
}

pub(super) fn visibility(_: &mut SchemaGenerator) -> Schema {
    part("explain.schema.json#/properties/visibility")
}

pub(super) fn layer(_: &mut SchemaGenerator) -> Schema {
    let layer = part("explain.schema.json#/$defs/layer/properties/layer");
    json_schema!({ "oneOf": [layer, { "type": "null" }] })
}

pub(super) fn guard(_: &mut SchemaGenerator) -> Schema {
    json_schema!({ "enum": ["lenient", "moderate", "strict"] })
}
