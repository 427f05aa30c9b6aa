//! Scheduling a secret for deletion, and bringing it back. Nothing is ever deleted at once.

use envctl_sync::{Applied, ApplyError, Failure, Held, Owner, TargetError};

use super::SecretsManager;
use super::details::to_map;
use super::versions::Versions;
use crate::error::NOT_FOUND;
use crate::tags;

impl SecretsManager {
    /// Schedules a secret for deletion, if its version is the one that was read and it carries our tags.
    pub(super) fn remove(&self, name: &str, held: &Held) -> Result<Applied, ApplyError> {
        let done = |already| Applied { version: held.version.clone(), already, notes: Vec::new() };
        let description = match self.calls.describe(name) {
            Ok(description) => description,
            Err(gone) if gone.is(NOT_FOUND) => return Ok(done(true)),
            Err(error) => return Err(ApplyError::Unchanged(error.error)),
        };
        if description.deleted_date.is_some() {
            return Ok(done(true));
        }
        if Versions::of(description.version_ids_to_stages).current() != Some(&held.version) {
            return Err(ApplyError::Conflict);
        }
        if tags::owner(&self.mark, &to_map(description.tags.as_deref())) != Owner::Ours {
            return Err(ApplyError::Unchanged(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!("`{name}` does not carry the tags of this project and environment"),
                help: Some("remove it in the AWS console, if nobody needs it".to_owned()),
            }));
        }
        match self.calls.delete(name, self.recovery_days) {
            Ok(()) => Ok(done(false)),
            Err(error) => match self.calls.describe(name) {
                Ok(description) if description.deleted_date.is_some() => Ok(done(true)),
                Err(gone) if gone.is(NOT_FOUND) => Ok(done(true)),
                Err(_) if error.may_be_done => Err(ApplyError::Unclear(error.error)),
                _ => Err(ApplyError::Unchanged(error.error)),
            },
        }
    }

    /// Brings a secret back that is scheduled for deletion. What it holds is told by its version.
    pub(super) fn restore(&self, name: &str) -> Result<Applied, ApplyError> {
        let description = self.calls.describe(name).map_err(|error| ApplyError::Unchanged(error.error))?;
        if tags::owner(&self.mark, &to_map(description.tags.as_deref())) != Owner::Ours {
            return Err(ApplyError::Unchanged(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!(
                    "`{name}` was deleted by somebody, and does not carry the tags of this project and environment"
                ),
                help: Some(
                    "if it is to come back all the same: `aws secretsmanager restore-secret`".to_owned(),
                ),
            }));
        }
        let restored = self.calls.restore(name);
        let already = restored.is_err();
        let description = match (restored, self.calls.describe(name)) {
            (_, Ok(description)) if description.deleted_date.is_none() => description,
            (Err(error), Err(_)) if error.may_be_done => return Err(ApplyError::Unclear(error.error)),
            (Err(error), _) => return Err(ApplyError::Unchanged(error.error)),
            // It was brought back, and somebody scheduled it again.
            (Ok(()), Ok(_)) => return Err(ApplyError::Conflict),
            (Ok(()), Err(error)) => return Err(ApplyError::Unclear(error.error)),
        };
        let version =
            Versions::of(description.version_ids_to_stages).current().unwrap_or_default().to_owned();
        Ok(Applied { version, already, notes: Vec::new() })
    }
}
