//! Sealing values and recipients with the vault's key: what is bound to what, and how lengths are hidden.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{AeadInPlace, KeyInit};
use chacha20poly1305::{Key, Tag, XChaCha20Poly1305, XNonce};
use envctl_resolver::producers::{RandomError, RandomSource};
use envschema::SecretValue;
use zeroize::Zeroizing;

/// Bytes of a vault's id.
pub(crate) const ID: usize = 16;
/// Bytes of the key.
pub(crate) const KEY: usize = 32;
/// Bytes of a nonce. So many that random ones do not meet.
const NONCE: usize = 24;
/// Bytes of a tag.
const TAG: usize = 16;
/// Bytes before a text that say its length.
const LENGTH: usize = 8;
/// What is encrypted is a multiple of so many bytes long.
const PAD: usize = 32;

/// The key under which one vault's values are sealed. It is wiped when dropped and cannot be printed.
#[derive(Clone)]
pub(crate) struct DataKey(Zeroizing<[u8; KEY]>);

impl DataKey {
    /// A new one.
    pub(crate) fn draw(random: &mut dyn RandomSource) -> Result<Self, RandomError> {
        let mut key = Self::zero();
        random.fill(key.bytes_mut())?;
        Ok(key)
    }

    /// One that has yet to be filled.
    pub(crate) fn zero() -> Self {
        Self(Zeroizing::new([0; KEY]))
    }

    /// Its bytes, for wrapping it.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// Its bytes, for unwrapping it.
    pub(crate) fn bytes_mut(&mut self) -> &mut [u8] {
        self.0.as_mut_slice()
    }

    /// Seals the value of a variable: nonce, encrypted text, tag.
    #[expect(clippy::disallowed_methods, reason = "the text goes into the buffer that is encrypted in place")]
    pub(crate) fn seal_value(
        &self,
        bound: &Bound<'_>,
        value: &SecretValue,
        random: &mut dyn RandomSource,
    ) -> Result<Vec<u8>, RandomError> {
        let text = value.expose().as_bytes();
        let padded = (LENGTH + text.len()).next_multiple_of(PAD);
        let mut sealed = Zeroizing::new(Vec::with_capacity(NONCE + padded + TAG));
        sealed.resize(NONCE, 0);
        random.fill(&mut sealed)?;
        sealed.extend_from_slice(&(text.len() as u64).to_le_bytes());
        sealed.extend_from_slice(text);
        sealed.resize(NONCE + padded, 0);
        let (nonce, text) = sealed.split_at_mut(NONCE);
        let tag = self.encrypt(nonce, bound, text);
        sealed.extend_from_slice(&tag);
        Ok(std::mem::take(&mut *sealed))
    }

    /// Opens the value of a variable; `None` if it was not sealed so.
    pub(crate) fn open_value(&self, bound: &Bound<'_>, sealed: &[u8]) -> Option<SecretValue> {
        let (nonce, rest) = sealed.split_at_checked(NONCE)?;
        let (text, tag) = rest.split_at_checked(rest.len().checked_sub(TAG)?)?;
        let mut text = Zeroizing::new(text.to_vec());
        self.decrypt(nonce, bound, &mut text, tag)?;
        let (length, padded) = text.split_at_checked(LENGTH)?;
        let length = usize::try_from(u64::from_le_bytes(length.try_into().ok()?)).ok()?;
        let text = std::str::from_utf8(padded.get(..length)?).ok()?;
        Some(SecretValue::from(Zeroizing::new(text.to_owned())))
    }

    /// A seal without content: nonce and tag.
    pub(crate) fn seal(
        &self,
        bound: &Bound<'_>,
        random: &mut dyn RandomSource,
    ) -> Result<Vec<u8>, RandomError> {
        let mut seal = vec![0; NONCE];
        random.fill(&mut seal)?;
        let tag = self.encrypt(&seal, bound, &mut []);
        seal.extend_from_slice(&tag);
        Ok(seal)
    }

    /// Whether a seal was made by [`DataKey::seal`] for the same things.
    pub(crate) fn confirms(&self, bound: &Bound<'_>, seal: &[u8]) -> bool {
        let parts = seal.split_at_checked(NONCE).filter(|(_, tag)| tag.len() == TAG);
        parts.and_then(|(nonce, tag)| self.decrypt(nonce, bound, &mut [], tag)).is_some()
    }

    fn encrypt(&self, nonce: &[u8], bound: &Bound<'_>, text: &mut [u8]) -> Tag {
        let sealed =
            self.cipher().encrypt_in_place_detached(XNonce::from_slice(nonce), &bound.to_bytes(), text);
        sealed.expect("a text in memory is shorter than the cipher's limit of 256 GiB")
    }

    fn decrypt(&self, nonce: &[u8], bound: &Bound<'_>, text: &mut [u8], tag: &[u8]) -> Option<()> {
        let (nonce, tag) = (XNonce::from_slice(nonce), Tag::from_slice(tag));
        self.cipher().decrypt_in_place_detached(nonce, &bound.to_bytes(), text, tag).ok()
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(Key::from_slice(self.bytes()))
    }
}

/// What a seal is bound to, beside the key: it does not open anywhere else.
pub(crate) struct Bound<'a> {
    /// The vault.
    pub(crate) id: &'a [u8; ID],
    /// What is sealed there.
    pub(crate) role: Role<'a>,
}

/// What is sealed.
pub(crate) enum Role<'a> {
    /// The value of this variable.
    Value(&'a str),
    /// A block of a recipient with all its parts.
    Recipient {
        /// The key as it stands in the file; nothing for a passphrase.
        key: &'a str,
        /// The words about it.
        about: Option<&'a str>,
        /// The wrapped key.
        wrapped: &'a [u8],
    },
}

impl Bound<'_> {
    /// The parts, each after its length in 8 bytes, so that no two lists of parts give the same bytes.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut put = |part: &[u8]| {
            bytes.extend_from_slice(&(part.len() as u64).to_le_bytes());
            bytes.extend_from_slice(part);
        };
        put(b"envctl vault 1");
        put(self.id);
        match self.role {
            Role::Value(name) => {
                put(b"value");
                put(name.as_bytes());
            }
            Role::Recipient { key, about, wrapped } => {
                put(b"recipient");
                put(key.as_bytes());
                put(&[u8::from(about.is_some())]);
                put(about.unwrap_or_default().as_bytes());
                put(wrapped);
            }
        }
        bytes
    }
}

/// Bytes as the file has them.
pub(crate) fn encode(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// The bytes of a text of the file; `None` if it is not exactly what [`encode`] writes.
pub(crate) fn decode(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}
