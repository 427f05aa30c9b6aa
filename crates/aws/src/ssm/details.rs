//! What is asked about a parameter that is to be changed: whose it is, and what we wrote last.

use envctl_sync::{Details, Failure, Held, HeldEntry, Owner, Refused, TargetError};

use super::calls::MISSING;
use super::{LABEL, ParameterStore};
use crate::tags;

/// The version that a parameter has when it is made.
const FIRST: &str = "1";
/// The key that values are encrypted with if no other one is given.
const DEFAULT_KEY: &str = "alias/aws/ssm";

impl ParameterStore {
    /// One call for a parameter that nobody has written since it was made, two if it has our label, three if it lost it.
    pub(super) fn ask_details(&self, name: &str, held: &Held) -> Result<Details, TargetError> {
        let owner = self.owner(name)?;
        let since = self.seen(name, held).and_then(|seen| seen.since);
        let refused = if owner == Owner::Ours { None } else { self.other_key(name, held)? };
        let details = |since, base| Details { owner: owner.clone(), base, since, refused: refused.clone() };
        if held.version == FIRST {
            // Made with our tags means made by us. Nobody's first version has a label of ours either.
            let is_own = owner == Owner::Ours;
            return Ok(details(since.filter(|_| !is_own), None));
        }
        Ok(match self.version(&format!("{name}:{LABEL}"))? {
            Some((version, _)) if version == held.version => details(None, None),
            Some((_, base)) => details(since, Some(base)),
            // An adopted parameter gets its label before its tags, so this one we made, and have not replaced since.
            None if owner == Owner::Ours => {
                let first = self.version(&format!("{name}:{FIRST}"))?;
                details(since, Some(first.map(|(_, base)| base).unwrap_or_default()))
            }
            None => details(since, None),
        })
    }

    /// Whose a parameter is.
    pub(super) fn owner(&self, name: &str) -> Result<Owner, TargetError> {
        match self.calls.tags(name) {
            Ok(pairs) => Ok(tags::owner(&self.mark, &pairs.into_iter().collect())),
            Err(gone) if gone.is(MISSING) => Err(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!("`{name}` has just been deleted"),
                help: Some("run it again to look at it anew".to_owned()),
            }),
            Err(error) => Err(error.error),
        }
    }

    /// Number and entries of a version that is asked for by number or label; nothing if there is none.
    fn version(&self, selected: &str) -> Result<Option<(String, Vec<HeldEntry>)>, TargetError> {
        let parameter = self.calls.one(selected)?;
        Ok(parameter.map(|parameter| (parameter.version.to_string(), parameter.entries())))
    }

    /// Refuses to take over a parameter whose values are encrypted with another key than ours: a write would change who may
    /// read it.
    fn other_key(&self, name: &str, held: &Held) -> Result<Option<Refused>, TargetError> {
        if self.seen(name, held).is_none_or(|seen| !seen.is_encrypted) {
            return Ok(None);
        }
        let page = self.calls.describe(("Name", name), None)?;
        let Some(key) = page.parameters.unwrap_or_default().into_iter().find_map(|one| one.key_id) else {
            return Ok(None);
        };
        let ours = self.kms_key.as_deref().unwrap_or(DEFAULT_KEY);
        Ok((!is_same_key(&key, ours)).then(|| Refused {
            why: format!("it is encrypted with the KMS key `{key}`, and this target encrypts with `{ours}`"),
            help: "set `kms_key` of the target to that key".to_owned(),
        }))
    }
}

/// Whether two names mean the same key, as far as they tell: the ARN of a key or an alias ends in its short name.
fn is_same_key(one: &str, other: &str) -> bool {
    let short = |key: &str| {
        let name = if key.starts_with("arn:") { key.splitn(6, ':').last().unwrap_or(key) } else { key };
        name.strip_prefix("key/").unwrap_or(name).to_owned()
    };
    short(one) == short(other)
}

#[cfg(test)]
mod tests {
    use super::is_same_key;

    #[test]
    fn a_key_is_known_by_its_arn_and_by_its_short_name() {
        assert!(is_same_key("arn:aws:kms:us-east-1:123456789012:key/1234-ab", "1234-ab"));
        assert!(is_same_key("alias/shop", "arn:aws:kms:us-east-1:123456789012:alias/shop"));
        assert!(!is_same_key("alias/shop", "alias/aws/ssm"));
    }
}
