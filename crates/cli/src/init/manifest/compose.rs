//! Compose files: the `environment` of each service.

use zeroize::Zeroizing;

use super::super::{Noted, Notes, Said};
use super::tree::Node;
use super::{Broken, yaml};

pub(super) fn read(text: &str) -> Result<Notes, Broken> {
    let file = yaml::parse(text)?;
    let mut notes = Notes::default();
    for part in file.entries() {
        match part.key.as_str() {
            "name" => notes.name = part.node.word().filter(|name| !name.contains('$')).map(str::to_owned),
            "services" => {
                for service in part.node.entries() {
                    let heading = notes.headings.len();
                    notes.headings.push(service.key.clone());
                    self::service(&service.key, &service.node, heading, &mut notes);
                }
            }
            "secrets" | "configs" | "include" => {
                notes.left(part.line, format!("`{}`", part.key), "these are files, not variables");
            }
            _ => {}
        }
    }
    Ok(notes)
}

fn service(service: &str, node: &Node, heading: usize, notes: &mut Notes) {
    for entry in node.entries() {
        match (entry.key.as_str(), &entry.node) {
            ("environment", Node::Table(variables)) => {
                for variable in variables {
                    let value = variable.node.word();
                    self::variable(&variable.key, value, heading, variable.line, notes);
                }
            }
            ("environment", Node::List(items)) => {
                for (line, item) in items {
                    let Some(word) = item.word() else {
                        let what = format!("an item of `environment` of {service}");
                        notes.left(*line, what, "it is no text");
                        continue;
                    };
                    let (name, value) = match word.split_once('=') {
                        Some((name, value)) => (name, Some(value)),
                        None => (word, None),
                    };
                    variable(name.trim(), value, heading, *line, notes);
                }
            }
            ("environment", _) => {
                notes.left(entry.line, format!("`environment` of {service}"), "it has no variables");
            }
            ("env_file", _) => {
                let why = "run `envctl init --from` on an example of that file too";
                notes.left(entry.line, format!("`env_file` of {service}"), why);
            }
            ("secrets" | "configs", _) => {
                let what = format!("`{}` of {service}", entry.key);
                notes.left(entry.line, what, "these are files, not variables");
            }
            ("extends", _) => {
                notes.left(
                    entry.line,
                    format!("`extends` of {service}"),
                    "another service has more variables",
                );
            }
            ("build", build) => {
                if let Some(args) = build.get("args") {
                    let what = format!("`build.args` of {service}");
                    notes.left(args.line, what, "these are for building, not for running");
                }
            }
            _ => {}
        }
    }
}

fn variable(name: &str, value: Option<&str>, heading: usize, line: u32, notes: &mut Notes) {
    let mut noted = Noted { name: name.to_owned(), heading: Some(heading), ..Noted::default() };
    // `$$` is a dollar sign that stands for itself.
    let value = value.unwrap_or_default();
    let escaped = value.replace("$$", "");
    if !escaped.contains('$') {
        noted.value = Zeroizing::new(value.replace("$$", "$"));
    } else if let Some(given) = Given::of(value) {
        if given.name != name {
            let what = format!("{name} from `{}` of the shell", given.name);
            notes.left(line, what, "a contract knows the name of the variable only");
        }
        let literal = given.fallback.filter(|fallback| !fallback.contains('$'));
        if given.fallback.is_some() && literal.is_none() {
            notes.left(line, format!("the value of {name}"), "it is put together from others");
        }
        noted.value = Zeroizing::new(literal.unwrap_or_default().to_owned());
        noted.said = Said { required: given.required, ..Said::default() };
    } else {
        notes.left(line, format!("the value of {name}"), "it is put together from others");
    }
    notes.first(noted, line);
}

/// A value that is one variable of the shell.
struct Given<'v> {
    name: &'v str,
    fallback: Option<&'v str>,
    /// Whether compose insists on it, or does without.
    required: Option<bool>,
}

impl<'v> Given<'v> {
    fn of(value: &'v str) -> Option<Self> {
        let rest = value.strip_prefix('$')?;
        let inside = match rest.strip_prefix('{') {
            Some(rest) => rest.strip_suffix('}')?,
            None => rest,
        };
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(inside.len());
        let (name, operator) = inside.split_at(end);
        let given = |fallback, required| Some(Self { name, fallback, required });
        let text = operator.strip_prefix(':').unwrap_or(operator);
        match text.chars().next() {
            _ if name.is_empty() => None,
            None => given(None, None),
            Some('?') => given(None, Some(true)),
            Some('-') if text.len() == 1 => given(None, Some(false)),
            // Text behind a first variable is no part of its fallback.
            Some('-') if !text.contains('}') => given(Some(&text[1..]), None),
            _ => None,
        }
    }
}
