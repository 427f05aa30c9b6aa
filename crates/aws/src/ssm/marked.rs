//! Names of parameters that carry our tags.

use envctl_sync::{Owner, TargetError};

use super::ParameterStore;
use super::calls::MISSING;
use crate::tags;

/// Pages of the list, of fifty parameters each, before the answer is taken for broken.
const MOST_LISTED: usize = 5000;

impl ParameterStore {
    /// Lists what carries the project's tag, and asks each for all its tags: filters cannot say "no environment".
    pub(super) fn names_with_our_mark(&self) -> Result<Vec<String>, TargetError> {
        self.calls.connection().admit()?;
        let filter = format!("tag:{}", tags::PROJECT);
        let mut names = Vec::new();
        let mut page: Option<String> = None;
        for _ in 0..MOST_LISTED {
            let answer = self.calls.describe((&filter, &self.mark.project), page.as_deref())?;
            let listed = answer.parameters.unwrap_or_default();
            names.extend(listed.into_iter().filter_map(|parameter| parameter.name));
            if answer.next_token.is_none() || answer.next_token == page {
                break;
            }
            page = answer.next_token;
        }
        names.sort();
        names.dedup();
        let mut ours = Vec::new();
        for name in names {
            match self.calls.tags(&name) {
                Ok(pairs) if tags::owner(&self.mark, &pairs.iter().cloned().collect()) == Owner::Ours => {
                    ours.push(name);
                }
                Ok(_) => {}
                Err(gone) if gone.is(MISSING) => {}
                Err(error) => return Err(error.error),
            }
        }
        Ok(ours)
    }
}
