//! What is done when a write of ours came behind one that nobody had seen: theirs is put back.

use envctl_sync::{Applied, ApplyError};

use super::ParameterStore;
use super::calls::{Put, Replaced, only};
use super::content::Parameter;
use super::replace::{Replacement, history};

/// How often theirs is put back if others go on writing in between.
const MOST_TRIES: usize = 3;

impl ParameterStore {
    /// Our write got the number `ours`, which is not the next one after the version that was read.
    ///
    /// The version before ours is somebody else's, acknowledged and never seen by who planned this. It becomes the current
    /// one again, so that theirs stands as it does wherever a service can compare and swap. While it is put back
    /// somebody may write once more; that shows in the version again.
    pub(super) fn put_back(&self, this: &Replacement<'_>, ours: i64) -> Result<Applied, ApplyError> {
        let name = this.name;
        if ours == 1 {
            return Err(ApplyError::Overwrote(vec![format!(
                "somebody deleted it right before it was written, which made it anew, without tags: delete it again, or \
                 run with `--adopt`"
            )]));
        }
        let first = ours - 1;
        let mut last = ours;
        for _ in 0..MOST_TRIES {
            let theirs = match self.calls.one(&format!("{name}:{}", last - 1)) {
                Ok(Some(theirs)) => theirs,
                Ok(None) => return Err(left(name, first, ours, "it is not in the history any more")),
                Err(error) => return Err(left(name, first, ours, &error.error.message)),
            };
            if last == ours && theirs.value == *this.new.content {
                // Somebody wrote the same, or an attempt of ours whose answer was lost was late: nothing is lost.
                return self.finish(this, ours, false);
            }
            let put = Put {
                name,
                value: &theirs.value,
                key: self.key(&theirs.kind),
                kind: theirs.kind.clone(),
                tier: None,
            };
            let version = match self.calls.replace(&put, last, this.until) {
                Ok(Replaced::Written(version)) => version,
                Ok(Replaced::TooLate) => return Err(left(name, first, ours, "the lock is about to end")),
                Ok(Replaced::Found(now)) => {
                    let is_back = is_back(&only(name, *now).ok().flatten(), &put, last + 1);
                    return Err(if is_back {
                        back(name, first, ours, last + 1)
                    } else {
                        passed(name, first, ours)
                    });
                }
                Err(error) if error.may_be_done => {
                    let is_back = is_back(&self.calls.one(name).ok().flatten(), &put, last + 1);
                    let why = &error.error.message;
                    return Err(if is_back {
                        back(name, first, ours, last + 1)
                    } else {
                        left(name, first, ours, why)
                    });
                }
                Err(error) => return Err(left(name, first, ours, &error.error.message)),
            };
            if version == last + 1 {
                return Err(back(name, first, ours, version));
            }
            last = version;
        }
        Err(left(name, first, ours, "others go on writing"))
    }
}

/// Whether what is there is what was put back, by a request whose answer was lost.
fn is_back(now: &Option<Parameter>, put: &Put<'_>, version: i64) -> bool {
    now.as_ref().is_some_and(|now| now.version == version && now.value == *put.value)
}

/// Theirs is current again.
fn back(name: &str, theirs: i64, ours: i64, version: i64) -> ApplyError {
    ApplyError::Overwrote(vec![format!(
        "somebody wrote its version {theirs} right before this run wrote version {ours} over it; theirs is back, as version \
         {version}; {}",
        history(name)
    )])
}

/// Somebody has written since, who may have seen both.
fn passed(name: &str, theirs: i64, ours: i64) -> ApplyError {
    left(name, theirs, ours, "somebody has written it once more since")
}

/// Theirs was not put back.
fn left(name: &str, theirs: i64, ours: i64, why: &str) -> ApplyError {
    ApplyError::Overwrote(vec![format!(
        "somebody wrote its version {theirs} right before this run wrote version {ours} over it, and theirs was not put \
         back ({why}); {}",
        history(name)
    )])
}
