//! Rules across variables: which are broken.

use std::collections::HashMap;

use super::reading::Reading;
use crate::condition::{Facts, Telling, VariableId, Why, holds, why};
use crate::finding::{Code, Finding, Findings, Severity};
use crate::place::Place;
use crate::rule::{Rule, RuleKind};

pub(super) fn broken(reading: &Reading<'_>, findings: &mut Findings) {
    let counts = |rule: &&Rule| rule.when.as_ref().is_none_or(|when| holds(&when.root, reading));
    let selected = |rule: &&Rule| reading.contract.selects_rule(rule);
    for rule in reading.contract.rules().iter().filter(selected).filter(counts) {
        if let Some(mut finding) = breach(rule, reading) {
            if let Some(message) = &rule.message {
                // The contract's own words first; what was found goes before what to do.
                let found = std::mem::replace(&mut finding.message, message.clone());
                finding.help = Some(match finding.help {
                    Some(help) => format!("{found}: {help}"),
                    None => found,
                });
            }
            if finding.because.is_none() {
                finding.because = rule.when.as_ref().map(|when| why(&when.root, reading));
            }
            findings.push(finding);
        }
    }
}

fn breach(rule: &Rule, reading: &Reading<'_>) -> Option<Finding> {
    match &rule.kind {
        RuleKind::OneOf(ids) => match set(ids, reading).as_slice() {
            [] => Some(conflict(
                reading,
                ids,
                format!("one of {} has to be set", names(ids, reading)),
                "set one of them",
            )),
            [_] => None,
            many => Some(conflict(
                reading,
                many,
                format!("{} exclude each other", names(many, reading)),
                "keep one of them",
            )),
        },
        RuleKind::AtLeastOne(ids) => set(ids, reading).is_empty().then(|| {
            conflict(
                reading,
                ids,
                format!("at least one of {} has to be set", names(ids, reading)),
                "set one of them",
            )
        }),
        RuleKind::AllOrNone(ids) => {
            let set = set(ids, reading);
            let unset: Vec<_> = ids.iter().copied().filter(|id| !reading.is_set(*id)).collect();
            (!set.is_empty() && !unset.is_empty()).then(|| {
                let are = if unset.len() == 1 { "is" } else { "are" };
                let (all, unset_names) = (names(ids, reading), names(&unset, reading));
                let message = format!("{all} belong together, but {unset_names} {are} not set");
                let help = format!("set {} too, or remove {}", names(&unset, reading), names(&set, reading));
                conflict(reading, &unset, message, &help).at(place(&set, reading))
            })
        }
        RuleKind::Excludes(ids) => {
            let set = set(ids, reading);
            (set.len() > 1).then(|| {
                conflict(
                    reading,
                    &set,
                    format!("{} exclude each other", names(&set, reading)),
                    "keep one of them",
                )
            })
        }
        RuleKind::Distinct(ids) => {
            let mut seen: HashMap<&str, VariableId> = HashMap::new();
            ids.iter().find_map(|&id| {
                let first = seen.insert(reading.text(id).filter(|text| !text.is_empty())?, id)?;
                let message = format!("{} have the same value", names(&[first, id], reading));
                Some(conflict(reading, &[id], message, "give each a value of its own"))
            })
        }
        RuleKind::Requires(first, then) => {
            let unset: Vec<_> = then.iter().copied().filter(|id| !reading.is_set(*id)).collect();
            (reading.is_set(*first) && !unset.is_empty()).then(|| {
                let message = format!("{} needs {}", names(&[*first], reading), names(&unset, reading));
                let help = format!("set {}, or remove {}", names(&unset, reading), names(&[*first], reading));
                conflict(reading, &unset, message, &help).at(reading.place(*first))
            })
        }
        RuleKind::Assert(condition) => (!holds(&condition.root, reading)).then(|| {
            let why = why(&condition.root, reading);
            let message = format!("`{}` does not hold, because {why}", condition.text);
            let variable = why.decisive().into_iter().find_map(|term| match term {
                Why::Term { variable: Some(name), .. } => reading.contract.variable(name),
                _ => None,
            });
            let finding = match variable {
                Some((id, variable)) => {
                    Finding::new(Code::Conflict, Severity::Error, variable.name.clone(), message)
                        .at(reading.place(id))
                }
                None => Finding::general(Code::Conflict, Severity::Error, message),
            };
            finding.because(Some(why))
        }),
    }
}

fn set(ids: &[VariableId], reading: &Reading<'_>) -> Vec<VariableId> {
    ids.iter().copied().filter(|id| reading.is_set(*id)).collect()
}

fn names(ids: &[VariableId], reading: &Reading<'_>) -> String {
    let names: Vec<&str> = ids.iter().map(|id| reading.name(*id)).collect();
    match names.as_slice() {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

/// A finding that stands with the first variable concerned.
fn conflict(reading: &Reading<'_>, ids: &[VariableId], message: String, help: &str) -> Finding {
    let finding = match ids.first() {
        Some(id) => Finding::new(Code::Conflict, Severity::Error, reading.name(*id), message),
        None => Finding::general(Code::Conflict, Severity::Error, message),
    };
    finding.help(help).at(place(ids, reading))
}

fn place(ids: &[VariableId], reading: &Reading<'_>) -> Option<Place> {
    ids.iter().find_map(|id| reading.place(*id))
}
