//! `fnox.toml`: secrets with their providers. Values in it are encrypted or references, and are never taken over.

use zeroize::Zeroizing;

use super::super::{Noted, Notes, Said};
use super::tree::{Entry, Node};
use super::{Broken, profile, toml};

pub(super) fn read(text: &str) -> Result<Notes, Broken> {
    let file = toml::parse(text)?;
    let mut notes = Notes::default();
    if let Some(secrets) = file.get("secrets") {
        for entry in secrets.node.entries() {
            variable(entry, file.text("if_missing"), true, &mut notes);
        }
    }
    for entry in file.entries() {
        match entry.key.as_str() {
            "secrets" | "if_missing" => {}
            "profiles" => profiles(&entry.node, &mut notes),
            "providers" => {
                for provider in entry.node.entries() {
                    let what = format!("provider `{}`", provider.key);
                    notes.left(provider.line, what, "where values come from is said in envctl.toml");
                }
            }
            key => notes.left(entry.line, format!("`{key}`"), "a contract has no such setting"),
        }
    }
    Ok(notes)
}

fn profiles(profiles: &Node, notes: &mut Notes) {
    for profile in profiles.entries() {
        let named = &profile.key;
        for part in profile.node.entries() {
            if part.key != "secrets" {
                let what = format!("`profiles.{named}.{}`", part.key);
                notes.left(part.line, what, "where values come from is said in envctl.toml");
                continue;
            }
            for entry in part.node.entries() {
                profile::add(named, entry, notes, |notes| variable(entry, None, false, notes));
            }
        }
    }
}

fn variable(declared: &Entry, if_missing: Option<&str>, required: bool, notes: &mut Notes) {
    let (name, line, table) = (&declared.key, declared.line, &declared.node);
    profile::tell_value(declared, notes);
    for entry in table.entries() {
        match entry.key.as_str() {
            "description" | "default" | "if_missing" => {}
            "provider" | "value" => {
                let why = "where values come from is said in envctl.toml";
                notes.left(entry.line, format!("`{}` of {name}", entry.key), why);
            }
            key => notes.left(entry.line, format!("`{key}` of {name}"), "a contract has no such setting"),
        }
    }
    let if_missing = table.text("if_missing").or(if_missing);
    let required = required && !matches!(if_missing, Some("ignore" | "warn"));
    let noted = Noted {
        name: name.clone(),
        value: Zeroizing::new(table.text("default").unwrap_or_default().to_owned()),
        comments: table.text("description").into_iter().map(str::to_owned).collect(),
        said: Said { required: Some(required), ..Said::default() },
        ..Noted::default()
    };
    notes.first(noted, line);
}
