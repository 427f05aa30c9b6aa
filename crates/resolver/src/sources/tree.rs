//! [`Tree`]: a JSON or YAML value whose texts are wiped when it is dropped.

use std::fmt;
use std::io;

use envschema::SecretValue;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Number;
use zeroize::Zeroizing;

/// The key by which Pulumi marks an object as an encrypted value.
const PULUMI_SIGNATURE: &str = "4dabf18193072939515e22adb298388d";

/// What tools print in the place of a secret.
const MASKS: &[&str] = &["[secret]", "<sensitive>"];

/// The largest integer up to which a float holds every integer: 2^53.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// One value, as deep as it is.
#[derive(Clone, Debug)]
pub(super) enum Tree {
    Null,
    Bool(bool),
    Number(Number),
    Text(SecretValue),
    List(Vec<Tree>),
    Object(Vec<(String, Tree)>),
    /// A value that is set and was not given to us.
    Hidden,
}

/// What a place of a tree gives as the text of a variable.
#[derive(Debug)]
pub(super) enum Found {
    /// Nothing, null, or only white space.
    Nothing,
    /// It is set and cannot be read.
    Hidden,
    /// The text.
    Text(SecretValue),
}

impl Tree {
    /// The value of a key; the last one where a key is repeated.
    pub(super) fn key(&self, key: &str) -> Option<&Tree> {
        match self {
            Self::Object(entries) => entries.iter().rev().find(|(name, _)| name == key).map(|(_, tree)| tree),
            _ => None,
        }
    }

    /// The value at a dotted path. A key that holds dots itself is found too, and goes first. In a list a
    /// whole number is the position, from 0.
    pub(super) fn dig(&self, path: &str) -> Option<&Tree> {
        if let Self::List(items) = self {
            let (position, rest) = path.split_once('.').map_or((path, None), |(a, b)| (a, Some(b)));
            let item = items.get(position.parse::<usize>().ok()?)?;
            return rest.map_or(Some(item), |rest| item.dig(rest));
        }
        self.key(path).or_else(|| {
            path.match_indices('.').find_map(|(dot, _)| self.key(&path[..dot])?.dig(&path[dot + 1..]))
        })
    }

    /// The text of a variable: texts trimmed, numbers and booleans as written, a list of such values joined
    /// with commas, everything else as compact JSON.
    pub(super) fn text(&self) -> Found {
        match self {
            Self::Null => Found::Nothing,
            Self::Bool(value) => Found::Text(SecretValue::from(value.to_string())),
            Self::Number(number) => Found::Text(SecretValue::from(number_text(number))),
            Self::Text(value) => trimmed(value).map_or(Found::Nothing, Found::Text),
            _ if self.hides() => Found::Hidden,
            Self::List(items) => match items.iter().map(Tree::scalar).collect::<Option<Vec<_>>>() {
                Some(items) => joined(items.iter().flatten(), ","),
                None => self.json(),
            },
            Self::Object(_) => self.json(),
            Self::Hidden => Found::Hidden,
        }
    }

    /// Whether it is a list.
    pub(super) fn is_list(&self) -> bool {
        matches!(self, Self::List(_))
    }

    /// The items of a list, or the parts of a text between commas; empty ones are left out.
    pub(super) fn items(&self) -> Option<Vec<SecretValue>> {
        if self.hides() {
            return None;
        }
        if let Self::List(items) = self {
            return items
                .iter()
                .map(Tree::scalar)
                .collect::<Option<Vec<_>>>()
                .map(|items| items.into_iter().flatten().collect());
        }
        let value = self.scalar()??;
        #[expect(clippy::disallowed_methods, reason = "split into parts that are wiped as well")]
        let parts = value.expose().split(',').map(str::trim).filter(|part| !part.is_empty());
        Some(parts.map(SecretValue::from).collect())
    }

    /// Calls `with` for the path of every hidden value.
    pub(super) fn each_hidden(&self, path: &str, with: &mut impl FnMut(&str)) {
        let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        match self {
            Self::Hidden => with(path),
            Self::List(items) => {
                for (position, item) in items.iter().enumerate() {
                    item.each_hidden(&below(&position.to_string()), with);
                }
            }
            Self::Object(entries) => {
                for (name, tree) in entries {
                    tree.each_hidden(&below(name), with);
                }
            }
            _ => {}
        }
    }

    /// The same tree with `change` applied to every value, the inner ones first.
    pub(super) fn map(self, change: &impl Fn(Tree) -> Tree) -> Tree {
        change(match self {
            Self::List(items) => Self::List(items.into_iter().map(|item| item.map(change)).collect()),
            Self::Object(entries) => {
                Self::Object(entries.into_iter().map(|(name, tree)| (name, tree.map(change))).collect())
            }
            other => other,
        })
    }

    /// Values that a tool masked, as [`Tree::Hidden`].
    pub(super) fn with_masks_hidden(self) -> Tree {
        self.map(&|tree| match &tree {
            #[expect(clippy::disallowed_methods, reason = "compared with fixed words")]
            Self::Text(value) if MASKS.contains(&value.expose()) => Self::Hidden,
            Self::Object(_) if tree.key(PULUMI_SIGNATURE).is_some() => Self::Hidden,
            _ => tree,
        })
    }

    fn hides(&self) -> bool {
        match self {
            Self::Hidden => true,
            Self::List(items) => items.iter().any(Self::hides),
            Self::Object(entries) => entries.iter().any(|(_, tree)| tree.hides()),
            _ => false,
        }
    }

    /// The text of a value without inner values, none of it for null and white space; none for the others.
    fn scalar(&self) -> Option<Option<SecretValue>> {
        match self {
            Self::List(_) | Self::Object(_) | Self::Hidden => None,
            scalar => match scalar.text() {
                Found::Text(value) => Some(Some(value)),
                Found::Nothing | Found::Hidden => Some(None),
            },
        }
    }

    fn json(&self) -> Found {
        let mut size = Length(0);
        let counted = serde_json::to_writer(&mut size, &Json(self));
        // The exact size, so that no copy is left behind by a buffer that grows.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size.0));
        let written = serde_json::to_writer(&mut *bytes, &Json(self));
        match (counted, written, String::from_utf8(std::mem::take(&mut *bytes))) {
            (Ok(()), Ok(()), Ok(text)) => Found::Text(SecretValue::from(text)),
            _ => Found::Nothing,
        }
    }
}

fn trimmed(value: &SecretValue) -> Option<SecretValue> {
    #[expect(clippy::disallowed_methods, reason = "trimmed into another wiped value")]
    let text = value.expose().trim();
    (!text.is_empty()).then(|| SecretValue::from(text))
}

pub(super) fn joined<'a>(items: impl Iterator<Item = &'a SecretValue> + Clone, separator: &str) -> Found {
    #[expect(clippy::disallowed_methods, reason = "joined into another wiped value")]
    let texts = items.map(SecretValue::expose);
    let size: usize = texts.clone().map(|text| text.len() + separator.len()).sum();
    let mut text = Zeroizing::new(String::with_capacity(size));
    for item in texts {
        if !text.is_empty() {
            text.push_str(separator);
        }
        text.push_str(item);
    }
    if text.is_empty() { Found::Nothing } else { Found::Text(SecretValue::from(text)) }
}

/// A whole number without a fraction, however the tool wrote it: Terraform knows only floats.
fn number_text(number: &Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 => format!("{float:.0}"),
        _ => number.to_string(),
    }
}

/// Writes a tree as JSON.
struct Json<'a>(&'a Tree);

impl Serialize for Json<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Tree::Null | Tree::Hidden => serializer.serialize_unit(),
            Tree::Bool(value) => serializer.serialize_bool(*value),
            Tree::Number(number) => number.serialize(serializer),
            #[expect(clippy::disallowed_methods, reason = "becomes part of a larger wiped value")]
            Tree::Text(value) => serializer.serialize_str(value.expose()),
            Tree::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Json(item))?;
                }
                list.end()
            }
            Tree::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, tree) in entries {
                    map.serialize_entry(name, &Json(tree))?;
                }
                map.end()
            }
        }
    }
}

/// A writer that only counts.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

/// Takes every shape of JSON, so that serde never writes an error message with a value in it.
struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
        Ok(Tree::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
        Ok(Tree::Number(value.into()))
    }

    /// Digits that a float would drop are never passed on as if they were all of them.
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Tree, E> {
        if value.abs() >= EXACT {
            return Err(E::custom("a number with more digits than can be read"));
        }
        Ok(Number::from_f64(value).map_or(Tree::Null, Tree::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
        Ok(Tree::Text(SecretValue::from(value)))
    }

    fn visit_string<E>(self, value: String) -> Result<Tree, E> {
        Ok(Tree::Text(SecretValue::from(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut object = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            object.push(entry);
        }
        Ok(Tree::Object(object))
    }
}
