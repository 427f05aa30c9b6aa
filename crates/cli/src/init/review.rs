//! What was inferred, for people to look over.

use std::fmt::Write;

use envschema::Visibility;

use super::draft::{Draft, DraftVariable};

/// A table of the inferences, and what was left out.
pub(crate) fn review(draft: &Draft) -> String {
    let header = ["variable", "type", "visibility", "because"].map(str::to_owned);
    let rows: Vec<[String; 4]> = std::iter::once(header).chain(draft.variables.iter().map(row)).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (one, two, three) = (width(0), width(1), width(2));
    let mut text = String::new();
    for [name, kind, visibility, why] in &rows {
        let _ = writeln!(text, "{name:<one$}  {kind:<two$}  {visibility:<three$}  {why}");
    }
    let withheld: Vec<_> = draft
        .variables
        .iter()
        .filter(|variable| variable.withheld)
        .map(|variable| variable.name.as_str())
        .collect();
    if !withheld.is_empty() {
        let names = withheld.join(", ");
        let _ = writeln!(
            text,
            "\nwarning: what looks like a secret in use was not copied: {names}\n\
             help: if it is one, take it out of the file and out of its history, and have it replaced"
        );
    }
    if !draft.refused.is_empty() {
        let names = draft.refused.join(", ");
        let _ = writeln!(text, "\nleft out, no contract can have such a name: {names}");
    }
    if !draft.unread.is_empty() {
        let lines: Vec<_> = draft.unread.iter().map(ToString::to_string).collect();
        let _ = writeln!(text, "\nleft out, these lines cannot be read: {}", lines.join(", "));
    }
    text
}

fn row(variable: &DraftVariable) -> [String; 4] {
    let visibility = match variable.visibility {
        Visibility::Secret => "secret",
        Visibility::Plain => "plain",
        Visibility::Public => "public",
    };
    let mut kind = variable.kind.name.unwrap_or("string").to_owned();
    if !variable.required {
        kind.push_str(", optional");
    }
    if variable.generate.is_some() {
        kind.push_str(", generated");
    }
    let why = match variable.kind.name {
        None => variable.why.to_owned(),
        Some(_) => format!("{}; type: {}", variable.why, variable.kind.why),
    };
    [variable.name.clone(), kind, visibility.to_owned(), why]
}
