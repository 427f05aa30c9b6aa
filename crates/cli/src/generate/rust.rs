//! Structs for Rust.

use std::fmt::Write as _;

use envschema::ValueType;

use super::names::{Taken, pascal, snake};
use super::words::{deprecation, sentences};
use super::{Entry, Model};

/// Words that are no names of fields.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop",
    "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "self", "static",
    "struct", "super", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual",
    "where", "while", "yield",
];

/// Names of types that are used, or that every module has.
const TYPES: &[&str] =
    &["Env", "SecretJson", "Option", "Vec", "String", "Self", "Box", "Result", "Some", "None"];

/// A struct of the environment with the types that it needs, read with serde.
pub(crate) fn rust(model: &Model<'_>) -> String {
    let mut types = Taken::with(TYPES);
    let mut fields = Taken::default();
    let mut before = String::new();
    let mut body = String::new();
    let mut has_secret_json = false;
    for entry in &model.entries {
        let variable = entry.variable;
        let own = own_enum(&entry.kind).filter(|_| !variable.is_secret()).map(|values| {
            let name = types.give(pascal(entry.name));
            push_enum(&mut before, entry, &name, values);
            name
        });
        has_secret_json |= variable.is_secret() && *entry.kind == ValueType::Json;
        let plain = plain_kind(&entry.kind, own.as_deref());
        let kind = if variable.is_secret() { secret_kind(&entry.kind, &plain) } else { plain };
        let kind = if entry.need.is_always() { kind } else { format!("Option<{kind}>") };
        push_doc(&mut body, model, entry);
        let field = snake(entry.name);
        let field = if KEYWORDS.contains(&field.as_str()) { format!("{field}_") } else { field };
        let field = fields.give(field);
        let _ = write!(body, "    #[serde(rename = {:?})]\n    pub {field}: {kind},\n", entry.name);
    }
    // What is resolved has the contract's names, which may not be those of a target.
    let is_renamed = model.entries.iter().any(|entry| entry.name != &*entry.variable.name);
    let read_from = if is_renamed { EXPORTED } else { RESOLVED };
    let mut text = format!(
        "// {} Do not edit.
//
// Needs the crates `serde` (with `derive`), `secrecy` (with `serde`) and, for JSON values, `serde_json`.
{read_from}

/// The environment of {}. Secrets are shown by no `Debug`.
#[derive(Debug, serde::Deserialize)]
pub struct Env {{
{body}}}
",
        model.mark(),
        doc(&model.subject())
    );
    text.push_str(&before);
    if has_secret_json {
        text.push_str(SECRET_JSON);
    }
    text
}

const RESOLVED: &str = "\
// Made of what is resolved, `let env: Env = resolution.extract()?` with `envctl-resolver`, or read with `serde_json` from
// what `envctl export --json --typed` prints. Durations are seconds.";

const EXPORTED: &str = "\
// Read with `serde_json` from what `envctl export --json --typed` prints for the target. Durations are seconds.";

const SECRET_JSON: &str = r#"
/// A JSON value that is secret.
#[derive(serde::Deserialize)]
#[serde(transparent)]
pub struct SecretJson(pub serde_json::Value);

impl std::fmt::Debug for SecretJson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SecretJson([REDACTED])")
    }
}
"#;

fn push_enum(text: &mut String, entry: &Entry<'_>, name: &str, values: &[String]) {
    let _ = write!(
        text,
        "\n/// What `{}` can be.\n#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Deserialize)]\npub enum {name} {{\n",
        doc(entry.name)
    );
    let mut variants = Taken::with(&["Self"]);
    for value in values {
        let variant = variants.give(if value.is_empty() { "Empty".to_owned() } else { pascal(value) });
        let _ = write!(text, "    /// `{}`\n    #[serde(rename = {value:?})]\n    {variant},\n", doc(value));
    }
    text.push_str("}\n");
}

/// The values of a choice, or of a list of choices.
fn own_enum(kind: &ValueType) -> Option<&[String]> {
    match kind {
        ValueType::Enum(of) if !of.values.is_empty() => Some(&of.values),
        ValueType::List(list) => own_enum(&list.items),
        _ => None,
    }
}

fn plain_kind(kind: &ValueType, own: Option<&str>) -> String {
    match kind {
        ValueType::Boolean => "bool".to_owned(),
        ValueType::Integer(_) => "i64".to_owned(),
        ValueType::Port(_) => "u16".to_owned(),
        ValueType::Bytes(_) => "u64".to_owned(),
        ValueType::Number(_) | ValueType::Duration(_) => "f64".to_owned(),
        ValueType::Json => "serde_json::Value".to_owned(),
        ValueType::List(list) => format!("Vec<{}>", plain_kind(&list.items, own)),
        ValueType::Enum(_) => own.unwrap_or("String").to_owned(),
        _ => "String".to_owned(),
    }
}

fn secret_kind(kind: &ValueType, plain: &str) -> String {
    match kind {
        ValueType::Json => "SecretJson".to_owned(),
        ValueType::List(list) if *list.items == ValueType::Json => "Vec<SecretJson>".to_owned(),
        _ if plain == "String" => "secrecy::SecretString".to_owned(),
        _ => format!("secrecy::SecretBox<{plain}>"),
    }
}

fn push_doc(text: &mut String, model: &Model<'_>, entry: &Entry<'_>) {
    let variable = entry.variable;
    for (index, sentence) in sentences(model, entry).iter().enumerate() {
        if index == 1 && variable.about.is_some() {
            text.push_str("    ///\n");
        }
        let _ = writeln!(text, "    /// {}", doc(sentence));
    }
    if let Some(docs) = &variable.docs {
        let _ = writeln!(text, "    /// See <{}>.", doc(docs));
    }
    if let Some(instead) = deprecation(variable) {
        let _ = writeln!(text, "    /// Deprecated: {}.", doc(instead.trim_end_matches('.')));
    }
}

/// A text for a comment that documents.
fn doc(text: &str) -> String {
    crate::render::in_one_line(text)
}
