//! The JSON Schema of the contract format, for editors and other tools.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::{Document, Field, Table};
use crate::kind::Kind;
use crate::text::Spanned;
use crate::types::ValueType;

/// Where the published JSON Schema is found, and its `$id`.
const ID: &str = "https://raw.githubusercontent.com/envctl/envctl/main/schema/json/envschema.schema.json";

/// What a variable's name looks like.
const NAME: &str = "^[A-Za-z_][A-Za-z0-9_]*$";

/// What a key of a stack's configuration looks like.
const KEY: &str = "^[A-Za-z_][A-Za-z0-9_]*([-.][A-Za-z0-9_]+)*(:[A-Za-z0-9_]+([-.][A-Za-z0-9_]+)*)?$";

/// What only wraps a `T` is described as a `T`.
macro_rules! transparent {
    ($wrapper:ident) => {
        impl<T: JsonSchema> JsonSchema for $wrapper<T> {
            fn inline_schema() -> bool {
                T::inline_schema()
            }

            fn schema_name() -> Cow<'static, str> {
                T::schema_name()
            }

            fn schema_id() -> Cow<'static, str> {
                T::schema_id()
            }

            fn json_schema(generator: &mut SchemaGenerator) -> Schema {
                T::json_schema(generator)
            }
        }
    };
}

transparent!(Spanned);
transparent!(Field);

impl<T: JsonSchema> JsonSchema for Table<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("TableOf{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
    }
}

/// The JSON Schema (draft 2020-12) of `envschema.toml`, made from the same tables as its decoder.
///
/// It knows every key and the form of every value, and says no to unknown keys. What one part of a contract
/// says about another (names, conditions, defaults of a type) only [`Schema::parse`](crate::Schema::parse) judges.
#[must_use]
pub fn json_schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut made = generator.into_root_schema_for::<Document>().to_value();
    without_null(&mut made);
    let mut schema = json!({
        "$schema": made["$schema"].take(),
        "$id": ID,
        "title": "envschema.toml",
        "description": "The contract of a deployment's environment: variables, types, conditions and rules.",
        "type": "object",
        "additionalProperties": false,
        "properties": made["properties"].take(),
        "$defs": made["$defs"].take(),
        "allOf": kinds(),
    });
    names(&mut schema["properties"]["conditions"], NAME);
    let tables = &mut schema["$defs"];
    tables["GroupTable"]["required"] = json!(["id"]);
    tables["GenerateTable"]["required"] = json!(["form"]);
    tables["RequiresTable"]["required"] = json!(["if", "then"]);
    names(&mut tables["ProfileTable"]["properties"]["vars"], KEY);
    words(&mut tables["SchemaTable"], "kind", &Kind::NAMES);
    words(&mut tables["ProfileTable"], "others", &["keep", "optional"]);
    words(&mut tables["EnvironmentTable"], "guard", &["lenient", "moderate", "strict"]);
    let variable = &mut tables["VariableTable"];
    words(variable, "type", ValueType::NAMES);
    let items: Vec<&str> = ValueType::NAMES.iter().copied().filter(|name| *name != "list").collect();
    words(variable, "items", &items);
    words(variable, "visibility", &["secret", "plain", "public"]);
    // An override takes all keys of a variable but the one for overrides.
    let mut over = variable.clone();
    if let Some(properties) = over["properties"].as_object_mut() {
        properties.remove("on");
    }
    over["description"] = "What is different about a variable in one environment.".into();
    variable["properties"]["on"]["additionalProperties"] = json!({ "$ref": "#/$defs/OverrideTable" });
    tables["OverrideTable"] = over;
    schema
}

/// What follows from the kind of a contract. A file that extends another may get its kind there, and a part that
/// others extend, which has no name, from those: of them less is asked.
fn kinds() -> Value {
    let [env, config] = Kind::NAMES;
    let schema = |required: &[&str], properties: Value| {
        let table = json!({ "required": required, "properties": properties });
        json!({ "required": ["schema"], "properties": { "schema": table } })
    };
    let names =
        |pattern: &str| json!({ "properties": { "vars": { "propertyNames": { "pattern": pattern } } } });
    json!([
        {
            "if": schema(&["name", "kind"], json!({ "kind": { "const": config }, "extends": false })),
            "then": { "properties": { "schema": { "required": ["namespace"] } } },
        },
        {
            "if": schema(&["name"], json!({ "kind": { "const": env }, "extends": false })),
            "then": { "allOf": [names(NAME), { "properties": { "schema": { "properties": { "namespace": false } } } }] },
            "else": names(KEY),
        },
    ])
}

/// Restricts a key of a table to some words.
fn words(table: &mut Value, key: &str, words: &[&str]) {
    table["properties"][key]["enum"] = json!(words);
}

/// Says what the keys of a table look like.
fn names(table: &mut Value, pattern: &str) {
    table["propertyNames"] = json!({ "pattern": pattern });
}

/// Takes out the null that stands for a key that is not there: TOML has none.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(without_null),
        Value::Object(keys) => {
            if let Some(Value::Array(types)) = keys.get_mut("type") {
                types.retain(|one| one != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    keys.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = keys.get_mut("anyOf") {
                choices.retain(|one| *one != json!({ "type": "null" }));
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    keys.remove("anyOf");
                    keys.extend(only);
                }
            }
            keys.values_mut().for_each(without_null);
        }
        _ => {}
    }
}
