//! `json`.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::error::Category;

use super::Mismatch;

/// What `json` expects.
pub(super) const EXPECTATION: &str = "a JSON document";

pub(super) fn read(text: &str) -> Result<serde_json::Value, Mismatch> {
    serde_json::from_str(text).map_err(|error| mismatch(text, &error))
}

pub(super) fn verify(text: &str) -> Result<(), Mismatch> {
    serde_json::from_str(text).map(|Any| ()).map_err(|error| mismatch(text, &error))
}

/// The parser's own message is left out: it tells where the text ends and may quote from it.
fn mismatch(text: &str, error: &serde_json::Error) -> Mismatch {
    let text = text.trim();
    let after_bracket = text.strip_prefix(['{', '[']).unwrap_or_default().trim_start();
    let help = if after_bracket.starts_with("\\\"") {
        Some("its quotes are written as `\\\"`; write them without the backslash")
    } else if after_bracket.starts_with('\'') {
        Some("JSON has double quotes around keys and texts")
    } else if error.classify() == Category::Eof && !text.is_empty() {
        Some("it ends too early; a value of several lines needs quotes around it in a file of variables")
    } else {
        None
    };
    // A JSON text has quotes of its own; only those around an object or a list are too much.
    let has_own_quotes = text.starts_with('"') && !text.starts_with("\"{") && !text.starts_with("\"[");
    Mismatch::new(EXPECTATION, if has_own_quotes { "" } else { text }, help)
}

/// Any JSON, read to its end and not kept. `IgnoredAny` would let through what [`read`] refuses, such as
/// numbers beyond a float.
struct Any;

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Any {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        while entries.next_entry::<Self, Self>()?.is_some() {}
        Ok(self)
    }
}
