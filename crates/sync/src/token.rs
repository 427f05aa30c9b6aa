//! Keyed digests and tokens: what a plan says of values without telling them.

use std::fmt::{self, Write as _};

use envschema::SecretValue;
use hmac::{Hmac, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Bytes of a [`Key`].
const KEY_LENGTH: usize = 32;
/// How many characters of a token tell the version that it follows.
const FOLLOWS: usize = 16;

/// A secret of this machine. Without it nobody can try values against a plan's digests.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; KEY_LENGTH]>);

impl Key {
    /// How many bytes a key has.
    pub const LENGTH: usize = KEY_LENGTH;

    /// The key of these bytes, which have to be random.
    #[must_use]
    pub fn new(bytes: [u8; KEY_LENGTH]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The digest of parts, each with its length before it.
    fn digest(&self, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.0).expect("a key of any length is one");
        for part in parts {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// What tells this key from others without telling it.
    #[must_use]
    pub fn id(&self) -> Fingerprint {
        Fingerprint(hex(&self.digest(&[b"key"])[..16]))
    }

    /// What tells a content of a record from others, to those who have the key.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "only a keyed digest of it is kept")]
    pub fn fingerprint(&self, record: &str, content: &SecretValue) -> Fingerprint {
        let digest = self.digest(&[b"content", record.as_bytes(), content.expose().as_bytes()]);
        Fingerprint(hex(&digest[..16]))
    }

    /// The token of a request that gives a record this content in place of the version `follows`.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "only a keyed digest of it is kept")]
    pub fn token(&self, place: &str, record: &str, follows: Option<&str>, content: &SecretValue) -> String {
        let parts =
            [b"token", place.as_bytes(), record.as_bytes(), follows.unwrap_or("").as_bytes()].into_iter();
        let parts: Vec<&[u8]> = parts.chain([content.expose().as_bytes()]).collect();
        mark(follows) + &hex(&self.digest(&parts)[..16])
    }
}

/// Whether a version's id has the form of our tokens, which nothing else that is known makes.
#[must_use]
pub fn is_token(version: &str) -> bool {
    version.len() == FOLLOWS + 32 && version.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether a version's id is a token of ours that was made to follow the version `parent`.
#[must_use]
pub fn follows(version: &str, parent: &str) -> bool {
    is_token(version) && version.starts_with(&mark(Some(parent)))
}

/// Whether a version's id is a token of ours that was made to follow no version: the record was made with it.
#[must_use]
pub fn is_first(version: &str) -> bool {
    is_token(version) && version.starts_with(&mark(None))
}

/// What tokens begin with that follow a version. A version's id is no secret, so its digest needs no key.
fn mark(version: Option<&str>) -> String {
    hex(&Sha256::digest(version.unwrap_or(""))[..FOLLOWS / 2])
}

/// A keyed digest: equal for equal contents, and of no use without the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "json-schema", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Fingerprint(String);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
