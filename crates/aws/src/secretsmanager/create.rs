//! Making a secret.

use aws_sdk_secretsmanager::types::StatusType;
use envctl_sync::{Applied, ApplyError, Failure, New, TargetError};

use super::SecretsManager;
use super::calls::{EXISTS, Making, STATE};
use super::versions::Versions;
use crate::error::{CallError, NOT_FOUND};
use crate::tags;

impl SecretsManager {
    /// Makes a secret, unless somebody made it meanwhile. One request: what tells its first version from others' is the form
    /// of its token, because no label can be given here.
    pub(super) fn create(&self, name: &str, new: &New<'_>) -> Result<Applied, ApplyError> {
        let own = tags::own(&self.mark);
        let given = self.tags.iter().map(|(key, value)| (key.clone(), value.clone()));
        let making = Making {
            tags: own.into_iter().chain(given).collect(),
            kms_key: self.kms_key.as_deref(),
            description: self.description.as_deref(),
            replicas: &self.replicas,
        };
        match self.calls.create(name, new.token, new.content, &making) {
            Ok(_) => Ok(self.applied(name, new.token, false)),
            Err(error) if error.is(EXISTS) || error.is(STATE) || error.may_be_done => {
                self.after_create(name, new.token, error)
            }
            Err(error) => Err(ApplyError::Unchanged(error.error)),
        }
    }

    /// What became of a request to make it that was not answered with success.
    fn after_create(&self, name: &str, token: &str, error: CallError) -> Result<Applied, ApplyError> {
        let description = match self.calls.describe(name) {
            Ok(description) => description,
            Err(gone) if gone.is(NOT_FOUND) => return Err(ApplyError::Unchanged(error.error)),
            Err(_) if error.may_be_done => return Err(ApplyError::Unclear(error.error)),
            Err(_) if error.is(EXISTS) => return Err(ApplyError::Conflict),
            Err(_) => return Err(ApplyError::Unchanged(error.error)),
        };
        if description.deleted_date.is_some() {
            return Err(ApplyError::Unchanged(TargetError {
                kind: Failure::Rejected,
                code: error.error.code,
                message: format!("`{name}` has been scheduled for deletion meanwhile"),
                help: Some("run it again, and it will offer to bring it back".to_owned()),
            }));
        }
        if Versions::of(description.version_ids_to_stages).current() == Some(token) {
            return Ok(self.applied(name, token, true));
        }
        Err(ApplyError::Conflict)
    }

    /// A success. If copies in other regions are wanted, what became of them is asked.
    pub(super) fn applied(&self, name: &str, version: &str, already: bool) -> Applied {
        let notes = if self.replicas.is_empty() { Vec::new() } else { self.notes(name) };
        Applied { version: version.to_owned(), already, notes }
    }

    fn notes(&self, name: &str) -> Vec<String> {
        let description = match self.calls.describe(name) {
            Ok(description) => description,
            Err(error) => return vec![format!("its copies were not looked at: {}", error.error.message)],
        };
        let copies = description.replication_status.unwrap_or_default();
        let failed = copies.iter().filter(|copy| copy.status == Some(StatusType::Failed));
        failed
            .map(|copy| {
                let region = copy.region.as_deref().unwrap_or("another region");
                format!("its copy in {region} failed; `aws secretsmanager describe-secret` tells why")
            })
            .collect()
    }
}
