//! The format as written: a text becomes blocks of recipients and sealed values, or an error with its line.

use std::ops::Range;
use std::sync::Arc;

use toml_edit::{ArrayOfTables, Document as Toml, Item, Key, Table, Value};

use crate::error::{At, VaultError};
use crate::recipient::{PASSPHRASE, PublicKey, Recipient, is_one_line};
use crate::seal::{ID, decode};
use crate::splice::line_of;

/// What a vault's text says, with the places of everything that can be changed.
#[derive(Clone)]
pub(crate) struct Document {
    pub(crate) id: [u8; ID],
    pub(crate) recipients: Vec<Block>,
    pub(crate) values: Vec<Entry>,
    /// Where the line `[values]` ends.
    pub(crate) values_header: usize,
}

/// A block of a recipient.
#[derive(Clone)]
pub(crate) struct Block {
    pub(crate) recipient: Recipient,
    pub(crate) wrapped: Blob,
    pub(crate) seal: Blob,
    /// The words about the recipient.
    pub(crate) about: Option<Range<usize>>,
    /// From the header to the end of the last key.
    pub(crate) span: Range<usize>,
}

/// Bytes, and the place of their text with its quotes.
#[derive(Clone)]
pub(crate) struct Blob {
    pub(crate) bytes: Vec<u8>,
    pub(crate) span: Range<usize>,
}

/// A sealed value.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) name: String,
    pub(crate) sealed: Blob,
    /// From the name to the end of the value.
    pub(crate) span: Range<usize>,
}

/// Keys of the file, and of a block of a recipient.
const TOP: [&str; 4] = ["version", "id", "recipients", "values"];
const BLOCK: [&str; 5] = ["kind", "key", "about", "wrapped", "seal"];

impl Document {
    /// Reads a vault.
    pub(crate) fn parse(file: &Arc<str>, text: &str) -> Result<Self, VaultError> {
        let reader = Reader { file, text };
        if let Some(mark) = unmerged(text) {
            return Err(VaultError::Unmerged { at: reader.at(mark) });
        }
        let toml = Toml::parse(text).map_err(|error| VaultError::Syntax {
            at: reader.at(error.span().map_or(0, |span| span.start)),
            reason: error.message().to_owned(),
        })?;
        reader.document(toml.as_table())
    }
}

/// The first line that a merge has left.
fn unmerged(text: &str) -> Option<usize> {
    let mut start = 0;
    text.split_inclusive('\n').find_map(|line| {
        let here = start;
        start += line.len();
        (line.starts_with("<<<<<<<") || line.starts_with(">>>>>>>")).then_some(here)
    })
}

/// Reads one text.
struct Reader<'a> {
    file: &'a Arc<str>,
    text: &'a str,
}

impl Reader<'_> {
    fn document(&self, table: &Table) -> Result<Document, VaultError> {
        let start = At { file: self.file.clone(), line: None };
        // The version comes first: another one may have other keys.
        let version = self.item(table, "version", &start)?;
        if version.as_integer() != Some(1) {
            return Err(VaultError::Version { at: self.at_item(version) });
        }
        self.no_other_keys(table, &TOP)?;
        let recipients = self.item(table, "recipients", &start)?;
        let blocks = recipients
            .as_array_of_tables()
            .ok_or_else(|| self.form(recipients, "recipients", "blocks of `[[recipients]]`"))?;
        let values = self.item(table, "values", &start)?;
        let values = values
            .as_table()
            .filter(|table| !table.is_dotted() && !table.is_implicit())
            .ok_or_else(|| self.form(values, "values", "a table `[values]`"))?;
        Ok(Document {
            id: self.id(table, &start)?,
            recipients: self.recipients(blocks)?,
            values: values
                .iter()
                .map(|(name, item)| self.entry(name, values.key(name), item))
                .collect::<Result<_, _>>()?,
            values_header: values.span().unwrap_or_default().end,
        })
    }

    fn id(&self, table: &Table, at: &At) -> Result<[u8; ID], VaultError> {
        let (text, item) = (self.text(table, "id", at)?, self.item(table, "id", at)?);
        decode(&text)
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| self.form(item, "id", "16 bytes in base64"))
    }

    fn recipients(&self, tables: &ArrayOfTables) -> Result<Vec<Block>, VaultError> {
        let mut blocks = Vec::<Block>::new();
        for table in tables {
            let block = self.block(table)?;
            if let Some(first) = blocks.iter().find(|other| other.recipient.key == block.recipient.key) {
                return Err(VaultError::DuplicateRecipient {
                    at: self.at(first.span.start),
                    recipient: block.recipient.to_string(),
                });
            }
            blocks.push(block);
        }
        Ok(blocks)
    }

    fn block(&self, table: &Table) -> Result<Block, VaultError> {
        self.no_other_keys(table, &BLOCK)?;
        let start = table.span().unwrap_or_default().start;
        let at = self.at(start);
        let about = match table.get("about") {
            Some(item) => {
                let about = self.text(table, "about", &at)?;
                if !is_one_line(&about) {
                    return Err(VaultError::BadAbout { at: self.at_item(item) });
                }
                Some(about)
            }
            None => None,
        };
        let ends = table.iter().filter_map(|(_, item)| item.span()).map(|span| span.end);
        Ok(Block {
            recipient: Recipient { key: self.key(table, &at)?, about },
            wrapped: self.blob(table, "wrapped", &at)?,
            seal: self.blob(table, "seal", &at)?,
            about: table.get("about").and_then(Item::span),
            span: start..ends.max().unwrap_or(start),
        })
    }

    /// The key of a recipient: `key`, or `kind` for a passphrase.
    fn key(&self, table: &Table, at: &At) -> Result<PublicKey, VaultError> {
        if let Some(kind) = table.get("kind") {
            let is_passphrase = kind.as_str() == Some(PASSPHRASE) && !table.contains_key("key");
            let expected = "\"passphrase\", with no `key` beside it";
            return if is_passphrase {
                Ok(PublicKey::Passphrase)
            } else {
                Err(self.form(kind, "kind", expected))
            };
        }
        let (text, item) = (self.text(table, "key", at)?, self.item(table, "key", at)?);
        let bad = |reason| VaultError::BadRecipient { at: self.at_item(item), reason };
        let (key, _) = PublicKey::parse(&text).map_err(bad)?;
        if key.as_str() == text { Ok(key) } else { Err(bad(crate::error::BadRecipient::Spelling)) }
    }

    fn entry(&self, name: &str, key: Option<&Key>, item: &Item) -> Result<Entry, VaultError> {
        let start = key.and_then(Key::span).or_else(|| item.span()).unwrap_or_default().start;
        if !is_name(name) {
            return Err(VaultError::BadName { at: self.at(start), name: name.to_owned() });
        }
        let text = item.as_str().ok_or_else(|| self.form(item, name, "a text"))?;
        let sealed = self.decoded(item, name, text)?;
        Ok(Entry { name: name.to_owned(), span: start..sealed.span.end, sealed })
    }

    fn blob(&self, table: &Table, key: &'static str, at: &At) -> Result<Blob, VaultError> {
        let text = self.text(table, key, at)?;
        self.decoded(self.item(table, key, at)?, key, &text)
    }

    fn decoded(&self, item: &Item, what: &str, text: &str) -> Result<Blob, VaultError> {
        let bytes = decode(text)
            .ok_or_else(|| VaultError::Base64 { at: self.at_item(item), what: what.to_owned() })?;
        Ok(Blob { bytes, span: item.as_value().and_then(Value::span).unwrap_or_default() })
    }

    fn text(&self, table: &Table, key: &'static str, at: &At) -> Result<String, VaultError> {
        let item = self.item(table, key, at)?;
        item.as_str().map(str::to_owned).ok_or_else(|| self.form(item, key, "a text"))
    }

    fn item<'t>(&self, table: &'t Table, key: &'static str, at: &At) -> Result<&'t Item, VaultError> {
        table.get(key).ok_or_else(|| VaultError::Missing { at: at.clone(), key })
    }

    fn no_other_keys(&self, table: &Table, known: &[&'static str]) -> Result<(), VaultError> {
        let Some((other, item)) = table.iter().find(|(key, _)| !known.contains(key)) else { return Ok(()) };
        let start = table.key(other).and_then(Key::span).or_else(|| item.span()).unwrap_or_default().start;
        let meant = envschema::nearest(other, known.iter().copied())
            .and_then(|name| known.iter().copied().find(|key| *key == name));
        Err(VaultError::UnknownKey { at: self.at(start), key: other.to_owned(), meant })
    }

    fn form(&self, item: &Item, what: &str, expected: &'static str) -> VaultError {
        VaultError::Form { at: self.at_item(item), what: what.to_owned(), expected }
    }

    fn at_item(&self, item: &Item) -> At {
        self.at(item.span().unwrap_or_default().start)
    }

    fn at(&self, offset: usize) -> At {
        At { file: self.file.clone(), line: Some(line_of(self.text, offset)) }
    }
}

/// Whether a text can name a value.
pub(crate) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains(char::is_control)
}
