//! [`TypedValue`]: a text that was checked, in the form a program wants.

use std::fmt;
use std::time::Duration;

use zeroize::Zeroize;

/// A checked value. As it may be secret, its `Debug` shows only the kind.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum TypedValue {
    /// Text as it stands: strings, URLs, keys, addresses, ...
    Text(String),
    /// `integer`, `port` and `bytes`.
    Integer(i64),
    /// `number`.
    Number(f64),
    /// `boolean`.
    Boolean(bool),
    /// `duration`.
    Duration(Duration),
    /// `list`, in order.
    List(Vec<TypedValue>),
    /// `json`.
    Json(serde_json::Value),
}

impl TypedValue {
    /// The JSON form: text as a string, numbers and booleans as such, durations in seconds.
    #[must_use]
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Text(text) => text.as_str().into(),
            Self::Integer(number) => (*number).into(),
            Self::Number(number) => (*number).into(),
            Self::Boolean(truth) => (*truth).into(),
            Self::Duration(span) if span.subsec_nanos() == 0 => span.as_secs().into(),
            Self::Duration(span) => span.as_secs_f64().into(),
            Self::List(items) => items.iter().map(Self::to_json).collect(),
            Self::Json(value) => value.clone(),
        }
    }
}

/// Wipes what it holds; numbers and the like become zero.
impl Zeroize for TypedValue {
    fn zeroize(&mut self) {
        match self {
            Self::Text(text) => text.zeroize(),
            Self::List(items) => items.iter_mut().for_each(Zeroize::zeroize),
            Self::Json(value) => wipe(value),
            Self::Integer(_) | Self::Number(_) | Self::Boolean(_) | Self::Duration(_) => {
                *self = Self::Boolean(false);
            }
        }
    }
}

fn wipe(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::String(text) => text.zeroize(),
        serde_json::Value::Array(items) => items.iter_mut().for_each(wipe),
        serde_json::Value::Object(entries) => entries.values_mut().for_each(wipe),
        _ => {}
    }
}

impl fmt::Debug for TypedValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text([hidden])",
            Self::Integer(_) => "Integer([hidden])",
            Self::Number(_) => "Number([hidden])",
            Self::Boolean(_) => "Boolean([hidden])",
            Self::Duration(_) => "Duration([hidden])",
            Self::List(_) => "List([hidden])",
            Self::Json(_) => "Json([hidden])",
        })
    }
}
