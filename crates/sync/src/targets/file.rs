//! [`FileTarget`]: an env file.

use envctl_dotenv::{Dialect, decode};
use envschema::SecretValue;

use super::env_text;
use crate::change::{Applied, ApplyError, Change, ChangeKind};
use crate::storage::Storage;
use crate::target::{
    Details, Edits, Failure, Held, HeldEntry, Identity, Observed, Refused, Shape, Target, TargetError,
};
use crate::token::Key;

/// An env file as a target. It has one record, named by its path; keys that are not ours, comments and the order stay.
///
/// Nobody can tell who wrote a file last, so it counts as ours, and what others wrote since counts as a plain change.
pub struct FileTarget {
    storage: Box<dyn Storage>,
    dialect: Dialect,
    key: Key,
}

impl FileTarget {
    /// The file, for this reader. With the key, versions are told apart without telling what they hold.
    #[must_use]
    pub fn new(storage: Box<dyn Storage>, dialect: Dialect, key: Key) -> Self {
        Self { storage, dialect, key }
    }

    /// The name of its only record.
    #[must_use]
    pub fn record(&self) -> String {
        self.storage.shown()
    }

    fn version(&self, content: &SecretValue) -> String {
        self.key.fingerprint(&self.record(), content).to_string()
    }

    fn look(&self) -> Observed {
        match self.storage.read() {
            Ok(None) => Observed::Absent,
            Ok(Some(bytes)) => self
                .held(&bytes)
                .map_or_else(|Refused { why, help }| Observed::Unusable { what: why, help }, Observed::Held),
            Err(error) => Observed::Unknown(error),
        }
    }

    fn held(&self, bytes: &[u8]) -> Result<Held, Refused> {
        let text = decode(bytes).map_err(|error| Refused {
            why: format!("it is no text: {error}"),
            help: "save it as UTF-8".to_owned(),
        })?;
        let reading = env_text::read(text, self.dialect)?;
        let entries = reading.variables().map(|variable| HeldEntry {
            key: variable.name().to_owned(),
            value: variable.value().map(SecretValue::from),
        });
        let content = SecretValue::from(text);
        Ok(Held {
            version: self.version(&content),
            reference: None,
            entries: entries.collect(),
            content,
            is_own_version: false,
        })
    }

    #[expect(clippy::disallowed_methods, reason = "written to the file that the user chose as a target")]
    fn write(&self, content: &SecretValue, before: Option<&Held>) -> Result<(), ApplyError> {
        let before = before.map(|held| held.content.expose().as_bytes());
        self.storage.write(content.expose().as_bytes(), before)
    }
}

impl Target for FileTarget {
    fn identity(&self) -> Result<Identity, TargetError> {
        Ok(Identity {
            kind: "file".to_owned(),
            address: self.storage.shown(),
            account: None,
            region: None,
            principal: None,
        })
    }

    fn shape(&self) -> Shape {
        Shape::Keys
    }

    fn observe(&self, names: &[&str]) -> Vec<Observed> {
        let record = self.record();
        let other = |name: &str| TargetError {
            kind: Failure::Settings,
            code: None,
            message: format!("the file `{record}` holds no `{name}`: its only record is the file itself"),
            help: None,
        };
        let one = |name: &&str| if *name == record { self.look() } else { Observed::Unknown(other(name)) };
        names.iter().map(one).collect()
    }

    fn details(&self, _: &str, _: &Held) -> Result<Details, TargetError> {
        Ok(Details::default())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "becomes the text of the file that the user chose as a target"
    )]
    fn render(&self, _: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
        let text = held.map_or("", |held| held.content.expose());
        env_text::edited(text, edits, self.dialect).map(SecretValue::from)
    }

    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        let version = match &change.kind {
            ChangeKind::Create(new) => {
                self.write(new.content, None)?;
                self.version(new.content)
            }
            ChangeKind::Replace { held, new, adopt: _ } => {
                self.write(new.content, Some(held))?;
                self.version(new.content)
            }
            #[expect(clippy::disallowed_methods, reason = "compared with what the file holds")]
            ChangeKind::Remove { held } => {
                self.storage.remove(held.content.expose().as_bytes())?;
                held.version.clone()
            }
            ChangeKind::Restore => {
                return Err(ApplyError::Unchanged(TargetError {
                    kind: Failure::Rejected,
                    code: None,
                    message: format!("the file `{}` cannot be brought back", self.record()),
                    help: None,
                }));
            }
        };
        Ok(Applied { version, already: false, notes: Vec::new() })
    }

    fn marked(&self) -> Result<Vec<String>, TargetError> {
        Ok(Vec::new())
    }
}
