//! Recipients as people give them: keys, files of keys, and a passphrase that is typed twice.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use envctl_vault::{At, NewRecipient, VaultError};
use zeroize::Zeroizing;

use super::{TerminalAsk, VaultCommandError};
use crate::edge::Edge;
use crate::error::CliError;
use crate::read;

/// How the keys begin that are no files.
const KEYS: [&str; 3] = ["age", "ssh-", "-----BEGIN"];

/// The recipients that words mean: each a public key or a file of them.
///
/// # Errors
///
/// `NoRecipient`, `NoKeys`, and `Vault` for what is no key; none repeats what was given.
pub(crate) fn new_recipients(edge: &Edge, words: &[String]) -> Result<Vec<NewRecipient>, CliError> {
    let mut found = Vec::new();
    for word in words {
        match Word::of(edge, word)? {
            Word::Key(key) => found.push(NewRecipient::parse(key)?),
            Word::File { path, text } => {
                for (line, key) in keys(&text) {
                    let placed = |error| match error {
                        VaultError::BadRecipient { reason, .. } => {
                            let at = At { file: Arc::from(path.display().to_string()), line: Some(line) };
                            VaultError::BadRecipient { at, reason }
                        }
                        error => error,
                    };
                    found.push(NewRecipient::parse(key).map_err(placed)?);
                }
            }
        }
    }
    Ok(found)
}

/// The one key that a word means: a key, the only one of a file, or `passphrase`.
///
/// # Errors
///
/// `NoKeys`, `SeveralKeys`.
pub(crate) fn one_key(edge: &Edge, word: &str) -> Result<String, CliError> {
    let Ok(Word::File { path, text }) = Word::of(edge, word) else { return Ok(word.to_owned()) };
    let mut keys = keys(&text).map(|(_, key)| key.to_owned());
    match (keys.next(), keys.next()) {
        (Some(key), None) => Ok(key),
        _ => Err(VaultCommandError::SeveralKeys { path }.into()),
    }
}

/// A passphrase as a recipient: asked for twice, so that a slip locks nobody out.
///
/// # Errors
///
/// `NoPassphrase`, `OtherPassphrase`, and `Vault` for an empty one.
pub(crate) fn new_passphrase(edge: &Edge) -> Result<NewRecipient, CliError> {
    let ask = TerminalAsk::of(edge);
    let first = ask.secret("a passphrase for the vault").ok_or(VaultCommandError::NoPassphrase)?;
    let recipient = NewRecipient::passphrase(first.clone())?;
    let again = ask.secret("the same again").ok_or(VaultCommandError::NoPassphrase)?;
    if first == again { Ok(recipient) } else { Err(VaultCommandError::OtherPassphrase.into()) }
}

/// What a word is.
enum Word<'w> {
    Key(&'w str),
    File { path: PathBuf, text: Zeroizing<String> },
}

impl<'w> Word<'w> {
    fn of(edge: &Edge, word: &'w str) -> Result<Self, CliError> {
        let word = word.trim();
        let looks_like_a_key =
            KEYS.iter().any(|begin| word.to_ascii_lowercase().starts_with(&begin.to_ascii_lowercase()));
        let path = edge.path(Path::new(word));
        if !path.is_file() {
            return if looks_like_a_key {
                Ok(Self::Key(word))
            } else {
                Err(VaultCommandError::NoRecipient.into())
            };
        }
        let path = PathBuf::from(word);
        let unreadable = |error| CliError::Unreadable { path: path.clone(), error };
        let bytes = read::file(&edge.path(&path)).map_err(unreadable)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: path.clone() })?;
        if keys(text).next().is_none() {
            return Err(VaultCommandError::NoKeys { path }.into());
        }
        Ok(Self::File { text: Zeroizing::new(text.to_owned()), path })
    }
}

/// The lines of a file that are neither empty nor comments, with their numbers.
fn keys(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
