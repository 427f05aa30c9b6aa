//! [`Typed`]: a checked value as JSON, without a copy in between, wiped after use.

use envctl_resolver::Resolution;
use envschema::TypedValue;
use serde::{Serialize, Serializer};
use zeroize::Zeroizing;

/// A checked value, written as [`TypedValue::to_json`] has it.
pub(crate) struct Typed(Zeroizing<TypedValue>);

impl Typed {
    /// The value of a variable, if it has one of its type.
    pub(crate) fn of(resolution: &Resolution, name: &str) -> Option<Self> {
        resolution.typed(name).map(|typed| Self(Zeroizing::new(typed)))
    }
}

impl Serialize for Typed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Plain(&self.0).serialize(serializer)
    }
}

struct Plain<'a>(&'a TypedValue);

impl Serialize for Plain<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            TypedValue::Text(text) => serializer.serialize_str(text),
            TypedValue::List(items) => serializer.collect_seq(items.iter().map(Plain)),
            TypedValue::Json(value) => value.serialize(serializer),
            number => number.to_json().serialize(serializer),
        }
    }
}
