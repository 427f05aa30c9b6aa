//! Identities: what a recipient reads the vault with.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use age::secrecy::ExposeSecret;
use envschema::SecretValue;
use zeroize::Zeroizing;

use crate::ask::{Ask, Question};
use crate::error::{At, BadIdentity, BadWrapping, VaultError};
use crate::recipient::{NewRecipient, PublicKey, Recipient};
use crate::seal::DataKey;
use crate::wrap::{secret_string, unwrap};

/// A private key of age or SSH. `Debug` shows its public key only.
#[derive(Clone)]
pub struct Identity {
    file: Arc<str>,
    public: PublicKey,
    private: Private,
}

#[derive(Clone)]
enum Private {
    Age(Box<age::x25519::Identity>),
    Ssh(Box<age::ssh::Identity>),
}

impl Identity {
    /// The identities of a file: of age-keygen, with comments and any number of keys, or an SSH private key, which
    /// may be encrypted. `file` names it in errors and questions.
    ///
    /// # Errors
    /// [`VaultError::BadIdentity`] with the first line that is something else.
    #[expect(clippy::disallowed_methods, reason = "private keys are read into types that are wiped")]
    pub fn parse(file: &str, text: &SecretValue) -> Result<Vec<Self>, VaultError> {
        let file: Arc<str> = Arc::from(file);
        let text = text.expose();
        let bad = |line, reason| VaultError::BadIdentity { at: At { file: file.clone(), line }, reason };
        let start = text.trim_start();
        if start.starts_with("age-encryption.org/") || start.starts_with("-----BEGIN AGE ENCRYPTED FILE") {
            return Err(bad(None, BadIdentity::Encrypted));
        }
        if start.starts_with("-----BEGIN ") {
            return Ok(vec![Self::ssh(&file, start).map_err(|reason| bad(None, reason))?]);
        }
        let mut identities = Vec::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let key = age::x25519::Identity::from_str(line)
                .map_err(|_| bad(Some(index + 1), BadIdentity::NotAKey))?;
            identities.push(Self::age(&file, key));
        }
        if identities.is_empty() { Err(bad(None, BadIdentity::Empty)) } else { Ok(identities) }
    }

    /// A new identity of age, and the text of its file in the form of `age-keygen`. The text is a secret. `created` is
    /// the moment, such as `2026-11-28T09:57:00Z`, for the comment in it.
    ///
    /// The random bytes come from the operating system.
    #[must_use]
    pub fn generate(created: Option<&str>) -> (Self, SecretValue) {
        let key = age::x25519::Identity::generate();
        let (secret, public) = (key.to_string(), key.to_public());
        let created = created.map(|moment| format!("# created: {moment}\n")).unwrap_or_default();
        let comment = format!("{created}# public key: {public}\n");
        let secret = secret.expose_secret();
        let mut text = Zeroizing::new(String::with_capacity(comment.len() + secret.len() + 1));
        text.push_str(&comment);
        text.push_str(secret);
        text.push('\n');
        (Self::age(&Arc::from("a new identity"), key), SecretValue::from(text))
    }

    /// Its public key, `age1…` or `ssh-… …`.
    #[must_use]
    pub fn public_key(&self) -> &str {
        self.public.as_str()
    }

    /// The recipient that it can read for.
    #[must_use]
    pub fn to_recipient(&self) -> NewRecipient {
        let recipient = Recipient { key: self.public.clone(), about: None };
        NewRecipient { recipient, passphrase: None, work: crate::wrap::WORK }
    }

    /// Whether a passphrase is asked for when it is used.
    #[must_use]
    pub fn is_encrypted(&self) -> bool {
        matches!(&self.private, Private::Ssh(key) if matches!(**key, age::ssh::Identity::Encrypted(_)))
    }

    /// Whether it belongs to a recipient.
    pub(crate) fn fits(&self, recipient: &Recipient) -> bool {
        self.public == recipient.key
    }

    /// What is asked for when it is used.
    pub(crate) fn question(&self) -> Question {
        Question::SshKey { file: self.file.to_string() }
    }

    /// The key that is wrapped for it. `Ok(None)` if its own passphrase could not be asked for.
    pub(crate) fn unwrap(
        &self,
        wrapped: &[u8],
        ask: &mut dyn Ask,
    ) -> Result<Option<Result<DataKey, BadWrapping>>, VaultError> {
        match &self.private {
            Private::Age(key) => Ok(Some(unwrap(wrapped, &**key))),
            Private::Ssh(key) => match &**key {
                age::ssh::Identity::Encrypted(encrypted) => {
                    let Some(passphrase) = ask.passphrase(&self.question()) else { return Ok(None) };
                    let at = At { file: self.file.clone(), line: None };
                    let key = encrypted
                        .decrypt(secret_string(&passphrase))
                        .map_err(|_| VaultError::WrongPassphrase { at })?;
                    Ok(Some(unwrap(wrapped, &age::ssh::Identity::from(key))))
                }
                plain => Ok(Some(unwrap(wrapped, plain))),
            },
        }
    }

    fn age(file: &Arc<str>, key: age::x25519::Identity) -> Self {
        let public = PublicKey::Age(key.to_public().to_string());
        Self { file: file.clone(), public, private: Private::Age(Box::new(key)) }
    }

    fn ssh(file: &Arc<str>, text: &str) -> Result<Self, BadIdentity> {
        let key = age::ssh::Identity::from_buffer(text.as_bytes(), None).map_err(|_| BadIdentity::Ssh)?;
        let public = age::ssh::Recipient::try_from(key.clone()).map_err(|_| BadIdentity::Ssh)?;
        let public = PublicKey::Ssh(public.to_string());
        Ok(Self { file: file.clone(), public, private: Private::Ssh(Box::new(key)) })
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Identity").field(&self.public_key()).finish()
    }
}
