//! [`VaultTarget`]: a vault that values are carried to, and read from.

use std::sync::{Mutex, MutexGuard, PoisonError};

use envctl_resolver::producers::OsRandom;
use envctl_sync::token::Key;
use envctl_sync::{
    Applied, ApplyError, Bundle, Change, ChangeKind, Details, Edits, Failure, Held, HeldEntry, Identity,
    Observed, Refused, Shape, Storage, Target, TargetError, new_bundle,
};
use envschema::SecretValue;
use zeroize::Zeroizing;

use crate::{Ask, NewRecipient, Unlocked, Vault, VaultError};

/// A vault as a target. It has one record, named by its file, whose keys are the vault's names.
///
/// Nobody can tell who wrote a vault last, so it counts as ours, and what others wrote since counts as a plain change:
/// the repository that it is kept in shows who it was.
pub struct VaultTarget {
    storage: Box<dyn Storage>,
    identities: Vec<crate::Identity>,
    ask: Mutex<Box<dyn Ask + Send>>,
    recipients: Vec<NewRecipient>,
    order: Vec<String>,
    key: Key,
}

impl VaultTarget {
    /// The vault in a file. With the key, versions are told apart.
    #[must_use]
    pub fn new(storage: Box<dyn Storage>, key: Key) -> Self {
        Self {
            storage,
            identities: Vec::new(),
            ask: Mutex::new(Box::new(crate::CannotAsk)),
            recipients: Vec::new(),
            order: Vec::new(),
            key,
        }
    }

    /// What opens it, and who is asked for passphrases.
    #[must_use]
    pub fn opened_by(mut self, identities: Vec<crate::Identity>, ask: Box<dyn Ask + Send>) -> Self {
        self.identities = identities;
        self.ask = Mutex::new(ask);
        self
    }

    /// For whom it is made if it is not there yet.
    #[must_use]
    pub fn made_for(mut self, recipients: Vec<NewRecipient>) -> Self {
        self.recipients = recipients;
        self
    }

    /// The order of names in it.
    #[must_use]
    pub fn in_order(mut self, names: Vec<String>) -> Self {
        self.order = names;
        self
    }

    fn file(&self) -> String {
        self.storage.shown()
    }

    fn ask(&self) -> MutexGuard<'_, Box<dyn Ask + Send>> {
        self.ask.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn unlocked(&self, bytes: &[u8]) -> Result<Unlocked, VaultProblem> {
        let file = self.file();
        let text = std::str::from_utf8(bytes).map_err(|_| VaultProblem::NotText)?;
        let vault = Vault::parse(&file, text).map_err(VaultProblem::NoVault)?;
        vault.unlock(&self.identities, &mut **self.ask()).map_err(VaultProblem::Closed)
    }

    /// Changes with every write.
    fn version(&self, bytes: &[u8]) -> String {
        // The text is ciphertext: what is told of it tells nothing of a value.
        let text = SecretValue::from(String::from_utf8_lossy(bytes).into_owned());
        self.key.fingerprint(&self.file(), &text).to_string()
    }

    fn look(&self) -> Observed {
        let bytes = match self.storage.read() {
            Ok(None) => return Observed::Absent,
            Ok(Some(bytes)) => bytes,
            Err(error) => return Observed::Unknown(error),
        };
        match self.unlocked(&bytes).and_then(|open| values(&open)) {
            Ok(values) => Observed::Held(Held {
                version: self.version(&bytes),
                reference: None,
                content: plain(&values),
                entries: values
                    .into_iter()
                    .map(|(key, value)| HeldEntry { key, value: Some(value) })
                    .collect(),
                is_own_version: true,
            }),
            Err(VaultProblem::NotText) => Observed::Unusable {
                what: "it is no text, so it is no vault".to_owned(),
                help: "take an earlier version of the file".to_owned(),
            },
            Err(VaultProblem::NoVault(error)) => Observed::Unknown(rejected(&error)),
            Err(VaultProblem::Closed(error)) => Observed::Unknown(closed(&error)),
        }
    }

    /// Gives an open vault these values and no others, and writes it.
    fn write(
        &self,
        mut open: Unlocked,
        content: &SecretValue,
        before: Option<&[u8]>,
    ) -> Result<Applied, ApplyError> {
        let unchanged = |error: &VaultError| ApplyError::Unchanged(rejected(error));
        open.keep_order(self.order.iter().map(String::as_str));
        let wanted = entries(content);
        let gone: Vec<String> = open
            .names()
            .filter(|name| wanted.iter().all(|(wanted, _)| wanted != name))
            .map(str::to_owned)
            .collect();
        for name in gone {
            open.remove(&name).map_err(|error| unchanged(&error))?;
        }
        for (name, value) in &wanted {
            open.set(name, value, &mut OsRandom).map_err(|error| unchanged(&error))?;
        }
        let text = open.text();
        self.storage.write(text.as_bytes(), before)?;
        Ok(Applied { version: self.version(text.as_bytes()), already: false, notes: Vec::new() })
    }

    /// The bytes of the file, as long as they are the ones that were read.
    fn as_read(&self, held: &Held) -> Result<Zeroizing<Vec<u8>>, ApplyError> {
        let bytes = self.storage.read().map_err(ApplyError::Unchanged)?;
        bytes.filter(|bytes| self.version(bytes) == held.version).ok_or(ApplyError::Conflict)
    }
}

impl Target for VaultTarget {
    fn identity(&self) -> Result<Identity, TargetError> {
        Ok(Identity {
            kind: "vault".to_owned(),
            address: self.file(),
            account: None,
            region: None,
            principal: None,
        })
    }

    fn shape(&self) -> Shape {
        Shape::Keys
    }

    fn observe(&self, names: &[&str]) -> Vec<Observed> {
        // A vault is the only record of its file.
        names.iter().map(|_| self.look()).collect()
    }

    fn details(&self, _: &str, _: &Held) -> Result<Details, TargetError> {
        Ok(Details::default())
    }

    fn render(&self, _: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
        let now = held.map(|held| entries(&held.content)).unwrap_or_default();
        let is_set = |name: &str| edits.set.iter().any(|(set, _)| *set == name);
        let kept = now.iter().filter(|(name, _)| !edits.remove.contains(&name.as_str()) && !is_set(name));
        let all: Vec<(&str, &SecretValue)> =
            kept.map(|(name, value)| (name.as_str(), value)).chain(edits.set.iter().copied()).collect();
        Ok(new_bundle(&all))
    }

    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        match &change.kind {
            ChangeKind::Create(new) => {
                let open = Vault::create(&self.file(), &self.recipients, &mut OsRandom)
                    .map_err(|error| ApplyError::Unchanged(rejected(&error)))?;
                self.write(open, new.content, None)
            }
            ChangeKind::Replace { held, new, adopt: _ } => {
                let bytes = self.as_read(held)?;
                let open = self.unlocked(&bytes).map_err(|problem| ApplyError::Unchanged(problem.error()))?;
                self.write(open, new.content, Some(&bytes))
            }
            ChangeKind::Remove { held } => {
                let bytes = self.as_read(held)?;
                self.storage.remove(&bytes)?;
                Ok(Applied { version: held.version.clone(), already: false, notes: Vec::new() })
            }
            ChangeKind::Restore => Err(ApplyError::Unchanged(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!("the vault {} cannot be brought back", self.file()),
                help: Some("take it from an earlier version of the repository".to_owned()),
            })),
        }
    }

    fn marked(&self) -> Result<Vec<String>, TargetError> {
        Ok(Vec::new())
    }
}

/// Why a file gave no values.
enum VaultProblem {
    NotText,
    /// It has not the form of a vault, or a value in it was tampered with.
    NoVault(VaultError),
    /// It is a vault, and cannot be opened.
    Closed(VaultError),
}

impl VaultProblem {
    fn error(self) -> TargetError {
        match self {
            Self::NotText => TargetError {
                kind: Failure::Rejected,
                code: None,
                message: "it is no text, so it is no vault".to_owned(),
                help: None,
            },
            Self::NoVault(error) => rejected(&error),
            Self::Closed(error) => closed(&error),
        }
    }
}

/// Every value, or the first that cannot be read.
fn values(open: &Unlocked) -> Result<Vec<(String, SecretValue)>, VaultProblem> {
    match open.values() {
        Ok(values) => Ok(values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()),
        Err(mut errors) => Err(VaultProblem::NoVault(errors.swap_remove(0))),
    }
}

/// What is in a vault, in a form that does not depend on its order.
fn plain(values: &[(String, SecretValue)]) -> SecretValue {
    let all: Vec<(&str, &SecretValue)> = values.iter().map(|(name, value)| (name.as_str(), value)).collect();
    new_bundle(&all)
}

/// The names and values of such a form.
#[expect(clippy::disallowed_methods, reason = "read back into values, which print nothing")]
fn entries(content: &SecretValue) -> Vec<(String, SecretValue)> {
    let bundle = Bundle::parse(content.expose()).expect("made by `plain` or `render`");
    bundle.entries().into_iter().filter_map(|entry| Some((entry.key, entry.value?))).collect()
}

fn closed(error: &VaultError) -> TargetError {
    TargetError {
        kind: Failure::Credentials,
        code: None,
        message: error.to_string(),
        help: Some(error.help()),
    }
}

fn rejected(error: &VaultError) -> TargetError {
    TargetError { kind: Failure::Rejected, code: None, message: error.to_string(), help: Some(error.help()) }
}
