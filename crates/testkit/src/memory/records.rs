//! The records of a target in memory.

use std::collections::BTreeMap;

use envctl_sync::{
    Applied, ApplyError, Bundle, Change, ChangeKind, Held, HeldEntry, New, Observed, Owner, Refused,
};
use envschema::SecretValue;

/// Records by name; each write gets the next version.
#[derive(Debug, Default)]
pub(super) struct Records {
    pub(super) by_name: BTreeMap<String, Record>,
    pub(super) written: u64,
}

#[derive(Debug)]
pub(super) struct Record {
    pub(super) content: SecretValue,
    pub(super) version: u64,
    pub(super) is_own: bool,
    pub(super) base: Option<SecretValue>,
    pub(super) owner: Owner,
    pub(super) refused: Option<Refused>,
}

impl Records {
    /// Writes a record, as ours or as somebody else.
    pub(super) fn store(&mut self, name: &str, content: SecretValue, is_own: bool) -> String {
        self.written += 1;
        let earlier = self.by_name.remove(name);
        let owner = earlier
            .as_ref()
            .map_or(if is_own { Owner::Ours } else { Owner::Nobody }, |earlier| earlier.owner.clone());
        let (base, refused) = earlier.map(|earlier| (earlier.base, earlier.refused)).unwrap_or_default();
        let base = if is_own { Some(content.clone()) } else { base };
        let record = Record { content, version: self.written, is_own, base, owner, refused };
        self.by_name.insert(name.to_owned(), record);
        format!("v{}", self.written)
    }

    /// Carries out a change, as long as it is of the version that is there.
    pub(super) fn change(&mut self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        let now = self.by_name.get(change.name).map(|record| format!("v{}", record.version));
        let follows = |held: &Held| now.as_ref() == Some(&held.version);
        let mut write = |new: &New<'_>| self.store(change.name, new.content.clone(), true);
        let version = match &change.kind {
            ChangeKind::Create(new) if now.is_none() => write(new),
            ChangeKind::Replace { held, new, adopt } if follows(held) => {
                let version = write(new);
                if let (true, Some(record)) = (*adopt, self.by_name.get_mut(change.name)) {
                    record.owner = Owner::Ours;
                }
                version
            }
            ChangeKind::Remove { held } if follows(held) => {
                self.by_name.remove(change.name);
                held.version.clone()
            }
            ChangeKind::Restore => now.unwrap_or_default(),
            _ => return Err(ApplyError::Conflict),
        };
        Ok(Applied { version, already: false, notes: Vec::new() })
    }
}

impl Record {
    pub(super) fn held(&self) -> Result<Held, Observed> {
        let entries = entries(&self.content)?;
        Ok(Held {
            version: format!("v{}", self.version),
            reference: None,
            entries,
            content: self.content.clone(),
            is_own_version: self.is_own,
        })
    }
}

#[expect(clippy::disallowed_methods, reason = "read as what the test planted")]
pub(super) fn entries(content: &SecretValue) -> Result<Vec<HeldEntry>, Observed> {
    Bundle::parse(content.expose())
        .map(|bundle| bundle.entries())
        .map_err(|error| Observed::Unusable { what: error.to_string(), help: "correct it".to_owned() })
}
