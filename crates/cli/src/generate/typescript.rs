//! Types for TypeScript.

use std::fmt::Write as _;

use envschema::{Empty, ValueType, Visibility};
use serde_json::Value;

use super::names::{Taken, pascal};
use super::union::{Member, Union, unions};
use super::words::{deprecation, sentences, shown_default};
use super::{Entry, Model};
use crate::render::in_one_line;

/// Names that the types of Node and of frameworks describe already; another description would not compile.
const DESCRIBED_ELSEWHERE: &[&str] = &["NODE_ENV", "TZ"];

/// The types of an environment: `Env` is what `envctl export --json --typed` prints, and `ProcessEnv` of Node gets the
/// same names with their texts.
pub(crate) fn typescript(model: &Model<'_>) -> String {
    let unions = unions(model);
    let mut taken =
        Taken::with(&["Env", "Common", "PublicEnv", "PublicName", "Part", "Shape", "NodeJS", "Pick"]);
    let names: Vec<String> =
        unions.iter().map(|union| taken.give(format!("By{}", pascal(union.chosen.name)))).collect();
    let mut text = format!("// {} Do not edit.\n\n", model.mark());
    let all = ["Common"]
        .into_iter()
        .chain(names.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(if unions.len() < 2 { " & " } else { " &\n  " });
    let _ = write!(
        text,
        "/**\n * The environment of {}, as `envctl export --json --typed` prints it: numbers and booleans as such, durations\n * in seconds.",
        comment(&model.subject())
    );
    if !unions.is_empty() {
        text.push_str(" What is there may depend on a choice: check that first.");
    }
    let _ = write!(text, "\n */\nexport type Env = {all};\n\n/** What does not depend on a choice. */\n");
    text.push_str("export interface Common {\n");
    for entry in &model.entries {
        push_doc(&mut text, model, entry);
        let mark = if entry.need.is_always() { "" } else { "?" };
        let _ = writeln!(text, "  {}{mark}: {};", key(entry.name), kind(entry));
    }
    text.push_str("}\n");
    for (union, name) in unions.iter().zip(&names) {
        push_union(&mut text, union, name);
    }
    push_public(&mut text, model);
    push_shape(&mut text, model);
    if matches!(model.contract.kind(), envschema::Kind::Env) {
        push_process(&mut text, model);
    }
    text
}

fn push_union(text: &mut String, union: &Union<'_>, name: &str) {
    let chosen = union.chosen;
    let _ =
        write!(text, "\n/** What is there by what `{}` is. */\nexport type {name} =", comment(chosen.name));
    for Member { answers, there } in &union.members {
        let is_boolean = *chosen.kind == ValueType::Boolean;
        let known: Vec<String> = answers
            .iter()
            .flatten()
            .map(|answer| if is_boolean { (*answer).to_owned() } else { literal(answer) })
            .collect();
        let mark = if answers.contains(&None) { "?" } else { "" };
        let known = if known.is_empty() { "undefined".to_owned() } else { known.join(" | ") };
        let _ = write!(text, "\n  | {{\n      {}{mark}: {known};", key(chosen.name));
        for entry in there {
            let _ = write!(text, "\n      {}: {};", key(entry.name), kind(entry));
        }
        text.push_str("\n    }");
    }
    text.push_str(";\n");
}

/// What may be shipped to a browser.
fn push_public(text: &mut String, model: &Model<'_>) {
    let public = |entry: &&Entry<'_>| entry.variable.visibility == Visibility::Public;
    let names: Vec<String> =
        model.entries.iter().filter(public).map(|entry| format!("\n  | {}", literal(entry.name))).collect();
    if names.is_empty() {
        return;
    }
    let _ = write!(
        text,
        "
/** The names of what may be shipped to a browser. */
export type PublicName ={};

/** What may be shipped to a browser. */
export type PublicEnv = Part<Env, PublicName>;

type Part<T, K extends PropertyKey> = T extends unknown ? Pick<T, Extract<keyof T, K>> : never;
",
        names.concat()
    );
}

/// What the npm package `envctl` has to know beside the values: it gives secrets, URLs and big numbers apart.
fn push_shape(text: &mut String, model: &Model<'_>) {
    let names = |wanted: &dyn Fn(&Entry<'_>) -> bool| {
        let names: Vec<_> =
            model.entries.iter().filter(|entry| wanted(entry)).map(|entry| literal(entry.name)).collect();
        if names.is_empty() { "never".to_owned() } else { names.join(" | ") }
    };
    let secret = names(&|entry| entry.variable.is_secret());
    let url = names(&|entry| matches!(*entry.kind, ValueType::Url(_)));
    let big = names(&|entry| may_be_big(&entry.kind));
    let _ = write!(
        text,
        "
/** For the npm package `envctl`: `load<Shape>()`. */
export interface Shape {{
  env: Env;
  secret: {secret};
  url: {url};
  big: {big};
}}
"
    );
}

/// Whether a whole number may be beyond those that a number of JavaScript holds exactly, or an item of a list may.
fn may_be_big(kind: &ValueType) -> bool {
    const SAFE: i64 = (1 << 53) - 1;
    match kind {
        ValueType::Integer(bounds) => {
            !(bounds.min.is_some_and(|min| min >= -SAFE) && bounds.max.is_some_and(|max| max <= SAFE))
        }
        ValueType::Bytes(bounds) => bounds.max.is_none_or(|max| max > SAFE.unsigned_abs()),
        ValueType::List(list) => may_be_big(&list.items),
        _ => false,
    }
}

/// The texts that a process sees.
fn push_process(text: &mut String, model: &Model<'_>) {
    text.push_str(
        "
declare global {
  namespace NodeJS {
    /** The texts as they are; what has a default is there when `envctl run` or `envctl export` gave it. */
    interface ProcessEnv {
",
    );
    for entry in &model.entries {
        if !DESCRIBED_ELSEWHERE.contains(&entry.name) {
            let mark = if entry.need.is_always() { "" } else { "?" };
            let _ = writeln!(text, "      {}{mark}: string;", key(entry.name));
        }
    }
    text.push_str("    }\n  }\n}\n");
}

fn push_doc(text: &mut String, model: &Model<'_>, entry: &Entry<'_>) {
    let variable = entry.variable;
    text.push_str("  /**\n");
    let mut line = |line: &str| {
        let _ = writeln!(text, "   * {}", comment(line));
    };
    // The default has a tag of its own.
    for sentence in sentences(model, entry).iter().filter(|sentence| !sentence.starts_with("By default ")) {
        line(sentence);
    }
    if let Some(default) = shown_default(variable) {
        line(&format!("@default {}", literal(default)));
    }
    if let Some(docs) = &variable.docs {
        line(&format!("@see {docs}"));
    }
    if let Some(instead) = deprecation(variable) {
        line(&format!("@deprecated {instead}"));
    }
    text.push_str("   */\n");
}

/// The type of a checked value.
fn kind(entry: &Entry<'_>) -> String {
    let kind = of(&entry.kind);
    // Where the contract allows it, an empty text is a value of any type.
    let is_empty_apart = entry.variable.empty == Empty::Value
        && entry.kind.accepts("").is_err()
        && !["string", "unknown"].contains(&kind.as_str());
    if is_empty_apart { format!("{kind} | \"\"") } else { kind }
}

fn of(kind: &ValueType) -> String {
    match kind {
        ValueType::Boolean => "boolean".to_owned(),
        ValueType::Integer(_)
        | ValueType::Number(_)
        | ValueType::Port(_)
        | ValueType::Bytes(_)
        | ValueType::Duration(_) => "number".to_owned(),
        ValueType::Enum(of) if !of.values.is_empty() => {
            of.values.iter().map(|value| literal(value)).collect::<Vec<_>>().join(" | ")
        }
        ValueType::Json => "unknown".to_owned(),
        ValueType::List(list) => match of(&list.items) {
            items if items.contains('|') => format!("({items})[]"),
            items => format!("{items}[]"),
        },
        _ => "string".to_owned(),
    }
}

/// A text as TypeScript writes it.
fn literal(text: &str) -> String {
    Value::from(text).to_string()
}

/// The name of a property.
fn key(name: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_name = name.chars().all(plain) && !name.starts_with(|c: char| c.is_ascii_digit());
    if is_name { name.to_owned() } else { literal(name) }
}

/// A text that cannot end a comment.
fn comment(text: &str) -> String {
    in_one_line(text).replace("*/", "*\\/")
}
