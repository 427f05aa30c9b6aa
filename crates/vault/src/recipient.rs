//! Recipients: who can read the vault.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use age::ssh::ParseRecipientKeyError;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use envschema::SecretValue;

use crate::error::{At, BadRecipient, VaultError};
use crate::wrap::WORK;

/// The word that stands for a passphrase where others have a key.
pub(crate) const PASSPHRASE: &str = "passphrase";

/// An SSH key of more characters than this is an RSA key, and is shown by its end.
const SHOWN: usize = 80;

/// A recipient as the file has it. Its `Display` is its key, of which long ones are shortened, or `passphrase`, and the
/// words about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    pub(crate) key: PublicKey,
    pub(crate) about: Option<String>,
}

impl Recipient {
    /// The public key, `age1…` or `ssh-… …`; nothing for a passphrase.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        Some(self.key.as_str()).filter(|key| !key.is_empty())
    }

    /// The words about it.
    #[must_use]
    pub fn about(&self) -> Option<&str> {
        self.about.as_deref()
    }

    /// Whether it is meant by a key as people give one, with or without a comment, or by the word `passphrase`.
    #[must_use]
    pub fn is_called(&self, key: &str) -> bool {
        match &self.key {
            PublicKey::Passphrase => key.trim() == PASSPHRASE,
            public => PublicKey::parse(key).is_ok_and(|(other, _)| other == *public),
        }
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let key = self.key().unwrap_or(PASSPHRASE);
        match key.split_once(' ').filter(|(_, blob)| blob.len() > SHOWN) {
            Some((kind, blob)) => write!(f, "{kind} …{}", &blob[blob.len() - 12..])?,
            None => f.write_str(key)?,
        }
        self.about.as_ref().map_or(Ok(()), |about| write!(f, " ({about})"))
    }
}

/// A recipient that is to be added.
#[derive(Clone)]
pub struct NewRecipient {
    pub(crate) recipient: Recipient,
    pub(crate) passphrase: Option<SecretValue>,
    pub(crate) work: u8,
}

impl NewRecipient {
    /// A public key of age or SSH. The comment behind an SSH key becomes the words about it.
    ///
    /// # Errors
    /// [`VaultError::BadRecipient`], which does not tell the text.
    pub fn parse(key: &str) -> Result<Self, VaultError> {
        let (key, comment) = PublicKey::parse(key)
            .map_err(|reason| VaultError::BadRecipient { at: given("the recipient"), reason })?;
        let about = comment.filter(|comment| is_one_line(comment)).map(str::to_owned);
        Ok(Self { recipient: Recipient { key, about }, passphrase: None, work: WORK })
    }

    /// Whoever knows a passphrase. A vault has one such recipient at most.
    ///
    /// # Errors
    /// [`VaultError::BadRecipient`] for an empty one.
    pub fn passphrase(passphrase: SecretValue) -> Result<Self, VaultError> {
        if passphrase.is_empty() {
            let at = given("the recipient");
            return Err(VaultError::BadRecipient { at, reason: BadRecipient::Empty });
        }
        let recipient = Recipient { key: PublicKey::Passphrase, about: None };
        Ok(Self { recipient, passphrase: Some(passphrase), work: WORK })
    }

    /// Says whose it is, in one line.
    ///
    /// # Errors
    /// [`VaultError::BadAbout`] for a control character.
    pub fn about(mut self, about: &str) -> Result<Self, VaultError> {
        if !is_one_line(about) {
            return Err(VaultError::BadAbout { at: given("the recipient") });
        }
        self.recipient.about = Some(about.to_owned());
        Ok(self)
    }

    /// How far a passphrase is stretched: scrypt with N = 2 to the power of `log_n`. The default, 18, takes about a second
    /// and 256 MiB; less is for tests. Values outside 1 to 20 count as the nearest of these.
    #[must_use]
    pub fn work_factor(mut self, log_n: u8) -> Self {
        self.work = log_n.clamp(1, crate::wrap::MOST_WORK);
        self
    }

    /// The part that is not secret.
    #[must_use]
    pub fn recipient(&self) -> &Recipient {
        &self.recipient
    }
}

impl fmt::Debug for NewRecipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("NewRecipient").field(&self.recipient).finish()
    }
}

/// A public key in the one spelling that the file has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// `age1…`
    Age(String),
    /// `ssh-ed25519 …` or `ssh-rsa …`
    Ssh(String),
    /// None: a passphrase.
    Passphrase,
}

impl PublicKey {
    /// Reads a key, and the comment behind it.
    pub(crate) fn parse(text: &str) -> Result<(Self, Option<&str>), BadRecipient> {
        let text = text.trim();
        if text.contains("PRIVATE KEY-----") || text.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
            return Err(BadRecipient::Private);
        }
        if text.to_ascii_lowercase().starts_with("age1") {
            let key = age::x25519::Recipient::from_str(text).map_err(|_| BadRecipient::Age)?;
            return Ok((Self::Age(key.to_string()), None));
        }
        let Some((kind, rest)) = text.split_once(' ').filter(|(kind, _)| kind.starts_with("ssh-")) else {
            return Err(BadRecipient::NotAKey);
        };
        let (blob, comment) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
        let key = ssh_key(kind, blob)?;
        Ok((Self::Ssh(key), Some(comment.trim()).filter(|comment| !comment.is_empty())))
    }

    /// The key as it stands in the file; nothing for a passphrase.
    pub(crate) fn as_str(&self) -> &str {
        match self {
            Self::Age(key) | Self::Ssh(key) => key,
            Self::Passphrase => "",
        }
    }
}

/// `TYPE BASE64` if age can encrypt to it.
fn ssh_key(kind: &str, blob: &str) -> Result<String, BadRecipient> {
    let text = format!("{kind} {blob}");
    if !is_well_formed(kind, blob).unwrap_or(false) {
        return Err(BadRecipient::Ssh);
    }
    match age::ssh::Recipient::from_str(&text) {
        Ok(key) if key.to_string() == text => Ok(text),
        Err(ParseRecipientKeyError::RsaModulusTooLarge | ParseRecipientKeyError::RsaModulusTooSmall) => {
            Err(BadRecipient::RsaSize)
        }
        Ok(_) | Err(_) => Err(BadRecipient::Ssh),
    }
}

/// Whether a key is a list of parts of which the first is its type, with nothing behind them and no number without
/// digits. age's reader ends the program at a number that is all zeros.
fn is_well_formed(kind: &str, blob: &str) -> Option<bool> {
    let bytes = STANDARD.decode(blob).ok()?;
    let (mut rest, mut parts) = (bytes.as_slice(), Vec::new());
    while !rest.is_empty() {
        let (length, after) = rest.split_at_checked(4)?;
        let length = usize::try_from(u32::from_be_bytes(length.try_into().ok()?)).ok()?;
        let (part, after) = after.split_at_checked(length)?;
        parts.push(part);
        rest = after;
    }
    let (first, others) = parts.split_first()?;
    Some(*first == kind.as_bytes() && others.iter().all(|part| part.iter().any(|byte| *byte != 0)))
}

/// What a caller gave, as a place.
fn given(what: &str) -> At {
    At { file: Arc::from(what), line: None }
}

/// Whether the words about a recipient can stand in one line.
pub(crate) fn is_one_line(text: &str) -> bool {
    !text.contains(char::is_control)
}
