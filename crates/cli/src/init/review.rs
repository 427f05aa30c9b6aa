//! What was inferred, for people to look over.

use std::fmt::Write;

use envschema::Visibility;

use super::draft::{Draft, DraftVariable, Withheld};
use super::write::literal;

/// How many characters of a value are shown, at most.
const SHOWN: usize = 40;

/// A table of the inferences, and what was left out.
pub(crate) fn review(draft: &Draft, file: &str) -> String {
    let header = ["variable", "type", "visibility", "group", "value", "because"].map(str::to_owned);
    let rows: Vec<[String; 6]> =
        std::iter::once(header).chain(draft.variables.iter().map(|variable| row(draft, variable))).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    // A column that says nothing is left out.
    let says = |column: usize| rows.iter().skip(1).any(|row| !row[column].is_empty());
    let columns: Vec<(usize, usize)> =
        (0..6).filter(|column| says(*column)).map(|column| (column, width(column))).collect();
    let mut text = String::new();
    for row in &rows {
        let cells: Vec<String> =
            columns.iter().map(|(column, width)| format!("{:<width$}", row[*column])).collect();
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    let named = |wanted: &dyn Fn(&DraftVariable) -> bool| {
        let names = draft.variables.iter().filter(|variable| wanted(variable));
        names.map(|variable| variable.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let real = named(&|variable| variable.withheld == Some(Withheld::MayBeReal));
    if !real.is_empty() {
        let _ = writeln!(
            text,
            "\nwarning: what may be a secret in use was not copied: {real}\n\
             help: if it is one, take it out of the file and out of its history, and have it replaced"
        );
    }
    let not_known = named(&|variable| variable.withheld == Some(Withheld::NotKnown));
    if !not_known.is_empty() {
        let _ = writeln!(
            text,
            "\nnot copied, because nothing says that these values are harmless: {not_known}\n\
             help: where one is, give it `visibility = \"plain\"` and its `default`"
        );
    }
    let exposed = named(&|variable| variable.exposed);
    if !exposed.is_empty() {
        let _ = writeln!(
            text,
            "\nwarning: the prefix shows these to every browser, and they seem to be secrets: {exposed}\n\
             help: if one is, give it a name without the prefix, and have the secret replaced"
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
    if !draft.left.is_empty() {
        let _ = writeln!(text, "\nnot carried over:");
        for left in &draft.left {
            let _ = writeln!(text, "  {file}:{}: {}: {}", left.line, left.what, left.why);
        }
    }
    text
}

fn row(draft: &Draft, variable: &DraftVariable) -> [String; 6] {
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
    let group = variable.group.and_then(|place| draft.groups.get(place));
    let group = group.map(|group| group.id.clone()).unwrap_or_default();
    let value = match (&variable.default, &variable.example) {
        (Some(default), _) => format!("default {}", shown(default, variable.kind.name)),
        (None, Some(example)) => format!("example {}", shown(example, None)),
        (None, None) => String::new(),
    };
    [variable.name.clone(), kind, visibility.to_owned(), group, value, why]
}

/// A value as the contract has it, cut where it is long.
fn shown(value: &str, kind: Option<&str>) -> String {
    let whole = literal(value, kind);
    if whole.chars().count() <= SHOWN {
        return whole;
    }
    whole.chars().take(SHOWN).chain("...".chars()).collect()
}
