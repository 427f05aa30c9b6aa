//! `derive` templates: text with references, each encoded as its place in a URL asks.
//!
//! `postgresql://${output.databaseUser:-app}:${output.databasePassword}@${output.databaseEndpoint}/app`

use std::ops::Range;

use std::sync::Arc;

use crate::condition::VariableId;

/// A template, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// The template as written.
    pub text: Arc<str>,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text that stands for itself.
    Text(String),
    /// A value to be put in.
    Reference {
        /// What is referred to.
        to: Reference,
        /// What to put in when it has no value.
        fallback: Option<String>,
        /// How to encode it.
        encoding: Encoding,
    },
}

/// What a template can refer to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reference {
    /// `output.NAME`: an output of the stack.
    Output(String),
    /// `aws.region`
    AwsRegion,
    /// `aws.account`
    AwsAccount,
    /// `aws.s3_endpoint`: the S3 endpoint of the region.
    AwsS3Endpoint,
    /// `environment`: the environment's name.
    Environment,
    /// `environment.SERVICE`: what a service calls the environment.
    Alias(String),
    /// Another variable, by its number.
    Variable(VariableId),
}

/// How a value is encoded where it is put in. Everything but the listed characters becomes `%XX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As it is: outside of a URL, or at its very beginning.
    None,
    /// A user name, password, path segment, query part or fragment: `A-Z a-z 0-9 - . _ ~`.
    Component,
    /// A host, with or without a port, or several with commas: also `: [ ] ,`.
    Host,
    /// A path: also `/`.
    Path,
}

/// A reference as written, before names were looked up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RawReference {
    pub(crate) name: String,
    pub(crate) fallback: Option<String>,
    /// Bytes of the template that hold it, from `$` to `}`.
    pub(crate) range: Range<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum RawPart {
    Text(String),
    Reference(RawReference),
}

/// What is wrong with a template, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    /// Bytes of the template.
    pub(crate) range: Range<usize>,
    pub(crate) message: &'static str,
    pub(crate) help: &'static str,
}

/// Splits a template, or says everything that is wrong with it.
pub(crate) fn split(text: &str) -> Result<Vec<RawPart>, Vec<Mistake>> {
    let mut parts = Vec::new();
    let mut mistakes = Vec::new();
    let mut plain = String::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('$') {
        let dollar = at + found;
        plain.push_str(&text[at..dollar]);
        let rest = &text[dollar..];
        if rest.starts_with("$${") {
            plain.push_str("${");
            at = dollar + 3;
        } else if rest.starts_with("${") {
            let Some(close) = rest.find('}') else {
                let message = "this `${` has no `}`";
                let help = "close the reference, or write `$${` for the two characters themselves";
                mistakes.push(Mistake { range: dollar..text.len(), message, help });
                at = text.len();
                continue;
            };
            let range = dollar..dollar + close + 1;
            at = range.end;
            let inner = &rest[2..close];
            let (name, fallback) = match inner.split_once(":-") {
                Some((name, fallback)) => (name.trim(), Some(fallback.to_owned())),
                None => (inner.trim(), None),
            };
            if name.is_empty() || name.ends_with('.') {
                let message = "this reference names nothing";
                let help = "write the name between the braces, as in `${output.databaseUrl}`";
                mistakes.push(Mistake { range, message, help });
                continue;
            }
            if !plain.is_empty() {
                parts.push(RawPart::Text(std::mem::take(&mut plain)));
            }
            parts.push(RawPart::Reference(RawReference { name: name.to_owned(), fallback, range }));
        } else {
            plain.push('$');
            at = dollar + 1;
        }
    }
    plain.push_str(&text[at..]);
    if !plain.is_empty() {
        parts.push(RawPart::Text(plain));
    }
    if mistakes.is_empty() { Ok(parts) } else { Err(mistakes) }
}

/// The encoding of each part; text parts get [`Encoding::None`]. In a template of a URL, what begins it may be a
/// reference to another URL, and a path or query follows.
pub(crate) fn encodings(parts: &[RawPart], is_url: bool) -> Vec<Encoding> {
    let mut place = match parts.first() {
        Some(RawPart::Reference(_)) if is_url => UrlPlace::Base,
        _ => UrlPlace::Before,
    };
    parts
        .iter()
        .enumerate()
        .map(|(index, part)| match part {
            RawPart::Text(text) => {
                place = place.after(text);
                Encoding::None
            }
            RawPart::Reference(_) => match place {
                UrlPlace::Before | UrlPlace::Base => Encoding::None,
                UrlPlace::Authority if at_sign_follows(&parts[index + 1..]) => Encoding::Component,
                UrlPlace::Authority => Encoding::Host,
                UrlPlace::Path => Encoding::Path,
                UrlPlace::Query => Encoding::Component,
            },
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum UrlPlace {
    Before,
    /// After a reference that holds the beginning of the URL, host included.
    Base,
    Authority,
    Path,
    Query,
}

impl UrlPlace {
    fn after(self, text: &str) -> Self {
        let rest = match self {
            Self::Before => match text.split_once("://") {
                Some((_, rest)) => rest,
                None => return Self::Before,
            },
            _ => text,
        };
        let place = if self == Self::Before { Self::Authority } else { self };
        rest.chars().fold(place, |place, character| match (place, character) {
            (Self::Base | Self::Authority | Self::Path, '?' | '#') => Self::Query,
            (Self::Base | Self::Authority, '/') => Self::Path,
            _ => place,
        })
    }
}

/// Whether an `@` comes before the authority ends.
fn at_sign_follows(parts: &[RawPart]) -> bool {
    let text = parts.iter().filter_map(|part| match part {
        RawPart::Text(text) => Some(text.as_str()),
        RawPart::Reference(_) => None,
    });
    text.flat_map(str::chars).take_while(|c| !matches!(c, '/' | '?' | '#')).any(|c| c == '@')
}

impl Encoding {
    /// Encodes `value` for its place.
    ///
    /// ```
    /// use envschema::template::Encoding;
    ///
    /// assert_eq!(Encoding::Component.apply("p@ss/1"), "p%40ss%2F1");
    /// assert_eq!(Encoding::Host.apply("db.internal:5432"), "db.internal:5432");
    /// ```
    #[must_use]
    pub fn apply(self, value: &str) -> String {
        let kept: &[u8] = match self {
            Self::None => return value.to_owned(),
            Self::Component => b"-._~",
            Self::Host => b"-._~:[],",
            Self::Path => b"-._~/",
        };
        let mut encoded = String::with_capacity(value.len());
        for byte in value.bytes() {
            if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
                encoded.push(char::from(byte));
            } else {
                encoded.push('%');
                for nibble in [byte >> 4, byte & 15] {
                    encoded.push(char::from(b"0123456789ABCDEF"[usize::from(nibble)]));
                }
            }
        }
        encoded
    }
}
