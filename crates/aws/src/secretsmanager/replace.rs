//! Replacing what a secret holds: put beside, then made current in place of the version that was read.

use envctl_sync::{Applied, ApplyError, Held, New};

use super::calls::STATE;
use super::details::newest_of_ours;
use super::versions::Versions;
use super::{LABEL, SecretsManager};
use crate::error::{CallError, NOT_FOUND};
use crate::tags;

impl SecretsManager {
    /// Two requests that write, and one more for a secret that is adopted. Nothing of ours is current before the last of them,
    /// which the service carries out only if the version that was read still is.
    pub(super) fn replace(
        &self,
        name: &str,
        held: &Held,
        new: &New<'_>,
        adopt: bool,
    ) -> Result<Applied, ApplyError> {
        match self.calls.put(name, new.token, new.content) {
            Ok(()) => {}
            // Deleted meanwhile, or scheduled for it.
            Err(error) if error.is(NOT_FOUND) || error.is(STATE) => return Err(self.after_put(name, error)),
            // It may be there by now, and is not current: the next run finds it by its token.
            Err(error) => return Err(ApplyError::Unchanged(error.error)),
        }
        if adopt {
            // After the put, so that a run that is stopped before has adopted nothing, and one that is stopped behind is known
            // by the version that it put.
            self.calls
                .tag(name, &tags::own(&self.mark))
                .map_err(|error| ApplyError::Unchanged(error.error))?;
        }
        match self.calls.swap(name, &held.version, new.token) {
            Ok(()) => Ok(self.applied(name, new.token, false)),
            Err(error) => self.after_swap(name, held, new.token, error),
        }
    }

    fn after_put(&self, name: &str, error: CallError) -> ApplyError {
        match self.calls.describe(name) {
            Ok(description) if description.deleted_date.is_some() => ApplyError::Conflict,
            Err(gone) if gone.is(NOT_FOUND) => ApplyError::Conflict,
            _ => ApplyError::Unchanged(error.error),
        }
    }

    /// What became of a swap that was not answered with success: any refusal may be a lost race, so it is looked at.
    fn after_swap(
        &self,
        name: &str,
        held: &Held,
        token: &str,
        error: CallError,
    ) -> Result<Applied, ApplyError> {
        let description = match self.calls.describe(name) {
            Ok(description) => description,
            Err(gone) if gone.is(NOT_FOUND) => return Err(ApplyError::Conflict),
            Err(_) if error.may_be_done => return Err(ApplyError::Unclear(error.error)),
            Err(_) => return Err(ApplyError::Unchanged(error.error)),
        };
        let is_deleted = description.deleted_date.is_some();
        let versions = Versions::of(description.version_ids_to_stages);
        match versions.current() {
            Some(current) if current == token => Ok(self.applied(name, token, true)),
            Some(current) if current == held.version && !is_deleted => {
                if !held.is_own_version {
                    // What we put follows theirs, and would make theirs look like the last that we wrote.
                    self.put_label_back(name, held, token, &versions);
                }
                Err(ApplyError::Unchanged(error.error))
            }
            _ => {
                self.put_label_back(name, held, token, &versions);
                Err(ApplyError::Conflict)
            }
        }
    }

    /// Gives our label back to the version that we wrote last, so that the next run compares with that. It is no loss if it
    /// does not succeed: then more is told as changed by others than was.
    fn put_label_back(&self, name: &str, held: &Held, token: &str, versions: &Versions) {
        if versions.holder(LABEL) != Some(token) {
            return;
        }
        let home = match versions.home_of_label(token, &held.version, held.is_own_version) {
            Some(version) => Some(version.to_owned()),
            None => self.all_versions(name).ok().and_then(|all| newest_of_ours(&all, Some(token))),
        };
        let _ = self.calls.move_label(name, LABEL, token, home.as_deref());
    }
}
