//! Wrapping the vault's key with age: one age file for each recipient, with the 32 bytes of the key in it.

use std::io::{Read, Write};
use std::iter;
use std::str::FromStr;

use age::secrecy::SecretString;
use age::{DecryptError, Decryptor, Encryptor};
use envschema::SecretValue;

use crate::error::BadWrapping;
use crate::recipient::{NewRecipient, PublicKey};
use crate::seal::DataKey;

/// How far passphrases are stretched if nobody says otherwise; what `age -p` does.
pub(crate) const WORK: u8 = 18;
/// How far they may be stretched: 1 GiB of memory, some seconds. Whoever can edit the file could ask for more.
pub(crate) const MOST_WORK: u8 = 20;

/// The age file for a recipient; `None` if nothing can be encrypted to its key.
pub(crate) fn wrap(key: &DataKey, to: &NewRecipient) -> Option<Vec<u8>> {
    match &to.recipient.key {
        PublicKey::Age(public) => encrypt(key, &age::x25519::Recipient::from_str(public).ok()?),
        PublicKey::Ssh(public) => encrypt(key, &age::ssh::Recipient::from_str(public).ok()?),
        PublicKey::Passphrase => {
            let mut recipient = age::scrypt::Recipient::new(secret_string(to.passphrase.as_ref()?));
            recipient.set_work_factor(to.work);
            encrypt(key, &recipient)
        }
    }
}

fn encrypt(key: &DataKey, recipient: &dyn age::Recipient) -> Option<Vec<u8>> {
    let mut wrapped = Vec::new();
    let encryptor = Encryptor::with_recipients(iter::once(recipient)).ok()?;
    let mut writer = encryptor.wrap_output(&mut wrapped).ok()?;
    writer.write_all(key.bytes()).ok()?;
    writer.finish().ok()?;
    Some(wrapped)
}

/// The key in an age file.
pub(crate) fn unwrap(wrapped: &[u8], identity: &dyn age::Identity) -> Result<DataKey, BadWrapping> {
    let decryptor = Decryptor::new_buffered(wrapped).map_err(|error| reason(&error))?;
    let mut reader = decryptor.decrypt(iter::once(identity)).map_err(|error| reason(&error))?;
    let mut key = DataKey::zero();
    let whole = reader.read_exact(key.bytes_mut()).and_then(|()| reader.read(&mut [0]));
    match whole {
        Ok(0) => Ok(key),
        Ok(_) | Err(_) => Err(BadWrapping::NoKey),
    }
}

/// The key in an age file for a passphrase.
pub(crate) fn unwrap_passphrase(wrapped: &[u8], passphrase: &SecretValue) -> Result<DataKey, BadWrapping> {
    let mut identity = age::scrypt::Identity::new(secret_string(passphrase));
    identity.set_max_work_factor(MOST_WORK);
    unwrap(wrapped, &identity)
}

/// How far the passphrase of an age file is stretched, which its header tells.
pub(crate) fn work_of(wrapped: &[u8]) -> Option<u8> {
    let line = wrapped.split(|byte| *byte == b'\n').find(|line| line.starts_with(b"-> scrypt "))?;
    std::str::from_utf8(line).ok()?.rsplit(' ').next()?.parse().ok()
}

/// The words are ours: those of age come with marks for the direction of writing, and one of them cannot be told.
fn reason(error: &DecryptError) -> BadWrapping {
    match error {
        DecryptError::DecryptionFailed | DecryptError::KeyDecryptionFailed | DecryptError::NoMatchingKeys => {
            BadWrapping::OtherKey
        }
        DecryptError::ExcessiveWork { .. } => BadWrapping::TooMuchWork,
        DecryptError::UnknownFormat => BadWrapping::Newer,
        _ => BadWrapping::Changed,
    }
}

/// The same text in the type that age takes, which is wiped as well.
#[expect(clippy::disallowed_methods, reason = "the passphrase goes to age, which derives a key from it")]
pub(crate) fn secret_string(text: &SecretValue) -> SecretString {
    SecretString::from(text.expose().to_owned())
}
