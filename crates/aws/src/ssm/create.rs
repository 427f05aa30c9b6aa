//! Making a parameter.

use aws_sdk_ssm::types::{ParameterTier, ParameterType};
use envctl_sync::{Applied, ApplyError, New, Owner, Tier};

use super::ParameterStore;
use super::calls::{EXISTS, Making, Put};
use crate::error::CallError;

impl ParameterStore {
    /// Makes a parameter, unless somebody made it meanwhile: one request, which the service carries out as a whole, tags
    /// included. Its first version needs no label of ours, because the tags tell who made it.
    pub(super) fn create(&self, name: &str, new: &New<'_>) -> Result<Applied, ApplyError> {
        let kind = if new.open { ParameterType::String } else { ParameterType::SecureString };
        let tier = self.tier.map(|tier| match tier {
            Tier::Standard => ParameterTier::Standard,
            Tier::Advanced => ParameterTier::Advanced,
            Tier::Intelligent => ParameterTier::IntelligentTiering,
        });
        let put = Put { name, value: new.content, key: self.key(&kind), kind, tier };
        let making = Making { tags: self.new_tags(), description: self.description.as_deref() };
        match self.calls.create(&put, &making) {
            Ok(version) => Ok(applied(version, false)),
            Err(error) if error.is(EXISTS) || error.may_be_done => self.after_create(&put, error),
            Err(error) => Err(ApplyError::Unchanged(error.error)),
        }
    }

    /// What became of a request to make it that was not answered with success.
    fn after_create(&self, put: &Put<'_>, error: CallError) -> Result<Applied, ApplyError> {
        let unclear = |error: CallError| match error.may_be_done {
            true => ApplyError::Unclear(error.error),
            // It was there before us.
            false => ApplyError::Conflict,
        };
        let now = match self.calls.one(put.name) {
            Ok(Some(now)) => now,
            Ok(None) if error.is(EXISTS) => return Err(ApplyError::Conflict),
            Ok(None) => return Err(ApplyError::Unchanged(error.error)),
            Err(_) => return Err(unclear(error)),
        };
        if now.version != 1 || now.value != *put.value || now.kind != put.kind {
            return Err(ApplyError::Conflict);
        }
        match self.owner(put.name) {
            Ok(Owner::Ours) => Ok(applied(now.version, true)),
            Ok(_) => Err(ApplyError::Conflict),
            Err(_) => Err(unclear(error)),
        }
    }

    /// The KMS key for values of this type.
    pub(super) fn key(&self, kind: &ParameterType) -> Option<&str> {
        self.kms_key.as_deref().filter(|_| *kind == ParameterType::SecureString)
    }
}

pub(super) fn applied(version: i64, already: bool) -> Applied {
    Applied { version: version.to_string(), already, notes: Vec::new() }
}
