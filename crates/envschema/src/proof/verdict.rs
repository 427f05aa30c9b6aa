//! [`Verdict`]: the answers to every question about a contract, gathered over its views.

use std::sync::Arc;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::condition::{Condition, Expression};
use crate::rule::RuleKind;
use crate::types::ValueType;
use crate::variable::Presence;

use super::ask::{Answer, Asker};
use super::circuit::Literal;
use super::compile::Compiled;

/// What a question is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A named condition, by its name.
    Condition(String),
    /// The condition of a variable's `required`, by the variable's name.
    Required(Arc<str>),
    /// The `when` of a rule, by the rule's number from 1.
    When(usize),
    /// The `assert` of a rule, by the rule's number from 1.
    Assert(usize),
    /// A variable and a value of its enum, or `true` or `false`.
    Value(Arc<str>, String),
    /// That a variable is set, which does not have to be.
    Set(Arc<str>),
}

/// What is known of whether something is possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Possible {
    /// It is proven that it is not.
    Never,
    /// It was not decided.
    Open,
    /// It is possible in some view.
    Yes,
}

/// The answers about one subject. Something that only some views have is asked of these.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// What they are about.
    pub subject: Subject,
    /// The condition as written; empty where there is none. Views may have different ones.
    pub condition: String,
    /// Whether it can hold, whatever rules say.
    pub holds: Possible,
    /// Whether it can fail, whatever rules say. Of values this is not asked, as they always can.
    pub fails: Possible,
    /// Whether it can hold in a valid environment. `None` if no environment can be valid at all, or nobody knows.
    pub valid: Option<Possible>,
    /// The views that have it, by their numbers.
    pub(super) views: Vec<usize>,
    /// The view and the reason of its not being valid.
    pub(super) core: Option<(usize, Answer)>,
    /// A condition that is `true` or `false` and nothing else: a switch that somebody set by hand.
    pub(super) switch: bool,
}

/// What tells two subjects apart: a view may have another condition of the same variable.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    pub(super) subject: Subject,
    text: String,
    profile: Option<Arc<str>>,
}

#[derive(Default)]
pub(super) struct Verdicts {
    of: IndexMap<Key, Verdict>,
}

impl Verdicts {
    pub(super) fn into_vec(self) -> Vec<Verdict> {
        self.of.into_values().collect()
    }

    /// Asks everything of one more view that the views before have left open. `valid` says whether anything is valid
    /// in it.
    pub(super) fn ask(
        &mut self,
        view: usize,
        asker: &mut Asker,
        own_rules: usize,
        settle: impl FnOnce(&mut Asker) -> bool,
    ) {
        let questions = questions(&mut asker.compiled, own_rules);
        let valid = settle(asker);
        for (key, literal, switch) in questions {
            let verdict = match self.of.entry(key) {
                Entry::Occupied(entry) => entry.into_mut(),
                Entry::Vacant(entry) => {
                    let (subject, condition) = (entry.key().subject.clone(), entry.key().text.clone());
                    let fails = if is_value(&subject) { Possible::Yes } else { Possible::Never };
                    entry.insert(Verdict {
                        subject,
                        condition,
                        holds: Possible::Never,
                        fails,
                        valid: None,
                        views: Vec::new(),
                        core: None,
                        switch,
                    })
                }
            };
            verdict.views.push(view);
            if valid {
                verdict.ask_valid(view, asker, literal);
            }
            verdict.ask_alone(asker, literal);
        }
    }
}

impl Verdict {
    fn ask_valid(&mut self, view: usize, asker: &mut Asker, literal: Literal) {
        if !asker.is_vague(literal) {
            if asker.was_valid(literal) {
                (self.valid, self.holds) = (Some(Possible::Yes), Possible::Yes);
            }
            if asker.was_valid(!literal) {
                self.fails = Possible::Yes;
            }
        }
        if self.valid == Some(Possible::Yes) {
            return;
        }
        let answer = asker.can_be_valid(literal);
        let possible = match &answer {
            Answer::Yes if asker.is_vague(literal) => Possible::Open,
            Answer::Yes => Possible::Yes,
            Answer::Open => Possible::Open,
            Answer::No(_) => Possible::Never,
        };
        if possible == Possible::Yes
            || matches!(&answer, Answer::No(core) if !core.is_empty()) && !asker.is_vague(literal)
        {
            // What rules forbid is possible without them.
            self.holds = Possible::Yes;
        }
        // The reason of a view in which it holds at all says more.
        let says_more = match (&self.core, &answer) {
            (None, _) => true,
            (Some((_, Answer::No(known))), Answer::No(core)) => known.is_empty() && !core.is_empty(),
            _ => false,
        };
        if says_more {
            self.core = Some((view, answer));
        }
        self.valid = self.valid.max(Some(possible));
    }

    fn ask_alone(&mut self, asker: &mut Asker, literal: Literal) {
        let mut ask = |literal: Literal| match asker.can_hold(&[literal]) {
            Some(false) => Possible::Never,
            Some(true) if !asker.is_vague(literal) => Possible::Yes,
            Some(true) | None => Possible::Open,
        };
        if self.holds != Possible::Yes {
            self.holds = self.holds.max(ask(literal));
        }
        if self.fails != Possible::Yes {
            self.fails = self.fails.max(ask(!literal));
        }
    }
}

/// Whether it is about a value, and not about a condition.
pub(super) fn is_value(subject: &Subject) -> bool {
    matches!(subject, Subject::Value(..) | Subject::Set(_))
}

/// Every question about a view, in the order in which answers are told: conditions before what depends on them.
fn questions(compiled: &mut Compiled, own_rules: usize) -> Vec<(Key, Literal, bool)> {
    let contract = compiled.contract.clone();
    let mut found = Vec::new();
    let key = |subject, text: &str| Key { subject, text: text.to_owned(), profile: None };
    let switch = |condition: &Condition| matches!(condition.root, Expression::Constant(_));
    for (id, named) in contract.conditions().iter().enumerate() {
        let subject = Subject::Condition(named.name.clone());
        let text = &named.condition.text;
        found.push((key(subject, text), compiled.named(id), switch(&named.condition)));
    }
    for variable in contract.variables() {
        if let Presence::When(condition) = &variable.presence {
            let subject = Subject::Required(variable.name.clone());
            found.push((key(subject, &condition.text), compiled.condition(condition), switch(condition)));
        }
    }
    for (at, rule) in contract.rules().iter().enumerate() {
        let profile = contract.profile.clone().filter(|_| at >= own_rules);
        let mut push = |subject, condition: &Condition, compiled: &mut Compiled| {
            let key = Key { subject, text: condition.text.clone(), profile: profile.clone() };
            found.push((key, compiled.condition(condition), switch(condition)));
        };
        if let Some(when) = &rule.when {
            push(Subject::When(at + 1), when, compiled);
        }
        if let RuleKind::Assert(condition) = &rule.kind {
            push(Subject::Assert(at + 1), condition, compiled);
        }
    }
    for (id, variable) in contract.variables().iter().enumerate() {
        // What nothing asks about in this view can have every value in it, whatever other views say.
        let values = match (&compiled.domains.of[id], &variable.kind) {
            (Some(domain), _) => domain.values.clone(),
            (None, ValueType::Enum(of)) => of.values.iter().map(|value| (value.clone(), u64::MAX)).collect(),
            (None, ValueType::Boolean) => ["true", "false"].map(|value| (value.to_owned(), u64::MAX)).into(),
            (None, _) => Vec::new(),
        };
        for (value, mask) in values {
            let subject = Subject::Value(variable.name.clone(), value);
            found.push((key(subject, ""), compiled.has_one_of(id, mask), false));
        }
        if variable.presence != Presence::Required {
            let subject = Subject::Set(variable.name.clone());
            found.push((key(subject, ""), compiled.set(id), false));
        }
    }
    found
}
