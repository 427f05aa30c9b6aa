//! Names of secrets that carry our tags.

use envctl_sync::{Owner, TargetError};

use super::SecretsManager;
use super::details::to_map;
use crate::error::NOT_FOUND;
use crate::tags;

/// Pages of the list, of a hundred secrets each: an account has at most 500,000.
const MOST_LISTED: usize = 5000;

impl SecretsManager {
    /// The service's list may be minutes old, so each secret on it is asked for its tags. One that was made a moment ago may
    /// be missing, which is why nothing but `--prune` uses this.
    pub(super) fn names_with_our_mark(&self) -> Result<Vec<String>, TargetError> {
        self.calls.connection().admit()?;
        let mut names = Vec::new();
        let mut page: Option<String> = None;
        for _ in 0..MOST_LISTED {
            let answer = self.calls.tagged(tags::PROJECT, &self.mark.project, page.as_deref())?;
            let listed = answer.secret_list.unwrap_or_default();
            names.extend(listed.into_iter().filter_map(|secret| secret.name));
            if answer.next_token.is_none() || answer.next_token == page {
                break;
            }
            page = answer.next_token;
        }
        names.sort();
        names.dedup();
        let mut ours = Vec::new();
        for name in names {
            match self.calls.describe(&name) {
                Ok(secret) => {
                    let owner = tags::owner(&self.mark, &to_map(secret.tags.as_deref()));
                    if owner == Owner::Ours && secret.deleted_date.is_none() {
                        ours.push(name);
                    }
                }
                Err(gone) if gone.is(NOT_FOUND) => {}
                Err(error) => return Err(error.error),
            }
        }
        Ok(ours)
    }
}
