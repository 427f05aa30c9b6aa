//! [`Bundle`]: a JSON object of texts that others may write to as well. What an edit does not name stays byte for byte:
//! order, spacing, numbers, nesting, the spelling of keys.

use std::collections::HashSet;
use std::fmt;

use envschema::SecretValue;
use serde::de::{Deserializer as _, MapAccess, Visitor};
use serde_json::value::RawValue;
use zeroize::Zeroizing;

use crate::target::{Edits, HeldEntry};

/// Why a text is no bundle. It tells a key at most, never a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// It is no JSON at all, or an object with a key that is no Unicode text.
    #[error("it holds no JSON that can be read")]
    NotJson,
    /// It is JSON, and no object.
    #[error("it holds JSON that is no object")]
    NotAnObject,
    /// Readers differ in which of them counts.
    #[error("its key `{}` stands there twice", .0.escape_debug())]
    Twice(String),
}

/// A text that is one JSON object, read.
#[derive(Debug)]
pub struct Bundle<'t> {
    text: &'t str,
    members: Vec<Member>,
}

/// One member; offsets are bytes of the text.
#[derive(Debug)]
struct Member {
    key: String,
    /// Where its value begins and ends.
    value: (usize, usize),
}

impl<'t> Bundle<'t> {
    /// Reads a text.
    ///
    /// # Errors
    /// [`BundleError`] for what is no object, and for one that has a key twice.
    pub fn parse(text: &'t str) -> Result<Self, BundleError> {
        let mut json = serde_json::Deserializer::from_str(text);
        let members = json.deserialize_map(Members).and_then(|members| json.end().map(|()| members));
        let Ok(raw) = members else {
            let is_other_json =
                serde_json::from_str::<&RawValue>(text).is_ok_and(|value| !value.get().starts_with('{'));
            return Err(if is_other_json { BundleError::NotAnObject } else { BundleError::NotJson });
        };
        let mut seen = HashSet::new();
        let mut members = Vec::with_capacity(raw.len());
        for (key, value) in raw {
            if !seen.insert(key.clone()) {
                return Err(BundleError::Twice(key));
            }
            let begin = value.get().as_ptr() as usize - text.as_ptr() as usize;
            members.push(Member { key, value: (begin, begin + value.get().len()) });
        }
        Ok(Self { text, members })
    }

    /// Its entries in their order.
    #[must_use]
    pub fn entries(&self) -> Vec<HeldEntry> {
        let entry = |member: &Member| HeldEntry { key: member.key.clone(), value: self.text_of(member) };
        self.members.iter().map(entry).collect()
    }

    /// The text of a member; none for what is no text.
    fn text_of(&self, member: &Member) -> Option<SecretValue> {
        let raw = &self.text[member.value.0..member.value.1];
        let inner = raw.strip_prefix('"')?.strip_suffix('"')?;
        if !inner.contains('\\') {
            return Some(SecretValue::from(inner));
        }
        serde_json::from_str::<String>(raw).ok().map(SecretValue::from)
    }

    /// The same object in the one spelling that does not depend on who wrote it: keys in alphabetical order, nothing
    /// between members, texts escaped where they must be. What is no text stays as it is written.
    pub(crate) fn respelt(&self) -> SecretValue {
        // No spelling of a key or a text is shorter than ours.
        let mut text = Zeroizing::new(String::with_capacity(self.text.len()));
        let mut members: Vec<&Member> = self.members.iter().collect();
        members.sort_by_key(|member| &member.key);
        text.push('{');
        for (at, member) in members.into_iter().enumerate() {
            text.push_str(if at == 0 { "" } else { "," });
            push_json(&mut text, &member.key);
            text.push(':');
            match self.text_of(member) {
                Some(value) => push_text(&mut text, &value),
                None => text.push_str(&self.text[member.value.0..member.value.1]),
            }
        }
        text.push('}');
        SecretValue::from(text)
    }

    /// The text with the edits. Keys that are there keep their place, new ones come last in alphabetical order. A key
    /// that is both set and removed is set.
    #[must_use]
    pub fn edited(&self, edits: &Edits<'_>) -> SecretValue {
        let mut text = Zeroizing::new(String::with_capacity(self.text.len() + growth(edits)));
        let mut kept = 0;
        let set = |key: &str| edits.set.iter().find(|(set, _)| *set == key);
        let removed = |member: &Member| edits.remove.contains(&&*member.key) && set(&member.key).is_none();
        let open = self.text.find('{').map_or(0, |at| at + 1);
        text.push_str(&self.text[..open]);
        let first = self.members.first().map_or(0, |member| member.value.0);
        let mut at = open;
        for member in &self.members {
            let (begin, end) = member.value;
            let lead = &self.text[at..begin];
            at = end;
            if removed(member) {
                continue;
            }
            // A member that is first now has the comma of one that went before its key.
            let comma = if kept == 0 { lead.find(',').filter(|_| begin > first) } else { None };
            text.push_str(&lead[comma.map_or(0, |comma| comma + 1)..]);
            kept += 1;
            match set(&member.key) {
                Some((_, value)) => push_text(&mut text, value),
                None => text.push_str(&self.text[begin..end]),
            }
        }
        let mut new: Vec<_> = edits
            .set
            .iter()
            .filter(|(key, _)| !self.members.iter().any(|member| member.key == *key))
            .collect();
        new.sort_by_key(|(key, _)| *key);
        for (key, value) in new {
            if kept > 0 {
                text.push(',');
            }
            push_member(&mut text, key, value);
            kept += 1;
        }
        text.push_str(&self.text[at..]);
        SecretValue::from(text)
    }
}

/// A new bundle: keys in alphabetical order, nothing between them.
#[must_use]
pub fn new_bundle(set: &[(&str, &SecretValue)]) -> SecretValue {
    let edits = Edits { set: set.to_vec(), remove: Vec::new() };
    Bundle { text: "{}", members: Vec::new() }.edited(&edits)
}

/// Room for what edits add, every byte of a text escaped at worst.
fn growth(edits: &Edits<'_>) -> usize {
    #[expect(clippy::disallowed_methods, reason = "only its length is looked at")]
    let longest = |(key, value): &(&str, &SecretValue)| 6 * (key.len() + value.expose().len()) + 6;
    edits.set.iter().map(longest).sum()
}

fn push_member(text: &mut Zeroizing<String>, key: &str, value: &SecretValue) {
    push_json(text, key);
    text.push(':');
    push_text(text, value);
}

#[expect(clippy::disallowed_methods, reason = "it becomes a part of the content that a target is given")]
fn push_text(text: &mut Zeroizing<String>, value: &SecretValue) {
    push_json(text, value.expose());
}

/// Written straight into the text, whose room was made before: no copy is left behind.
fn push_json(text: &mut Zeroizing<String>, piece: &str) {
    struct Into<'a>(&'a mut String);
    impl std::io::Write for Into<'_> {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.push_str(std::str::from_utf8(bytes).map_err(std::io::Error::other)?);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    serde_json::to_writer(Into(text), piece).expect("a text can be written as JSON");
}

/// Reads an object with its members as they are written, repeated ones too.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Vec<(String, &'de RawValue)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(members)
    }
}
