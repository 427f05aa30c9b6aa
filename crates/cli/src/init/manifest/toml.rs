//! TOML as a [`Node`].

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

use super::Broken;
use super::tree::{Entry, Node, line_at};

pub(super) fn parse(text: &str) -> Result<Node, Broken> {
    let table = DeTable::parse(text).map_err(|error| Broken {
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        what: "this is not TOML",
    })?;
    Ok(entries(text, table.get_ref()))
}

fn entries(text: &str, table: &DeTable<'_>) -> Node {
    let entries = table.iter().map(|(key, value)| Entry {
        key: key.get_ref().to_string(),
        line: line_at(text, key.span().start),
        node: node(text, value),
    });
    Node::Table(entries.collect())
}

fn node(text: &str, value: &Spanned<DeValue<'_>>) -> Node {
    match value.get_ref() {
        DeValue::Table(table) => entries(text, table),
        DeValue::Array(items) => Node::List(
            items.iter().map(|item| (line_at(text, item.span().start), node(text, item))).collect(),
        ),
        DeValue::String(word) => Node::Word(Zeroizing::new(word.to_string())),
        // Numbers and switches stand as they are spelt.
        _ => Node::Word(Zeroizing::new(text.get(value.span()).unwrap_or_default().to_owned())),
    }
}
