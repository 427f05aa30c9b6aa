//! What is written: blocks of recipients and lines of values.

use envctl_resolver::producers::RandomSource;
use toml_edit::{Key, Value};

use crate::error::{At, VaultError};
use crate::recipient::{NewRecipient, PASSPHRASE};
use crate::seal::{Bound, DataKey, ID, Role, encode};
use crate::wrap::wrap;

/// A block of a recipient, line by line.
pub(crate) fn block_lines(
    at: &At,
    id: &[u8; ID],
    key: &DataKey,
    to: &NewRecipient,
    random: &mut dyn RandomSource,
) -> Result<Vec<String>, VaultError> {
    let (wrapped, seal) = wrapped_and_sealed(at, id, key, to, random)?;
    let who = match to.recipient.key() {
        Some(public) => format!("key = \"{public}\""),
        None => format!("kind = \"{PASSPHRASE}\""),
    };
    let about = to.recipient.about().map(|about| format!("about = {}", quoted(about)));
    let mut lines = vec!["[[recipients]]".to_owned(), who];
    lines.extend(about);
    lines.extend([format!("wrapped = {}", base64(&wrapped)), format!("seal = {}", base64(&seal))]);
    Ok(lines)
}

/// The vault's key for a recipient, and the seal of the recipient's block.
pub(crate) fn wrapped_and_sealed(
    at: &At,
    id: &[u8; ID],
    key: &DataKey,
    to: &NewRecipient,
    random: &mut dyn RandomSource,
) -> Result<(Vec<u8>, Vec<u8>), VaultError> {
    let wrapped = wrap(key, to)
        .ok_or_else(|| VaultError::Unwrappable { at: at.clone(), recipient: to.recipient.to_string() })?;
    let role =
        Role::Recipient { key: to.recipient.key.as_str(), about: to.recipient.about(), wrapped: &wrapped };
    let seal = key
        .seal(&Bound { id, role }, random)
        .map_err(|source| VaultError::Random { at: at.clone(), source })?;
    Ok((wrapped, seal))
}

/// The line of a value.
pub(crate) fn value_line(name: &str, sealed: &[u8]) -> String {
    format!("{} = {}", Key::new(name).display_repr(), base64(sealed))
}

/// Bytes as a text of TOML.
pub(crate) fn base64(bytes: &[u8]) -> String {
    format!("\"{}\"", encode(bytes))
}

/// One line of text as a text of TOML.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}
