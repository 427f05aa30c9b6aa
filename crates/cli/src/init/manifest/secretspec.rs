//! `secretspec.toml`: the secrets of each profile. The default profile is the contract; others are told.

use zeroize::Zeroizing;

use super::super::{Noted, Notes, Said};
use super::tree::{Entry, Node};
use super::{Broken, profile, toml};

pub(super) fn read(text: &str) -> Result<Notes, Broken> {
    let file = toml::parse(text)?;
    let mut notes = Notes::default();
    for entry in file.entries() {
        match entry.key.as_str() {
            "project" => project(&entry.node, &mut notes),
            "profiles" => profiles(&entry.node, &mut notes),
            key => notes.left(entry.line, format!("`{key}`"), "a contract has no such setting"),
        }
    }
    Ok(notes)
}

fn project(project: &Node, notes: &mut Notes) {
    for entry in project.entries() {
        match entry.key.as_str() {
            "name" => notes.name = entry.node.word().map(str::to_owned),
            "revision" => {}
            "extends" => notes.left(entry.line, "`extends`", "run `envctl init --from` on those files too"),
            key => notes.left(entry.line, format!("`project.{key}`"), "a contract has no such setting"),
        }
    }
}

fn profiles(profiles: &Node, notes: &mut Notes) {
    let defaults = profiles.get("default");
    let defaults = defaults.and_then(|profile| profile.node.get("defaults"));
    for profile in profiles.entries() {
        let of_all = profile.key == "default";
        for entry in profile.node.entries() {
            let defaults = defaults.map(|entry| &entry.node);
            if entry.key == "defaults" && entry.node.get("description").is_none() {
                if !of_all {
                    let what = format!("`profiles.{}.defaults`", profile.key);
                    notes.left(entry.line, what, "a contract is the same for every environment");
                }
            } else if of_all {
                variable(entry, defaults, true, notes);
            } else {
                profile::add(&profile.key, entry, notes, |notes| variable(entry, defaults, false, notes));
            }
        }
    }
}

fn variable(declared: &Entry, defaults: Option<&Node>, required: bool, notes: &mut Notes) {
    let (name, line, table) = (&declared.key, declared.line, &declared.node);
    profile::tell_value(declared, notes);
    let of = |key| table.text(key).or_else(|| defaults?.text(key));
    let required = required && of("required") != Some("false");
    for entry in table.entries() {
        match entry.key.as_str() {
            "description" | "required" | "default" => {}
            "type" | "generate" => {
                let what = format!("`{}` of {name}", entry.key);
                notes.left(entry.line, what, "add a `generate` of the contract's own by hand");
            }
            "provider" | "providers" => {
                let what = format!("`{}` of {name}", entry.key);
                notes.left(entry.line, what, "where values come from is said in envctl.toml");
            }
            key => notes.left(entry.line, format!("`{key}` of {name}"), "a contract has no such setting"),
        }
    }
    let noted = Noted {
        name: name.clone(),
        value: Zeroizing::new(of("default").unwrap_or_default().to_owned()),
        comments: of("description").into_iter().map(str::to_owned).collect(),
        said: Said { required: Some(required), ..Said::default() },
        ..Noted::default()
    };
    notes.first(noted, line);
}
