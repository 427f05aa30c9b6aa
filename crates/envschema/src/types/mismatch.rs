//! [`Mismatch`]: why a text is not of its type.

use std::borrow::Cow;
use std::fmt;

/// Why a text is not of its type: what was expected. It holds nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mismatch {
    /// Completes "NAME is not valid: …", such as `expected a port from 1 to 65535`.
    pub expected: Cow<'static, str>,
    /// The one thing to do, when there is more to say.
    pub help: Option<Cow<'static, str>>,
}

impl Mismatch {
    /// `phrase` completes "expected …". Quotes or white space around `text` explain a failure better than
    /// `help`, which is used when there are none. Where white space is allowed, give the text without it.
    pub(super) fn new(phrase: &str, text: &str, help: Option<&'static str>) -> Self {
        let help = around(text).or(help).map(Cow::Borrowed);
        Self { expected: format!("expected {phrase}").into(), help }
    }
}

/// Help for a text that something was left around of.
pub(super) fn around(text: &str) -> Option<&'static str> {
    let quoted = ['"', '\'', '`']
        .iter()
        .any(|quote| text.len() > 1 && text.starts_with(*quote) && text.ends_with(*quote));
    if quoted {
        Some("remove the quotes around the value")
    } else if text.trim().len() < text.len() {
        Some("remove the white space around the value")
    } else {
        None
    }
}

/// What was expected, and the help in parentheses.
impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.expected)?;
        match &self.help {
            Some(help) => write!(f, " ({help})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Mismatch {}
