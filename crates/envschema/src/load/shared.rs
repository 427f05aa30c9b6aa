//! What every view shares: the system, its environments, groups, removed names and profiles.

use std::collections::{HashMap, HashSet};

use crate::contract::{Environment, Group, Guard, Shared};
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{Document, EnvironmentTable, Table};
use crate::kind::Kind;
use crate::name::{is_identifier, is_key};
use crate::suggest::{all_of, nearest};
use crate::text::{SourceText, Span, Spanned};

pub(super) fn shared(document: &Document, source: &SourceText, found: &mut Vec<Diagnostic>) -> Shared {
    // TOML itself refuses a name that is given twice; code does not.
    if source.is_empty() {
        check_twice(document, found);
    }
    let kind = super::kind::kind(document, found);
    check_variable_names(document, &kind, found);
    check_override_names(document, found);
    Shared {
        name: system_name(document, found),
        kind,
        about: document.schema.get().and_then(|table| table.about.get()).map(|text| text.value.clone()),
        environments: environments(document, found),
        groups: groups(document, found),
        removed: removed(document, found),
        profiles: profiles(document, found),
    }
}

fn system_name(document: &Document, found: &mut Vec<Diagnostic>) -> String {
    let table = document.schema.get();
    match table.and_then(|table| table.name.get()) {
        Some(name) => {
            found.extend(bad_title("the contract's name", name));
            name.value.clone()
        }
        None => {
            let (at, label, help) = match table {
                Some(table) => (table.span, "`name` is missing", "add `name = \"my-system\"`"),
                None => {
                    (Span::default(), "`[schema]` is missing", "add `[schema]` with `name = \"my-system\"`")
                }
            };
            let diagnostic = Diagnostic::new(DiagnosticCode::MissingKey, at, "the contract has no name");
            found.push(diagnostic.label(label).help(help));
            String::new()
        }
    }
}

/// What is wrong with a text that stands for something on a line of its own, if anything.
fn bad_title(kind: &str, title: &Spanned<String>) -> Option<Diagnostic> {
    let message = if title.trim().is_empty() {
        format!("{kind} is empty")
    } else if title.contains(char::is_control) {
        format!("{kind} is more than one line")
    } else {
        return None;
    };
    let diagnostic = Diagnostic::new(DiagnosticCode::BadName, title.span, message).label("not a name");
    Some(diagnostic.help("write a few words on one line"))
}

/// What is wrong with an environment's name, which becomes part of file names, if anything.
fn bad_environment_name(name: &Spanned<String>) -> Option<Diagnostic> {
    let begins = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
    let rest = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
    if begins && rest {
        return None;
    }
    let message = format!("`{}` cannot be the name of an environment", name.value);
    let help = "use letters, digits, `.`, `_` and `-`, and begin with a letter or digit";
    Some(Diagnostic::new(DiagnosticCode::BadName, name.span, message).label("not a name").help(help))
}

/// Words of conditions, which cannot be names in them.
const WORDS: [&str; 4] = ["true", "false", "in", "has"];

/// What is wrong with the name of a variable or condition, if anything.
fn bad_name(kind: &str, name: &Spanned<String>, words: &[&str]) -> Option<Diagnostic> {
    let help = if words.contains(&name.as_str()) {
        format!("`{}` means something else in conditions", name.value)
    } else if is_identifier(name) {
        return None;
    } else {
        "use the letters A to Z and a to z, digits and `_`, and do not begin with a digit".to_owned()
    };
    let message = format!("`{}` cannot be the name of {kind}", name.value);
    Some(Diagnostic::new(DiagnosticCode::BadName, name.span, message).label("not a name").help(help))
}

/// What is wrong with the name of a variable, if anything.
fn bad_variable_name(name: &Spanned<String>, kind: &Kind) -> Option<Diagnostic> {
    let Kind::PulumiConfig { namespace } = kind else { return bad_name("a variable", name, &WORDS) };
    let help = if WORDS.contains(&name.as_str()) {
        return bad_name("a variable", name, &WORDS);
    } else if !is_key(name) {
        "write `key` or `provider:key`, with letters, digits and `_`, and with `-` and `.` between them"
            .to_owned()
    } else if name.split_once(':').is_some_and(|(own, _)| own == namespace) {
        format!("leave `{namespace}:` out, which is the contract's own namespace")
    } else {
        return None;
    };
    let message = format!("`{}` cannot be the name of a variable", name.value);
    Some(Diagnostic::new(DiagnosticCode::BadName, name.span, message).label("not a name").help(help))
}

fn check_variable_names(document: &Document, kind: &Kind, found: &mut Vec<Diagnostic>) {
    let conditions = document.conditions.iter().flat_map(|table| table.iter());
    let mut taken: HashMap<&str, Span> = HashMap::new();
    for (name, _) in conditions {
        found.extend(
            bad_name("a condition", name, &["environment"]).or_else(|| bad_name("a condition", name, &WORDS)),
        );
        taken.insert(name.value.as_str(), name.span);
    }
    let profiles = document.profiles.iter().flat_map(|table| table.iter());
    let listed = profiles.filter_map(|(_, profile)| profile.vars.get());
    for (name, _) in document.vars.iter().chain(listed).flat_map(|table| table.iter()) {
        found.extend(bad_variable_name(name, kind));
        if let Some(condition) = taken.get(name.value.as_str()) {
            let message = format!("`{}` is the name of a variable and of a condition", name.value);
            found.push(
                Diagnostic::new(DiagnosticCode::Duplicate, name.span, message)
                    .label("a variable")
                    .related(*condition, "a condition")
                    .help("rename one: conditions are usually in lower case"),
            );
        }
    }
}

/// Names that a contract built in code gives twice; TOML has no such tables.
fn check_twice(document: &Document, found: &mut Vec<Diagnostic>) {
    fn twice<T>(kind: &str, table: Option<&Spanned<Table<T>>>, found: &mut Vec<Diagnostic>) {
        let mut seen = HashSet::new();
        let names = table.into_iter().flat_map(|table| table.iter()).map(|(name, _)| name);
        for name in names.filter(|name| !seen.insert(name.as_str())) {
            let message = format!("there are two {kind} `{}`", name.value);
            found.push(
                Diagnostic::new(DiagnosticCode::Duplicate, name.span, message).help("give one another name"),
            );
        }
    }
    twice("environments", document.environments.get(), found);
    twice("conditions", document.conditions.get(), found);
    twice("variables", document.vars.get(), found);
    twice("profiles", document.profiles.get(), found);
    for (_, profile) in document.profiles.iter().flat_map(|table| table.iter()) {
        twice("variables", profile.vars.get(), found);
    }
}

fn check_override_names(document: &Document, found: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = document
        .environments
        .iter()
        .flat_map(|table| table.iter())
        .map(|(name, _)| name.value.as_str())
        .collect();
    let profiles = document.profiles.iter().flat_map(|table| table.iter());
    let listed = profiles.filter_map(|(_, profile)| profile.vars.get());
    for (variable_name, variable) in document.vars.iter().chain(listed).flat_map(|table| table.iter()) {
        for (name, over) in variable.on.iter().flat_map(|table| table.iter()) {
            if !known.contains(&name.value.as_str()) {
                let message = format!(
                    "`{}` has an override for `{}`, which is not an environment",
                    variable_name.value, name.value
                );
                let diagnostic = Diagnostic::new(DiagnosticCode::UnknownName, name.span, message)
                    .label("not an environment");
                found.push(match nearest(name, known.iter().copied()) {
                    Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
                    None if known.is_empty() => {
                        diagnostic.help(format!("define it: `[environments.{}]`", name.value))
                    }
                    None => {
                        diagnostic.help(format!("the environments are {}", all_of(known.iter().copied())))
                    }
                });
            }
            if let Some(inner) = over.on.get() {
                let message = format!("an override of `{}` cannot hold overrides", variable_name.value);
                let help = "write each environment beside the others, as in `on.dev` and `on.prod`";
                let diagnostic = Diagnostic::new(DiagnosticCode::UnknownKey, inner.span, message);
                found.push(diagnostic.label("not here").help(help));
            }
        }
    }
}

fn environments(document: &Document, found: &mut Vec<Diagnostic>) -> Vec<Environment> {
    let tables = document.environments.iter().flat_map(|table| table.iter());
    tables
        .map(|(name, table)| {
            found.extend(bad_environment_name(name));
            Environment {
                name: name.value.clone(),
                about: table.about.get().map(|text| text.value.clone()),
                aliases: aliases(table.aliases.get()),
                guard: guard(table, found),
            }
        })
        .collect()
}

fn aliases(table: Option<&Spanned<Table<Spanned<String>>>>) -> Vec<(String, String)> {
    let entries = table.iter().flat_map(|table| table.iter());
    entries.map(|(service, alias)| (service.value.clone(), alias.value.clone())).collect()
}

fn guard(table: &EnvironmentTable, found: &mut Vec<Diagnostic>) -> Guard {
    let Some(word) = table.guard.get() else { return Guard::default() };
    let known = [("lenient", Guard::Lenient), ("moderate", Guard::Moderate), ("strict", Guard::Strict)];
    super::variable::word(word, "a guard", &known).unwrap_or_else(|diagnostic| {
        found.push(diagnostic);
        Guard::default()
    })
}

fn groups(document: &Document, found: &mut Vec<Diagnostic>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut defined: HashMap<&str, Span> = HashMap::new();
    for table in document.groups.iter().flat_map(|groups| groups.value.iter()) {
        let Some(id) = table.id.get() else {
            found.push(
                Diagnostic::new(DiagnosticCode::MissingKey, table.span, "a group has no `id`")
                    .label("`id` is missing")
                    .help("add `id = \"core\"`: variables name it with `group = \"core\"`"),
            );
            continue;
        };
        if let Some(first) = defined.insert(&id.value, id.span) {
            let message = format!("there are two groups `{}`", id.value);
            let diagnostic = Diagnostic::new(DiagnosticCode::Duplicate, id.span, message).label("again");
            found.push(diagnostic.related(first, "first here").help("give one of them another `id`"));
            continue;
        }
        found.extend(bad_title("a group's `id`", id));
        found.extend(table.title.get().and_then(|title| bad_title("a group's title", title)));
        groups.push(Group {
            id: id.value.clone(),
            title: table.title.get().map_or_else(|| id.value.clone(), |title| title.value.clone()),
            about: table.about.get().map(|text| text.value.clone()),
        });
    }
    groups
}

fn removed(document: &Document, found: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let variables: HashMap<&str, Span> = document
        .vars
        .iter()
        .flat_map(|table| table.iter())
        .map(|(name, _)| (name.as_str(), name.span))
        .collect();
    let entries = document.removed.iter().flat_map(|table| table.iter());
    for (name, _) in entries.clone() {
        if let Some(variable) = variables.get(name.as_str()) {
            let message = format!("`{}` is both a variable and removed", name.value);
            found.push(
                Diagnostic::new(DiagnosticCode::Duplicate, name.span, message)
                    .label("removed")
                    .related(*variable, "still a variable")
                    .help("delete one of the two"),
            );
        }
    }
    entries.map(|(name, instead)| (name.value.clone(), instead.value.clone())).collect()
}

fn profiles(document: &Document, found: &mut Vec<Diagnostic>) -> Vec<(String, Option<String>)> {
    let mut profiles = Vec::new();
    for (name, table) in document.profiles.iter().flat_map(|table| table.iter()) {
        if let Some(others) = table.others.get() {
            let known = [("keep", ()), ("optional", ())];
            found.extend(super::variable::word(others, "what `others` takes", &known).err());
        }
        profiles.push((name.value.clone(), table.about.get().map(|text| text.value.clone())));
    }
    profiles
}
