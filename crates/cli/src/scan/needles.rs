//! [`Needles`]: every secret value in every encoding, as one automaton.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Anchored, BuildError, Input, Match, MatchKind, StartKind};
use envctl_resolver::{LayerKind, Resolution};
use envschema::{State, VariableId};
use zeroize::Zeroizing;

use super::forms::{Form, forms as forms_of, is_common as is_common_value};
use super::sieve::Sieve;

/// What is looked for. It holds secrets, and prints nothing.
pub(crate) struct Needles {
    automaton: AhoCorasick,
    sieve: Sieve,
    /// Whose each pattern is.
    pub(super) owners: Vec<Vec<Owner>>,
    /// The length of the longest pattern.
    pub(super) longest: usize,
    /// Of each environment, what is looked for and what is not.
    pub(super) asked: Vec<Asked>,
}

/// A variable that has a pattern as its value.
#[derive(Clone, Copy)]
pub(super) struct Owner {
    /// The number of the environment.
    pub(super) run: usize,
    pub(super) variable: VariableId,
    pub(super) form: Form,
    /// Whether another value of the variable goes before it.
    pub(super) is_shadowed: bool,
}

/// The secret variables of an environment that are set.
#[derive(Default)]
pub(super) struct Asked {
    pub(super) searched: Vec<VariableId>,
    /// How many values these have: those that do not count are looked for too.
    pub(super) values: usize,
    /// With a value too short or too common to look for.
    pub(super) common: Vec<VariableId>,
    /// Set, but only the encrypted form is known.
    pub(super) sealed: Vec<VariableId>,
}

impl Needles {
    /// The secret values of some environments. A default is no secret: it stands in the contract.
    ///
    /// # Errors
    ///
    /// When there are more of them than an automaton can hold.
    pub(crate) fn of<'a>(runs: impl Iterator<Item = &'a Resolution>) -> Result<Self, BuildError> {
        let mut forms: Vec<(Zeroizing<Vec<u8>>, Owner)> = Vec::new();
        let mut asked = Vec::new();
        for (run, resolution) in runs.enumerate() {
            let mut of_run = Asked::default();
            for (variable, (_, state, resolved)) in resolution.iter().enumerate() {
                if !resolution.contract().variables()[variable].is_secret() {
                    continue;
                }
                let chosen = resolved.chosen.as_ref().filter(|chosen| chosen.kind != LayerKind::Default);
                of_run.sealed.extend((state == State::Sealed).then_some(variable));
                let chosen = chosen.map(|chosen| (&chosen.value, false));
                let others = resolved.others().map(|value| (value, true));
                let (mut is_searched, mut is_common) = (false, false);
                for (value, is_shadowed) in chosen.into_iter().chain(others) {
                    #[expect(clippy::disallowed_methods, reason = "looked for, never told")]
                    let value = value.expose();
                    if is_common_value(value) {
                        is_common = true;
                        continue;
                    }
                    is_searched = true;
                    of_run.values += 1;
                    let owner = |form| Owner { run, variable, form, is_shadowed };
                    forms.extend(forms_of(value).into_iter().map(|(form, text)| (text, owner(form))));
                }
                of_run.searched.extend(is_searched.then_some(variable));
                of_run.common.extend(is_common.then_some(variable));
            }
            asked.push(of_run);
        }
        // One pattern can be of several variables; those that are alike come to stand together.
        forms.sort_by(|(one, _), (other, _)| one.as_slice().cmp(other.as_slice()));
        let alike = || forms.chunk_by(|(one, _), (other, _)| one == other);
        let automaton = AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .start_kind(StartKind::Both)
            .match_kind(MatchKind::LeftmostLongest)
            .build(alike().map(|alike| alike[0].0.as_slice()))?;
        let owners = alike().map(|alike| {
            let mut owners: Vec<Owner> = alike.iter().map(|(_, owner)| *owner).collect();
            // Two values of a variable can have a password in common; the one that counts comes first.
            owners.dedup_by_key(|owner| (owner.run, owner.variable));
            owners
        });
        let owners = owners.collect();
        let shortest = automaton.min_pattern_len();
        let sieve = Sieve::new(alike().map(|alike| alike[0].0.as_slice()), shortest);
        Ok(Self { longest: automaton.max_pattern_len(), automaton, sieve, owners, asked })
    }

    /// The first needle that begins at `from` or behind, and of those that begin there the longest.
    pub(super) fn find(&self, text: &[u8], from: usize) -> Option<Match> {
        self.sieve.find(text, from, |start| {
            self.automaton.find(Input::new(text).range(start..).anchored(Anchored::Yes))
        })
    }

    /// A name without the values that are in it, and these.
    pub(super) fn masked(&self, name: &str) -> (String, Vec<usize>) {
        let mut found = Vec::new();
        let mut masked = String::new();
        let mut rest = 0;
        for one in self.automaton.find_iter(name) {
            found.push(one.pattern().as_usize());
            masked.push_str(name.get(rest..one.start()).unwrap_or_default());
            masked.push_str("[secret]");
            rest = one.end();
        }
        masked.push_str(name.get(rest..).unwrap_or_default());
        (masked, found)
    }
}
