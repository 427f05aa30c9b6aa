//! [`SecretValue`]: the one type that carries raw values from read to write.

use std::fmt;
use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use zeroize::Zeroizing;

/// The raw text of a variable, secret or not.
///
/// Clones share one text. It has no `Display`, no `Serialize` and a `Debug` that shows nothing. Its memory is wiped when
/// the last clone is dropped. The text is reached through [`SecretValue::expose`], which the workspace's lints let through only
/// beside a stated reason.
///
/// ```
/// use envschema::SecretValue;
///
/// let value = SecretValue::from("hunter2");
/// assert_eq!(format!("{value:?}"), "[secret]");
/// ```
#[derive(Clone)]
pub struct SecretValue(Arc<SecretString>);

impl SecretValue {
    /// Texts shorter than this many bytes are equal by chance: `true`, `3000`, `modal`. From this length on, a
    /// text that equals a secret is taken for that secret, whichever variable holds it.
    pub const TELLING: usize = 8;

    /// The text itself. Say at each call where it goes.
    #[must_use]
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether the text is empty. Says nothing more of it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.expose_secret().is_empty()
    }
}

/// The text is wiped where it was: taking over its memory might move it, and leave it behind.
impl From<String> for SecretValue {
    fn from(text: String) -> Self {
        Self::from(Zeroizing::new(text))
    }
}

impl From<&str> for SecretValue {
    fn from(text: &str) -> Self {
        Self(Arc::new(SecretString::from(text)))
    }
}

impl From<Zeroizing<String>> for SecretValue {
    fn from(text: Zeroizing<String>) -> Self {
        Self::from(text.as_str())
    }
}

/// Compares the texts in time that does not depend on where they differ.
impl PartialEq for SecretValue {
    fn eq(&self, other: &Self) -> bool {
        let (a, b) = (self.0.expose_secret().as_bytes(), other.0.expose_secret().as_bytes());
        a.len() == b.len() && a.iter().zip(b).fold(0, |differs, (x, y)| differs | (x ^ y)) == 0
    }
}

impl Eq for SecretValue {}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}
