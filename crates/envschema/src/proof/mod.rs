//! What can be proven of a contract before anything is set: conditions that never hold or always do, variables that
//! are never needed, values that nothing valid can have, and rules that contradict each other.
//!
//! ```
//! let schema = envschema::Schema::parse("envschema.toml", r#"
//!     [schema]
//!     name = "shop"
//!     [conditions]
//!     e2b_on_modal = 'PROVIDER == "e2b" && PROVIDER == "modal"'
//!     [vars.PROVIDER]
//!     type = "enum"
//!     values = ["e2b", "modal"]
//! "#)?;
//! let proofs = envschema::proof::examine(&schema);
//! let told: Vec<_> = proofs.iter().map(|proof| proof.told.message.as_str()).collect();
//! assert_eq!(told, [
//!     "`e2b_on_modal` can never hold: `PROVIDER == \"e2b\"` and `PROVIDER == \"modal\"` exclude each other"
//! ]);
//! # Ok::<(), envschema::SchemaErrors>(())
//! ```
//!
//! # How
//!
//! | file | what |
//! |---|---|
//! | `view` | the environments and profiles to look at |
//! | `domain` | the few values of a variable that stand for all of them |
//! | `circuit`, `compile` | conditions, rules and requirements as one graph |
//! | `search` | whether parts of it can hold together |
//! | `ask` | questions, and the fewest rules that are to blame |
//! | `verdict` | all questions and their answers over all views |
//! | `parts`, `places`, `words`, `tell` | what is told, and where it stands |
//!
//! "Never" is said only where it holds for every environment and every profile that has the thing. What is too much
//! to decide is counted, never guessed. Values are taken as known: one that is set in encrypted form is one of those
//! that its type takes. A rule that only forbids something is what rules are for, and nothing to tell.

mod ask;
mod circuit;
mod compile;
mod domain;
mod parts;
mod places;
mod search;
mod tell;
mod verdict;
mod view;
mod words;

use std::fmt;

use annotate_snippets::Level;
use serde::Serialize;

use crate::code::codes;
use crate::diagnostic::{Diagnostic, Page};
use crate::load::Schema;
use crate::place::Place;
use crate::text::{SourceText, Span};

use ask::{Answer, Asker};
use compile::Compiled;
use verdict::Verdicts;

pub use verdict::{Possible, Subject, Verdict};
pub use view::View;

codes! {
    /// What kind of thing was proven.
    pub enum ProofCode {
        NeverHolds = "never-holds": "A condition cannot hold, whatever the values are.",
        AlwaysHolds = "always-holds": "A condition holds whatever the values are, so nothing depends on it.",
        NeverNeeded = "never-needed": "A variable is required under a condition that holds in no valid environment.",
        NeverValid = "never-valid": "A value, or any value of a variable, is in no valid environment.",
        Contradiction = "contradiction": "Rules and requirements cannot be met together, never or not while something holds.",
    }
}

/// One variable of the smallest assignment that leads to what was proven.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting {
    /// The variable.
    pub variable: String,
    /// Its value, which is one that the contract names; `None` for any other value.
    pub value: Option<String>,
}

/// One thing that was proven wrong with a contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// What to tell, and where it stands.
    pub told: Diagnostic<ProofCode>,
    /// What else there is to know.
    pub note: Option<String>,
    /// The views it was proven of; empty if that is all.
    pub views: Vec<View>,
    /// The fewest variables that have to be set for it to be met, defaults left out; empty if there is none.
    pub assignment: Vec<Setting>,
}

/// Everything that was proven of a contract.
#[derive(Clone, Debug)]
pub struct Proofs {
    source: SourceText,
    proofs: Vec<Proof>,
    verdicts: Vec<Verdict>,
    views: Vec<(View, Possible)>,
}

/// Proves what can be proven. This takes longer than reading a contract, and is no part of it.
#[must_use]
pub fn examine(schema: &Schema) -> Proofs {
    let own_rules = schema.base().rules().len();
    let mut left = search::STEPS;
    let mut verdicts = Verdicts::default();
    let mut askers = Vec::new();
    let mut views = Vec::new();
    for (at, (view, contract)) in view::views(schema).into_iter().enumerate() {
        let mut asker = Asker::new(Compiled::new(contract), left);
        let mut answer = Answer::Open;
        verdicts.ask(at, &mut asker, own_rules, |asker| {
            answer = asker.settle();
            answer == Answer::Yes
        });
        left = asker.left();
        askers.push(asker);
        views.push((view, answer));
    }
    let verdicts = verdicts.into_vec();
    let proofs = tell::tell(schema, &views, &mut askers, &verdicts);
    let possible = |answer: &Answer| match answer {
        Answer::Yes => Possible::Yes,
        Answer::Open => Possible::Open,
        Answer::No(_) => Possible::Never,
    };
    let views = views.into_iter().map(|(view, answer)| (view, possible(&answer))).collect();
    Proofs { source: schema.source().clone(), proofs, verdicts, views }
}

impl Proofs {
    /// What was proven wrong, in the order of the text.
    pub fn iter(&self) -> std::slice::Iter<'_, Proof> {
        self.proofs.iter()
    }

    /// Whether nothing was proven wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.proofs.is_empty()
    }

    /// Every question with its answers, also those that are as they should be.
    #[must_use]
    pub fn verdicts(&self) -> &[Verdict] {
        &self.verdicts
    }

    /// The views, and whether anything can be valid in each.
    #[must_use]
    pub fn views(&self) -> &[(View, Possible)] {
        &self.views
    }

    /// How many questions were too much to decide.
    #[must_use]
    pub fn undecided(&self) -> usize {
        let open = |verdict: &&Verdict| {
            [Some(verdict.holds), Some(verdict.fails), verdict.valid].contains(&Some(Possible::Open))
        };
        self.verdicts.iter().filter(open).count()
            + self.views.iter().filter(|(_, possible)| *possible == Possible::Open).count()
    }

    /// File, line and column of a place in the contract or in a file that it extends.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.source.place(span)
    }

    /// Renders everything for people, with terminal colours if `styled`.
    #[must_use]
    pub fn render(&self, styled: bool) -> String {
        Page::new(&self.source, Level::WARNING, styled)
            .render(self.proofs.iter().map(|proof| (&proof.told, proof.note.as_deref())))
    }
}

impl fmt::Display for Proofs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}
