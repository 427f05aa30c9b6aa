//! Value types: what each takes, what each refuses and with which words, and what holds for all of them.

mod documents;
mod encoded;
mod identifiers;
mod lists;
mod measures;
mod network;
mod numbers;
mod properties;
mod samples;
mod texts;
mod urls;
mod wording;

use envschema::types::{Bounds, TypedValue, ValueType};
use serde_json::Value;

/// Every text is taken as it stands.
fn takes(of: &ValueType, texts: &[&str]) {
    for text in texts {
        assert_eq!(of.accepts(text), Ok(()), "{text:?}");
        assert!(of.check(text) == Ok(TypedValue::Text((*text).to_owned())), "{text:?} is changed");
    }
}

/// Every text is taken and has this value, here in its JSON form.
fn reads(of: &ValueType, rows: &[(&str, Value)]) {
    for (text, value) in rows {
        assert_eq!(of.accepts(text), Ok(()), "{text:?}");
        assert_eq!(of.check(text).map(|typed| typed.to_json()), Ok(value.clone()), "{text:?}");
    }
}

/// Every text is refused in these words; beside each the help, empty for none.
fn refuses(of: &ValueType, expected: &str, rows: &[(&str, &str)]) {
    for (text, help) in rows {
        let mismatch = of.check(text).map(|_| "taken").expect_err(text);
        assert_eq!(mismatch.expected, expected, "{text:?}");
        assert_eq!(mismatch.help.as_deref().unwrap_or_default(), *help, "{text:?}");
        assert_eq!(of.accepts(text), Err(mismatch), "{text:?}");
    }
}

fn bounds<T>(min: impl Into<Option<T>>, max: impl Into<Option<T>>) -> Bounds<T> {
    Bounds { min: min.into(), max: max.into() }
}

const QUOTES: &str = "remove the quotes around the value";
const WHITE_SPACE: &str = "remove the white space around the value";
