//! Verdicts to proofs: what is told, once for each cause.

mod alone;
mod together;

use std::collections::HashMap;

use crate::condition::Condition;
use crate::contract::Contract;
use crate::diagnostic::Diagnostic;
use crate::load::Schema;
use crate::rule::RuleKind;
use crate::text::Span;
use crate::variable::Presence;

use super::ask::{Answer, Asker};
use super::circuit::Literal;
use super::compile::Constraint;
use super::domain::Kind;
use super::places::Places;
use super::verdict::{Possible, Subject, Verdict, is_value};
use super::view::View;
use super::words::listed;
use super::{Proof, ProofCode, Setting};

/// More views than these are not named in a sentence.
const MOST_VIEWS: usize = 3;

pub(super) fn tell(
    schema: &Schema,
    views: &[(View, Answer)],
    askers: &mut [Asker],
    verdicts: &[Verdict],
) -> Vec<Proof> {
    let mut teller =
        Teller { schema, views, askers, proofs: Vec::new(), causes: HashMap::new(), cores: Vec::new() };
    for verdict in verdicts.iter().filter(|verdict| !verdict.switch) {
        if is_value(&verdict.subject) {
            continue;
        }
        if verdict.holds == Possible::Never {
            teller.alone(verdict, true);
        } else if verdict.fails == Possible::Never {
            teller.alone(verdict, false);
        }
    }
    teller.invalid_views();
    for verdict in verdicts.iter().filter(|verdict| !verdict.switch) {
        if verdict.valid == Some(Possible::Never) && verdict.holds == Possible::Yes {
            teller.together(verdict);
        }
    }
    teller.proofs.sort_by_key(|proof| proof.told.span);
    teller.proofs
}

struct Teller<'a> {
    schema: &'a Schema,
    views: &'a [(View, Answer)],
    askers: &'a mut [Asker],
    proofs: Vec<Proof>,
    /// The proof that tells a cause.
    causes: HashMap<String, usize>,
    /// What was told to contradict each other, each with its cause.
    cores: Vec<(Vec<Constraint>, String)>,
}

impl Teller<'_> {
    /// Tells a new cause; of a known one, only where else it shows.
    fn push(&mut self, cause: String, proof: Proof) {
        self.causes.insert(cause, self.proofs.len());
        self.proofs.push(proof);
    }

    /// Adds to what tells a cause already; whether something does.
    fn is_told(&mut self, cause: &str, also: Option<(Span, String)>) -> bool {
        let Some(&at) = self.causes.get(cause) else { return false };
        let told = &mut self.proofs[at].told;
        if let Some((span, text)) = also
            && span != told.span
            && told.related.iter().all(|(known, _)| *known != span)
        {
            told.related.push((span, text));
        }
        true
    }

    /// The views to name: none if it is all of them, a profile alone if it is all of its own.
    fn named(&self, views: &[usize]) -> Vec<View> {
        if views.len() == self.views.len() {
            return Vec::new();
        }
        let whole = |view: &View| {
            let of = |at: &usize| self.views[*at].0.profile == view.profile;
            view.profile.is_some() && (0..self.views.len()).filter(of).all(|at| views.contains(&at))
        };
        let mut named: Vec<View> = Vec::new();
        for view in views.iter().map(|view| &self.views[*view].0) {
            let environment = view.environment.clone().filter(|_| !whole(view));
            let view = View { environment, profile: view.profile.clone() };
            if !named.contains(&view) {
                named.push(view);
            }
        }
        named
    }

    /// The fewest settings that make `what` hold in a view.
    fn assignment(&mut self, view: usize, what: Literal) -> Vec<Setting> {
        let asker = &mut self.askers[view];
        let found = asker.smallest(what);
        let compiled = &asker.compiled;
        let setting = |(slot, candidate): (usize, u8)| {
            let id = (*compiled.variables.get(slot)?)?;
            let candidate = compiled.domains.of[id].as_ref()?.candidates.get(usize::from(candidate))?;
            let value = candidate.text.as_deref().filter(|_| candidate.kind != Kind::MadeUp);
            let variable = compiled.contract.variables()[id].name.to_string();
            Some((id, Setting { variable, value: value.map(str::to_owned) }))
        };
        let mut settings: Vec<_> = found.into_iter().filter_map(setting).collect();
        settings.sort_by_key(|(id, _)| *id);
        settings.into_iter().map(|(_, setting)| setting).collect()
    }
}

/// The condition that a verdict is about.
fn condition<'a>(contract: &'a Contract, subject: &Subject) -> Option<&'a Condition> {
    match subject {
        Subject::Condition(name) => {
            contract.conditions().iter().find(|one| one.name == *name).map(|one| &one.condition)
        }
        Subject::Required(name) => match &contract.variable(name)?.1.presence {
            Presence::When(condition) => Some(condition),
            Presence::Required | Presence::Optional => None,
        },
        Subject::When(number) => contract.rules().get(number - 1)?.when.as_ref(),
        Subject::Assert(number) => match &contract.rules().get(number - 1)?.kind {
            RuleKind::Assert(condition) => Some(condition),
            _ => None,
        },
        Subject::Value(..) | Subject::Set(_) => None,
    }
}

/// Where a verdict's subject stands.
fn span(places: &Places<'_>, subject: &Subject) -> Span {
    let id = |name: &str| places.contract.variable(name).map(|(id, _)| id);
    match subject {
        Subject::Condition(name) => {
            let at = places.contract.conditions().iter().position(|one| one.name == *name);
            at.map(|id| places.condition(id)).unwrap_or_default()
        }
        Subject::Required(name) => id(name).map(|id| places.required(id)).unwrap_or_default(),
        Subject::When(number) => places.when(number - 1),
        Subject::Assert(number) => places.rule(number - 1),
        Subject::Value(name, value) => id(name).map(|id| places.value(id, value)).unwrap_or_default(),
        Subject::Set(name) => id(name).map(|id| places.contract.variables()[id].span).unwrap_or_default(),
    }
}

/// Where it is so, behind a sentence's subject; nothing if it is everywhere.
fn in_views(views: &[View]) -> String {
    match views {
        [] => String::new(),
        many if many.len() > MOST_VIEWS => format!(" in {} views", many.len()),
        few => format!(" in {}", view_list(few)),
    }
}

fn view_list(views: &[View]) -> String {
    listed(&views.iter().map(View::to_string).collect::<Vec<_>>(), "and")
}

/// `MODE = "x", B is set`
fn setting_list(settings: &[Setting]) -> String {
    let one = |setting: &Setting| match &setting.value {
        Some(value) => format!("{} = {}", setting.variable, value_text(value)),
        None => format!("{} is set to anything else", setting.variable),
    };
    settings.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn value_text(value: &str) -> String {
    if matches!(value, "true" | "false") { value.to_owned() } else { format!("{value:?}") }
}

fn proof(told: Diagnostic<ProofCode>, views: Vec<View>, assignment: Vec<Setting>) -> Proof {
    Proof { told, note: None, views, assignment }
}
