//! Value types: raw text in, checked value out.
//!
//! A [`ValueType`] says what a variable's text has to look like. [`ValueType::check`] judges a text without
//! ever repeating it: a [`Mismatch`] tells what was expected, never what was found, not even how long it was.
//!
//! ```
//! use envschema::types::{Bounds, TypedValue, ValueType};
//!
//! let port = ValueType::Port(Bounds { min: Some(1024), max: None });
//! assert!(port.check("8080") == Ok(TypedValue::Integer(8080)));
//! assert_eq!(port.expectation(), "a port from 1024 to 65535");
//!
//! let mismatch = port.check("localhost:8080").unwrap_err();
//! assert_eq!(mismatch.expected, "expected a port from 1024 to 65535");
//! assert_eq!(mismatch.help.as_deref(), Some("give the port alone, without a host"));
//! ```
//!
//! # Map
//! - `check` chooses the family for a type, `describe` names the types and words the bounds
//! - one file for each family: `text`, `choice`, `boolean`, `number`, `measure`, `network`, `url`,
//!   `identifier`, `encoded`, `pem`, `json`, `list`
//! - `mismatch` and `value` are the two answers
//!
//! A text is judged as it stands: nothing is trimmed and no quotes are taken off. Only `string`, `path`,
//! `json`, `pem` and `list` take white space around it. Empty text is right for a `string` without parameters
//! that forbid it and for a `list`, where it means no items.

mod boolean;
mod check;
mod choice;
mod describe;
mod encoded;
mod identifier;
mod json;
mod list;
mod measure;
mod mismatch;
mod network;
mod number;
mod pem;
mod text;
mod url;
mod value;
mod words;

pub(crate) use measure::{parse_duration, parse_size};
use std::sync::Arc;

pub use mismatch::Mismatch;
pub use value::TypedValue;

/// The type of a variable, with its parameters. The names of the types in a contract are [`ValueType::NAMES`].
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ValueType {
    /// Any text, optionally bounded (`min_length`, `max_length` in characters, `pattern`, `prefix`).
    String(StringType),
    /// A whole number in decimal, within 64 bits.
    Integer(Bounds<i64>),
    /// A decimal number; no infinities, no NaN.
    Number(Bounds<f64>),
    /// Exactly `true`, `false`, `1` or `0`.
    Boolean,
    /// A TCP or UDP port, 1 to 65535 unless narrowed.
    Port(Bounds<u16>),
    /// One of the listed texts.
    Enum(EnumType),
    /// An absolute URL (RFC 3986) with `//` after its scheme, but for a few schemes that work without. Database
    /// URLs may name several hosts, separated by commas.
    Url(UrlType),
    /// An e-mail address (RFC 5321), without a display name.
    Email,
    /// A host name (RFC 1123) or an IP address, without a port or brackets.
    Host,
    /// An IPv4 or IPv6 address.
    Ip,
    /// An address block such as `10.0.0.0/16`. Bits beyond the prefix may be set.
    Cidr,
    /// A UUID in its hyphenated form, of any version, in any case.
    Uuid,
    /// A span of time such as `30s`, `1h 30m`, `720h`. Every number has a unit, but for a lone `0`. A month
    /// (`M`) is 30.44 days and a year 365.25 days.
    Duration(Bounds<std::time::Duration>),
    /// An amount of data such as `512`, `10MB`, `1.5GiB`, in bytes. `KB` to `TB` count in thousands, `KiB` to
    /// `TiB` in 1024s, in any case; what a fraction leaves below one byte is dropped.
    Bytes(Bounds<u64>),
    /// Any JSON document.
    Json,
    /// Items of one type with a separator between them.
    List(ListType),
    /// Standard or URL-safe base64, padded or not; `bytes` fixes the decoded length.
    Base64(EncodedType),
    /// Hexadecimal digits, two for each byte; `bytes` fixes the decoded length.
    Hex(EncodedType),
    /// One or more PEM blocks (RFC 7468), the first with the given label.
    Pem(PemType),
    /// An Amazon Resource Name, optionally of one service.
    Arn(ArnType),
    /// A semantic version.
    Semver,
    /// A path: not empty, no NUL. Whether it exists is not asked.
    Path,
}

/// Inclusive bounds; an absent side is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds<T> {
    /// The least value allowed.
    pub min: Option<T>,
    /// The greatest value allowed.
    pub max: Option<T>,
}

impl<T: PartialOrd> Bounds<T> {
    /// Whether `value` is neither too small nor too great.
    #[must_use]
    pub fn contains(&self, value: &T) -> bool {
        self.min.as_ref().is_none_or(|min| value >= min) && self.max.as_ref().is_none_or(|max| value <= max)
    }
}

impl<T> Default for Bounds<T> {
    fn default() -> Self {
        Self { min: None, max: None }
    }
}

/// Parameters of `string`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StringType {
    /// Length in characters.
    pub length: Bounds<usize>,
    /// A regular expression that has to match the whole text.
    pub pattern: Option<Pattern>,
    /// What the text begins with.
    pub prefix: Option<String>,
}

/// Parameters of `enum`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EnumType {
    /// The texts allowed, in the contract's order.
    pub values: Vec<String>,
    /// Whether ASCII case is ignored when comparing.
    pub ignore_case: bool,
}

/// Parameters of `url`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UrlType {
    /// The schemes allowed, lower case; empty for any.
    pub schemes: Vec<String>,
    /// What the text begins with.
    pub prefix: Option<String>,
}

/// Parameters of `list`. Empty text is the empty list; an empty item among others is refused.
#[derive(Clone, Debug, PartialEq)]
pub struct ListType {
    /// The type of every item; never itself a list.
    pub items: Box<ValueType>,
    /// What stands between two items; white space around an item is dropped. When the separator is itself
    /// white space, a run of it separates once.
    pub separator: String,
    /// How many items.
    pub length: Bounds<usize>,
}

/// Parameters of `base64` and `hex`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct EncodedType {
    /// The exact decoded length in bytes.
    pub bytes: Option<usize>,
}

/// Parameters of `pem`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PemType {
    /// The label of the first block, such as `PRIVATE KEY`. `PRIVATE KEY` also takes `RSA PRIVATE KEY`
    /// and `EC PRIVATE KEY`.
    pub label: Option<String>,
}

/// Parameters of `arn`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArnType {
    /// The service part, such as `acm`.
    pub service: Option<String>,
}

/// A regular expression of the contract, checked when the contract loads.
#[derive(Clone, Debug)]
pub struct Pattern(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    text: String,
    regex: regex_lite::Regex,
}

impl Pattern {
    /// Compiles `text`; it has to match a whole value.
    ///
    /// # Errors
    /// The regular expression is not valid.
    pub fn new(text: &str) -> Result<Self, regex_lite::Error> {
        // Alone first: `a)|(b` would otherwise become valid inside the group, and escape the anchors.
        regex_lite::Regex::new(text)?;
        let regex = regex_lite::Regex::new(&format!("^(?:{text})$"))?;
        Ok(Self(Arc::new(Compiled { text: text.to_owned(), regex })))
    }

    /// The expression as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether the whole of `value` matches.
    #[must_use]
    pub fn matches(&self, value: &str) -> bool {
        self.0.regex.is_match(value)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.0.text == other.0.text
    }
}

impl Default for ValueType {
    fn default() -> Self {
        Self::String(StringType::default())
    }
}
