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
        /// What to leave out at the beginning of its value.
        cut: Option<Cut>,
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
    /// `config.KEY`: a value of the stack's configuration.
    Config(String),
    /// `aws.region`
    AwsRegion,
    /// `aws.account`
    AwsAccount,
    /// `aws.s3_endpoint`: the S3 endpoint of the region.
    AwsS3Endpoint,
    /// `aws.rds.ID.endpoint`, `aws.elasticache.ID.port`: where a server of the account listens.
    AwsServer(AwsServer, ServerPart),
    /// `environment`: the environment's name.
    Environment,
    /// `environment.SERVICE`: what a service calls the environment.
    Alias(String),
    /// Another variable, by its number.
    Variable(VariableId),
}

/// A server that AWS runs.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AwsServer {
    /// What runs it.
    pub service: AwsService,
    /// What it is called there: an instance or a cluster of RDS, a replication group of `ElastiCache`.
    pub id: String,
}

/// A service of AWS that runs servers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AwsService {
    /// Relational databases.
    Rds,
    /// Caches.
    ElastiCache,
}

/// What a template takes of a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerPart {
    /// The name of its host.
    Endpoint,
    /// The number of its port.
    Port,
}

impl Reference {
    /// What `aws.SERVICE.ID.PART` refers to; none for what is not of that form, or that AWS does not call anything.
    pub(crate) fn to_server(name: &str) -> Option<Self> {
        let (service, rest) = name.strip_prefix("aws.")?.split_once('.')?;
        let (id, part) = rest.split_once('.')?;
        let service = match service {
            "rds" => AwsService::Rds,
            "elasticache" => AwsService::ElastiCache,
            _ => return None,
        };
        let part = match part {
            "endpoint" => ServerPart::Endpoint,
            "port" => ServerPart::Port,
            _ => return None,
        };
        let is_name = id.starts_with(|first: char| first.is_ascii_alphabetic())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_name.then(|| Self::AwsServer(AwsServer { service, id: id.to_owned() }, part))
    }
}

/// What is left out at the beginning of a value, in the spelling of shells. A value without the text stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// `#TEXT`: the text, where the value begins with it.
    Leading(String),
    /// `#*TEXT`: everything up to the first such text, and the text.
    Through(String),
}

impl Cut {
    /// What is left of a value.
    ///
    /// ```
    /// use envschema::template::Cut;
    ///
    /// assert_eq!(Cut::Through(":".to_owned()).apply("dev:happy:otter"), "happy:otter");
    /// assert_eq!(Cut::Leading("dev:".to_owned()).apply("dev:happy:otter"), "happy:otter");
    /// assert_eq!(Cut::Leading("prod:".to_owned()).apply("dev:happy:otter"), "dev:happy:otter");
    /// ```
    #[must_use]
    pub fn apply<'v>(&self, value: &'v str) -> &'v str {
        let rest = match self {
            Self::Leading(text) => value.strip_prefix(text.as_str()),
            Self::Through(text) => value.split_once(text.as_str()).map(|(_, rest)| rest),
        };
        rest.unwrap_or(value)
    }
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
    pub(crate) cut: Option<Cut>,
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
            let (name, cut, fallback) = match operator(inner) {
                Ok(parts) => parts,
                Err((message, help)) => {
                    mistakes.push(Mistake { range, message, help });
                    continue;
                }
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
            parts.push(RawPart::Reference(RawReference { name: name.to_owned(), cut, fallback, range }));
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

/// What stands between the braces: a name, and what is cut off its value or put in for it.
type Inner<'t> = (&'t str, Option<Cut>, Option<String>);

/// Splits what stands between the braces at the operator that comes first, or says what is wrong and what to do.
fn operator(inner: &str) -> Result<Inner<'_>, (&'static str, &'static str)> {
    let hash = inner.find('#');
    if let Some(at) = inner.find(":-").filter(|at| hash.is_none_or(|hash| *at < hash)) {
        return Ok((inner[..at].trim(), None, Some(inner[at + 2..].to_owned())));
    }
    let Some(hash) = hash else { return Ok((inner.trim(), None, None)) };
    let (name, text) = (inner[..hash].trim(), &inner[hash + 1..]);
    let (through, text) = text.strip_prefix('*').map_or((false, text), |text| (true, text));
    if text.contains(":-") {
        let help = "give the fallback in a second template: `derive = [\"${A#X}\", \"fallback\"]`";
        return Err(("a reference cannot have both `#` and a fallback", help));
    }
    if text.is_empty() {
        return Err((
            "nothing follows the `#`",
            "write the text to leave out, as in `${A#dev:}` or `${A#*:}`",
        ));
    }
    if text.starts_with('#') || text.contains(['*', '?', '[', '\\']) {
        let help =
            "one `#` is followed by the text itself, or by `*` and the text up to which all is left out";
        return Err(("what follows the `#` is not a pattern", help));
    }
    let text = text.to_owned();
    let cut = if through { Cut::Through(text) } else { Cut::Leading(text) };
    Ok((name, Some(cut), None))
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
