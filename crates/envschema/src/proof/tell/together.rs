//! What rules and requirements exclude together.

use crate::contract::Contract;
use crate::diagnostic::Diagnostic;
use crate::text::Span;

use super::super::ask::Answer;
use super::super::circuit::Literal;
use super::super::compile::{Compiled, Constraint};
use super::super::places::Places;
use super::super::verdict::{Subject, Verdict};
use super::super::view::View;
use super::super::words::{asks, listed, quoted};
use super::super::{Proof, ProofCode};
use super::alone::{also, unkept};
use super::{Teller, condition, in_views, proof, setting_list, span, value_text, view_list};

/// More rules and requirements are not spelled out in a sentence; their places are shown.
const MOST_SPELLED: usize = 4;

const LET_ONE_GO: &str = "let one of these go, or let it depend on something else";

impl Teller<'_> {
    /// The cause that is one of these rules, if one can never be kept.
    fn unkept(&self, places: &Places<'_>, core: &[Constraint]) -> Option<String> {
        let rules = core.iter().filter_map(|one| match one {
            Constraint::Rule(rule) => Some(unkept(places.rule(*rule))),
            Constraint::Presence(_) => None,
        });
        rules.into_iter().find(|cause| self.causes.contains_key(cause))
    }

    /// Tells which views nothing can be valid in, each cause once.
    pub(super) fn invalid_views(&mut self) {
        let mut causes: Vec<(String, Vec<usize>)> = Vec::new();
        for (at, (view, answer)) in self.views.iter().enumerate() {
            let Answer::No(core) = answer else { continue };
            // A profile need not be meant for every environment, as long as it is for one.
            let elsewhere = |(other, answer): &(View, Answer)| {
                other.profile == view.profile && !matches!(answer, Answer::No(_))
            };
            if view.profile.is_some() && self.views.iter().any(elsewhere) {
                continue;
            }
            let cause = cause(&self.askers[at].compiled.contract, core);
            match causes.iter_mut().find(|(known, _)| *known == cause) {
                Some((_, views)) => views.push(at),
                None => causes.push((cause, vec![at])),
            }
        }
        for (cause, at) in causes {
            let (contract, Answer::No(core)) = (&self.askers[at[0]].compiled.contract, &self.views[at[0]].1)
            else {
                continue;
            };
            let views = self.named(&at);
            let who = if views.is_empty() {
                "no environment can be valid".to_owned()
            } else {
                format!("{} can never be valid", view_list(&views))
            };
            let places = Places::new(self.schema, contract);
            if self.unkept(&places, core).is_some() {
                continue;
            }
            let message = format!("{who}: {}", sentence(contract, core, None));
            let mut marks = core.iter().map(|one| mark(&places, *one));
            let Some((first, label)) = marks.next() else { continue };
            let mut told = Diagnostic::new(ProofCode::Contradiction, first, message).label(label);
            told.related.extend(marks.filter(|(span, _)| *span != first));
            let told = told.help(if core.len() > 1 { LET_ONE_GO } else { "correct it, or remove it" });
            self.cores.push((core.clone(), cause.clone()));
            self.push(cause, proof(told, views, Vec::new()));
        }
    }

    /// Tells that something which could hold by itself never does where all rules are kept.
    pub(super) fn together(&mut self, verdict: &Verdict) {
        let Some((view, Answer::No(core))) = &verdict.core else { return };
        let contract = self.askers[*view].compiled.contract.clone();
        let subject = &verdict.subject;
        let code = match (core.len(), subject) {
            (0, _) | (_, Subject::Assert(_)) => return,
            // To forbid something is what a rule is for.
            (1, Subject::Condition(_) | Subject::When(_)) => return,
            (1, Subject::Required(_)) => ProofCode::NeverNeeded,
            (1, _) => ProofCode::NeverValid,
            _ => ProofCode::Contradiction,
        };
        let places = Places::new(self.schema, &contract);
        let at = span(&places, subject);
        let said = said(&contract, subject);
        let cause = match code {
            ProofCode::Contradiction => cause(&contract, core),
            ProofCode::NeverNeeded => format!("needed {said} {}", cause(&contract, core)),
            _ => format!("{subject:?} {}", cause(&contract, core)),
        };
        // What follows from something told is told beside it.
        let part_of = |(known, _): &&(Vec<Constraint>, String)| known.iter().all(|one| core.contains(one));
        let known = self.cores.iter().find(part_of).map(|(_, cause)| cause.clone());
        let unkept = self.unkept(&places, core);
        let shows = core.iter().all(|one| mark(&places, *one).0 != at);
        for cause in unkept.into_iter().chain(known).chain([cause.clone()]) {
            if self.is_told(&cause, shows.then(|| (at, also(subject, true)))) {
                return;
            }
        }
        if code == ProofCode::Contradiction {
            self.cores.push((core.clone(), cause.clone()));
        }
        let literal = literal(&mut self.askers[*view].compiled, subject);
        let assignment = literal.map(|literal| self.assignment(*view, literal)).unwrap_or_default();
        let views = self.named(&verdict.views);
        let message = message(&contract, subject, &said, core, &views, code);
        let label = match subject {
            Subject::Value(..) => "in no valid environment",
            Subject::Set(_) => "set in no valid environment",
            Subject::Required(_) => "needed in no valid environment",
            _ => "holds in no valid environment",
        };
        let mut told = Diagnostic::new(code, at, message).label(label).help(help(subject, code));
        told.related.extend(core.iter().map(|one| mark(&places, *one)).filter(|(span, _)| *span != at));
        let mut note = None;
        if let (Subject::Condition(_) | Subject::Required(_) | Subject::When(_), false) =
            (subject, assignment.is_empty())
        {
            note = Some(format!("the smallest assignment that leads there: {}", setting_list(&assignment)));
        }
        self.push(cause, Proof { note, ..proof(told, views, assignment) });
    }
}

fn message(
    contract: &Contract,
    subject: &Subject,
    said: &str,
    core: &[Constraint],
    views: &[View],
    code: ProofCode,
) -> String {
    let (wheres, asks) = (in_views(views), sentence(contract, core, Some(said)));
    if code == ProofCode::Contradiction {
        let holds = match subject {
            Subject::Value(name, value) => format!("`{name}` is {}", value_text(value)),
            Subject::Set(name) => format!("`{name}` is set"),
            Subject::When(number) => quoted(said, &format!("the `when` of rule {number} holds")),
            Subject::Required(name) => quoted(said, &format!("`{name}` is required")),
            _ => quoted(said, "the condition holds"),
        };
        return format!("no environment can be valid{wheres} while {holds}: {asks}");
    }
    match subject {
        Subject::Required(name) => {
            let condition =
                if said.chars().count() > 60 { "its condition".to_owned() } else { format!("`{said}`") };
            format!("`{name}` can never be needed{wheres}: {asks}, so {condition} never holds")
        }
        Subject::Value(name, value) => format!("`{name}` can never be {}{wheres}: {asks}", value_text(value)),
        Subject::Set(name) => format!("`{name}` can never be set{wheres}: {asks}"),
        _ => asks,
    }
}

fn help(subject: &Subject, code: ProofCode) -> &'static str {
    match (code, subject) {
        (ProofCode::Contradiction, _) => LET_ONE_GO,
        (_, Subject::Value(_, value)) if matches!(value.as_str(), "true" | "false") => "change the rule",
        (_, Subject::Value(..)) => "change the rule, or remove the value",
        (_, Subject::Set(_)) => "change the rule, or remove the variable",
        _ => "change the rule, or write `required = false`",
    }
}

/// The condition that a sentence about a subject begins with.
fn said(contract: &Contract, subject: &Subject) -> String {
    match subject {
        Subject::Condition(name) => name.clone(),
        Subject::Value(name, value) if value == "true" => name.to_string(),
        Subject::Value(name, value) if value == "false" => format!("!{name}"),
        Subject::Value(name, value) => format!("{name} == {value:?}"),
        Subject::Set(name) => format!("has({name})"),
        _ => condition(contract, subject).map(|condition| condition.text.clone()).unwrap_or_default(),
    }
}

/// A subject as a part of the circuit.
fn literal(compiled: &mut Compiled, subject: &Subject) -> Option<Literal> {
    let contract = compiled.contract.clone();
    match subject {
        Subject::Value(name, value) => {
            let (id, _) = contract.variable(name)?;
            let values = &compiled.domains.of[id].as_ref()?.values;
            let mask = values.iter().find(|(known, _)| known == value)?.1;
            Some(compiled.has_one_of(id, mask))
        }
        Subject::Set(name) => Some(compiled.set(contract.variable(name)?.0)),
        _ => Some(compiled.condition(condition(&contract, subject)?)),
    }
}

/// What is asked, as one sentence.
fn sentence(contract: &Contract, core: &[Constraint], said: Option<&str>) -> String {
    if core.len() > MOST_SPELLED {
        return format!("{} rules and requirements cannot all be met", core.len());
    }
    listed(&core.iter().map(|one| asks(contract, *one, said)).collect::<Vec<_>>(), "and")
}

/// What tells causes apart.
fn cause(contract: &Contract, core: &[Constraint]) -> String {
    let profile = contract.profile().unwrap_or_default();
    let asks: Vec<_> = core.iter().map(|one| asks(contract, *one, None)).collect();
    format!("together {profile} {}", asks.join("\n"))
}

fn mark(places: &Places<'_>, constraint: Constraint) -> (Span, String) {
    match constraint {
        Constraint::Presence(id) => {
            (places.required(id), format!("`{}` is required", places.contract.variables()[id].name))
        }
        Constraint::Rule(rule) => (places.rule(rule), format!("rule {}", rule + 1)),
    }
}
