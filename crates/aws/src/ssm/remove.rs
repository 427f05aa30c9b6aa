//! Deleting a parameter, which is for good.

use envctl_sync::{Applied, ApplyError, Failure, Held, Owner, TargetError};

use super::ParameterStore;
use super::calls::MISSING;
use crate::error::CallError;

impl ParameterStore {
    /// Deletes a parameter, if its version is the one that was read and it carries our tags. The service has no condition
    /// for it and no way back, so both are looked at right before.
    pub(super) fn remove(&self, name: &str, held: &Held) -> Result<Applied, ApplyError> {
        self.locked(name, |_| self.remove_now(name, held))
    }

    fn remove_now(&self, name: &str, held: &Held) -> Result<Applied, ApplyError> {
        let done = |already: bool| {
            let note = "it is gone for good, with all its versions: Parameter Store keeps nothing of what is deleted";
            let notes = if already { Vec::new() } else { vec![note.to_owned()] };
            Applied { version: held.version.clone(), already, notes }
        };
        let unchanged = |error: CallError| ApplyError::Unchanged(error.error);
        let pairs = match self.calls.tags(name) {
            Ok(pairs) => pairs,
            Err(gone) if gone.is(MISSING) => return Ok(done(true)),
            Err(error) => return Err(unchanged(error)),
        };
        if crate::tags::owner(&self.mark, &pairs.into_iter().collect()) != Owner::Ours {
            return Err(ApplyError::Unchanged(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!("`{name}` does not carry the tags of this project and environment"),
                help: Some("delete it in the AWS console, if nobody needs it".to_owned()),
            }));
        }
        match self.calls.one(name).map_err(unchanged)? {
            Some(now) if now.version.to_string() == held.version => {}
            Some(_) => return Err(ApplyError::Conflict),
            None => return Ok(done(true)),
        }
        match self.calls.delete(name) {
            Ok(()) => Ok(done(false)),
            // An attempt before had been carried out, or somebody else was faster: it is gone.
            Err(gone) if gone.is(MISSING) => Ok(done(!gone.may_be_done)),
            Err(error) if error.may_be_done => match self.calls.one(name) {
                Ok(None) => Ok(done(false)),
                Ok(Some(_)) => Err(unchanged(error)),
                Err(_) => Err(ApplyError::Unclear(error.error)),
            },
            Err(error) => Err(unchanged(error)),
        }
    }
}
