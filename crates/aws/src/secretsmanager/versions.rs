//! [`Versions`]: which version we wrote last, as labels and the form of our tokens tell.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use envctl_sync::token;

use super::{CURRENT, LABEL, PREVIOUS};

/// The versions of a secret that have labels, each with its labels.
#[derive(Debug, Default)]
pub(super) struct Versions(BTreeMap<String, Vec<String>>);

/// Which version holds what we wrote last.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Last<'a> {
    /// The current one: nobody wrote after us, or nobody but a run of ours that did not get to its end.
    Current,
    /// Another one: somebody wrote after us.
    Version(&'a str),
    /// None that has a label.
    Unseen,
}

impl Versions {
    pub(super) fn of(labels: Option<HashMap<String, Vec<String>>>) -> Self {
        Self(labels.unwrap_or_default().into_iter().collect())
    }

    /// The version with a label.
    pub(super) fn holder(&self, label: &str) -> Option<&str> {
        let has = |labels: &Vec<String>| labels.iter().any(|other| other == label);
        self.0.iter().find(|(_, labels)| has(labels)).map(|(version, _)| version.as_str())
    }

    /// The current version.
    pub(super) fn current(&self) -> Option<&str> {
        self.holder(CURRENT)
    }

    /// All labels, those included that a write of ours gives.
    pub(super) fn labels_after_write(&self) -> BTreeSet<&str> {
        let there = self.0.values().flatten().map(String::as_str);
        there.chain([CURRENT, PREVIOUS, LABEL]).collect()
    }

    /// Whether a label of ours is among them.
    pub(super) fn has_label(&self) -> bool {
        self.holder(LABEL).is_some()
    }

    /// Which version holds what we wrote last, if `current` is the one that was read.
    pub(super) fn last(&self, current: &str) -> Last<'_> {
        let previous = self.holder(PREVIOUS);
        match self.holder(LABEL) {
            Some(labelled) if labelled == current => Last::Current,
            // A run was stopped between putting it and making it current; what it followed is still current.
            Some(labelled) if token::follows(labelled, current) && previous != Some(labelled) => {
                Last::Current
            }
            // Two runs met: one took the label for a version that never became current, the other became current.
            Some(labelled) if previous != Some(labelled) && is_next(current, previous) => Last::Current,
            Some(labelled) => Last::Version(labelled),
            // A secret that we made has no label of ours before its first change.
            None if token::is_first(current) || is_next(current, previous) => Last::Current,
            None => match previous.filter(|version| token::is_token(version)) {
                Some(version) => Last::Version(version),
                None => self
                    .0
                    .keys()
                    .find(|version| token::is_token(version))
                    .map_or(Last::Unseen, |version| Last::Version(version)),
            },
        }
    }

    /// Where our label belongs if the write of `token` failed on `parent`: to the version that we wrote last before.
    pub(super) fn home_of_label(&self, token: &str, parent: &str, is_own_parent: bool) -> Option<&str> {
        let there = |version: &str| self.0.get_key_value(version).map(|(version, _)| version.as_str());
        let previous = self.holder(PREVIOUS);
        match self.current() {
            Some(current) if token::is_first(current) || is_next(current, previous) => Some(current),
            _ if is_own_parent => there(parent),
            _ => previous.filter(|version| token::is_token(version) && *version != token),
        }
    }
}

/// Whether `version` was made by us to follow `parent`.
fn is_next(version: &str, parent: Option<&str>) -> bool {
    parent.is_some_and(|parent| token::follows(version, parent))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use envctl_sync::token::Key;
    use envschema::SecretValue;

    use super::super::{CURRENT, LABEL, PREVIOUS};
    use super::{Last, Versions};

    /// What happened, the version that is current, all versions with their labels, and the one that we wrote last.
    type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a [&'a str])], Last<'a>);

    const THEIRS: &str = "3f2c9a52-5c1e-4b0e-9f1e-2b1a3c4d5e6f";

    fn token(follows: Option<&str>, content: &str) -> String {
        Key::new([7; Key::LENGTH]).token("place", "name", follows, &SecretValue::from(content.to_owned()))
    }

    fn versions(all: &[(&str, &[&str])]) -> Versions {
        let own = |(version, labels): &(&str, &[&str])| {
            ((*version).to_owned(), labels.iter().map(|label| (*label).to_owned()).collect())
        };
        Versions::of(Some(all.iter().map(own).collect::<HashMap<_, _>>()))
    }

    #[test]
    fn the_version_that_we_wrote_last() {
        let first = token(None, "1");
        let second = token(Some(&first), "2");
        let third = token(Some(&second), "3");
        let beside = token(Some(&first), "beside");
        let on_theirs = token(Some(THEIRS), "4");
        let one = |version| Last::Version(version);
        let cases: &[Case<'_>] = &[
            ("just made", &first, &[(&first, &[CURRENT])], Last::Current),
            ("written", &second, &[(&second, &[CURRENT, LABEL]), (&first, &[PREVIOUS])], Last::Current),
            ("made, then theirs", THEIRS, &[(THEIRS, &[CURRENT]), (&first, &[PREVIOUS])], one(&first)),
            (
                "written, then theirs twice",
                THEIRS,
                &[(THEIRS, &[CURRENT]), ("other", &[PREVIOUS]), (&second, &[LABEL])],
                one(&second),
            ),
            (
                "made, then theirs twice",
                THEIRS,
                &[(THEIRS, &[CURRENT]), ("other", &[PREVIOUS])],
                Last::Unseen,
            ),
            ("staged on ours, stopped", &first, &[(&first, &[CURRENT]), (&second, &[LABEL])], Last::Current),
            (
                "staged on theirs, stopped",
                THEIRS,
                &[(THEIRS, &[CURRENT]), (&on_theirs, &[LABEL])],
                Last::Current,
            ),
            (
                "staged on ours, stopped, then theirs",
                THEIRS,
                &[(THEIRS, &[CURRENT]), (&first, &[PREVIOUS]), (&second, &[LABEL])],
                one(&second),
            ),
            (
                "two runs met",
                &second,
                &[(&second, &[CURRENT]), (&first, &[PREVIOUS]), (&beside, &[LABEL])],
                Last::Current,
            ),
            ("rolled back", &second, &[(&second, &[CURRENT]), (&third, &[PREVIOUS, LABEL])], one(&third)),
            (
                "rolled back to the first",
                &first,
                &[(&first, &[CURRENT]), (&second, &[PREVIOUS, LABEL])],
                one(&second),
            ),
            ("never ours", THEIRS, &[(THEIRS, &[CURRENT])], Last::Unseen),
        ];
        for (what, current, all, last) in cases {
            assert_eq!(versions(all).last(current), *last, "{what}");
        }
    }

    #[test]
    fn a_label_goes_back_to_what_was_written_last() {
        let first = token(None, "1");
        let second = token(Some(&first), "2");
        let lost = token(Some(&first), "lost");
        let on_theirs = token(Some(THEIRS), "lost");
        let won = versions(&[(&second, &[CURRENT]), (&first, &[PREVIOUS]), (&lost, &[LABEL])]);
        assert_eq!(won.home_of_label(&lost, &first, true), Some(&*second), "another run of ours won");
        let theirs = versions(&[(THEIRS, &[CURRENT]), (&first, &[PREVIOUS]), (&lost, &[LABEL])]);
        assert_eq!(theirs.home_of_label(&lost, &first, true), Some(&*first), "somebody else won");
        let twice = versions(&[("other", &[CURRENT]), (THEIRS, &[PREVIOUS]), (&on_theirs, &[LABEL])]);
        assert_eq!(twice.home_of_label(&on_theirs, THEIRS, false), None, "it is not among those with labels");
    }
}
