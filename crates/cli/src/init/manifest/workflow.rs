//! Workflows of GitHub Actions: every `env:`, wherever it stands.

use zeroize::Zeroizing;

use super::super::{Noted, Notes, Said};
use super::tree::{Entry, Node};
use super::{Broken, yaml};

pub(super) fn read(text: &str) -> Result<Notes, Broken> {
    let file = yaml::parse(text)?;
    let mut notes = Notes::default();
    walk(&file, &mut notes);
    Ok(notes)
}

fn walk(node: &Node, notes: &mut Notes) {
    match node {
        Node::Table(entries) => {
            for entry in entries {
                match (&entry.node, entry.key.as_str()) {
                    (Node::Table(variables), "env") => {
                        variables.iter().for_each(|variable| self::variable(variable, notes));
                    }
                    (Node::Word(word), "env") if word.contains("${{") => {
                        notes.left(entry.line, "`env`", "it is put together as the workflow runs");
                    }
                    (Node::Word(word), _) => elsewhere(word, entry.line, notes),
                    (node, _) => walk(node, notes),
                }
            }
        }
        Node::List(items) => {
            for (line, item) in items {
                match item {
                    Node::Word(word) => elsewhere(word, *line, notes),
                    item => walk(item, notes),
                }
            }
        }
        Node::Word(_) | Node::Nothing => {}
    }
}

/// What a text outside of `env` takes from the settings of the repository.
fn elsewhere(word: &str, line: u32, notes: &mut Notes) {
    for part in word.split("${{").skip(1) {
        let inside = part.split("}}").next().unwrap_or_default().trim();
        if let Some((of, name)) = setting(inside) {
            let what = format!("`{of}.{name}` outside of `env`");
            notes.left(line, what, "the workflow uses it, no variable has it");
        }
    }
}

/// `secrets.X` or `vars.X`, alone.
fn setting(inside: &str) -> Option<(&str, &str)> {
    let (of, name) = inside.split_once('.')?;
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    (["secrets", "vars"].contains(&of) && is_name).then_some((of, name))
}

fn variable(entry: &Entry, notes: &mut Notes) {
    let (name, line) = (&entry.key, entry.line);
    let word = entry.node.word().unwrap_or_default();
    let whole = word.trim().strip_prefix("${{").and_then(|rest| rest.strip_suffix("}}")).map(str::trim);
    let mut noted = Noted { name: name.clone(), ..Noted::default() };
    match whole.and_then(setting) {
        Some(("secrets", "GITHUB_TOKEN")) => {
            notes.left(line, name.clone(), "GitHub gives each run its own token");
            return;
        }
        Some((of, from)) => {
            noted.said = Said { sensitive: Some(of == "secrets"), ..Said::default() };
            if from != name {
                let what = format!("{name} from `{of}.{from}`");
                notes.left(line, what, "a contract knows the name of the variable only");
            }
        }
        None if word.contains("${{") => {
            notes.left(line, format!("the value of {name}"), "it is put together as the workflow runs");
        }
        None => noted.value = Zeroizing::new(word.to_owned()),
    }
    notes.first(noted, line);
}
