//! Replacing what a parameter holds: looked at right before, and told by its version afterwards.

use std::time::Instant;

use aws_sdk_ssm::types::{ParameterTier, ParameterType};
use envctl_sync::{Applied, ApplyError, Failure, Held, New, TargetError, Tier};

use super::ParameterStore;
use super::calls::{NO_ROOM, Put, Replaced, only};
use super::content::{Parameter, needs_advanced};
use super::create::applied;
use super::lock::too_late;
use crate::error::CallError;
use crate::tags;

/// One replacement, under way.
pub(super) struct Replacement<'a> {
    pub(super) name: &'a str,
    /// The version that was read when it was planned.
    pub(super) parent: i64,
    pub(super) new: &'a New<'a>,
    pub(super) adopt: bool,
    /// When no further write may begin, if there is a lock.
    pub(super) until: Option<Instant>,
}

impl ParameterStore {
    /// One request that reads, one that writes, one that labels, and one more for a parameter that is adopted.
    pub(super) fn replace(
        &self,
        name: &str,
        held: &Held,
        new: &New<'_>,
        adopt: bool,
    ) -> Result<Applied, ApplyError> {
        // A version that is no number is none of this service.
        let Ok(parent) = held.version.parse() else { return Err(ApplyError::Conflict) };
        self.locked(name, |until| self.replace_now(&Replacement { name, parent, new, adopt, until }))
    }

    fn replace_now(&self, this: &Replacement<'_>) -> Result<Applied, ApplyError> {
        let now = self.calls.one(this.name).map_err(|error| ApplyError::Unchanged(error.error))?;
        let now = match now {
            Some(now) if now.version == this.parent => now,
            now => return self.met(this, now, false),
        };
        let (kind, note) = kind(this.name, &now, this.new)?;
        let tier = match self.tier {
            Some(Tier::Advanced) => Some(ParameterTier::Advanced),
            Some(Tier::Intelligent) => Some(ParameterTier::IntelligentTiering),
            Some(Tier::Standard) | None => None,
        };
        // The tier is for new parameters; an old one leaves its own only if the value has no room there.
        let tier = tier.filter(|_| needs_advanced(this.new.content));
        let put = Put { name: this.name, value: this.new.content, key: self.key(&kind), kind, tier };
        let done = match self.calls.replace(&put, this.parent, this.until) {
            Ok(Replaced::Written(version)) if version == this.parent + 1 => self.finish(this, version, false),
            Ok(Replaced::Written(version)) => self.put_back(this, version),
            Ok(Replaced::Found(now)) => match only(this.name, *now) {
                Ok(now) => self.met(this, now, true),
                Err(error) => Err(ApplyError::Unclear(error.error)),
            },
            Ok(Replaced::TooLate) => Err(ApplyError::Unchanged(too_late(this.name))),
            Err(error) if error.may_be_done => self.after_put(this, error),
            Err(error) if error.is(NO_ROOM) => Err(ApplyError::Unchanged(no_room(error.error))),
            Err(error) => Err(ApplyError::Unchanged(error.error)),
        };
        done.map(|mut applied| {
            applied.notes.extend(note);
            applied
        })
    }

    /// What became of a request that writes and had no answer.
    fn after_put(&self, this: &Replacement<'_>, error: CallError) -> Result<Applied, ApplyError> {
        match self.calls.one(this.name) {
            Ok(Some(now)) if now.version == this.parent => Err(ApplyError::Unchanged(error.error)),
            Ok(now) => self.met(this, now, true),
            Err(_) => Err(ApplyError::Unclear(error.error)),
        }
    }

    /// What is there instead of the version that was read. `tried` tells whether a write of ours may be among what happened.
    fn met(
        &self,
        this: &Replacement<'_>,
        now: Option<Parameter>,
        tried: bool,
    ) -> Result<Applied, ApplyError> {
        let Some(now) = now else { return Err(ApplyError::Conflict) };
        let is_ours = now.value == *this.new.content;
        match now.version - this.parent {
            1 if is_ours => self.finish(this, now.version, true),
            // Ours came behind somebody else's, or somebody wrote the same as we: which of the two nobody can tell, so nothing
            // is put back.
            2.. if is_ours && tried => Err(ApplyError::Overwrote(vec![format!(
                "version {} of `{}` holds what this run was to write, and version {} was overwritten, by this run or by \
                 somebody who wrote the same; {}",
                now.version,
                this.name,
                now.version - 1,
                history(this.name)
            )])),
            _ => Err(ApplyError::Conflict),
        }
    }

    /// Labels what was written and marks what is adopted. The value stands whatever becomes of that, so it is no failure.
    pub(super) fn finish(
        &self,
        this: &Replacement<'_>,
        version: i64,
        already: bool,
    ) -> Result<Applied, ApplyError> {
        let mut applied = applied(version, already);
        if let Err(error) = self.calls.label(this.name, version) {
            applied.notes.push(format!(
                "its version {version} did not get the label `{}`, so the next change of it will ask first: {}",
                super::LABEL,
                error.error
            ));
        } else if this.adopt
            && let Err(error) = self.calls.tag(this.name, &tags::own(&self.mark))
        {
            applied.notes.push(format!(
                "it did not get the tags of this project, so the next change of it needs `--adopt` again: {}",
                error.error
            ));
        }
        Ok(applied)
    }
}

/// The type to write, with what is to be told of it: AWS changes none.
fn kind(name: &str, now: &Parameter, new: &New<'_>) -> Result<(ParameterType, Option<String>), ApplyError> {
    match now.kind {
        ParameterType::SecureString => {
            let note = "it stays a SecureString, although nothing in it is secret: AWS changes no type";
            Ok((ParameterType::SecureString, new.open.then(|| note.to_owned())))
        }
        ParameterType::String if new.open => Ok((ParameterType::String, None)),
        ParameterType::String => Err(ApplyError::Unchanged(TargetError {
            kind: Failure::Rejected,
            code: None,
            message: format!(
                "`{name}` is a String, which everybody may read, and the value is secret; AWS changes no type"
            ),
            help: Some(format!(
                "delete it with `aws ssm delete-parameter --name {name}` and run it again: envctl makes a SecureString"
            )),
        })),
        // Somebody made something else of it.
        _ => Err(ApplyError::Conflict),
    }
}

fn no_room(error: TargetError) -> TargetError {
    let help = "the oldest of its 100 versions has a label, which keeps it: move or remove it with \
                `aws ssm unlabel-parameter-version`";
    TargetError { help: Some(help.to_owned()), ..error }
}

/// Where versions are that were overwritten.
pub(super) fn history(name: &str) -> String {
    format!("`aws ssm get-parameter-history --with-decryption --name {name}` has both")
}
