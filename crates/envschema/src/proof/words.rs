//! How rules, requirements and subjects are called.

use crate::condition::VariableId;
use crate::contract::Contract;
use crate::rule::RuleKind;
use crate::variable::Presence;

use super::compile::Constraint;

/// Longer conditions are not repeated inside a sentence.
const LONGEST: usize = 60;

/// `a`, `a and b`, `a, b, and c`
pub(super) fn listed(items: &[String], last: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [one, other] => format!("{one} {last} {other}"),
        [most @ .., end] => format!("{}, {last} {end}", most.join(", ")),
    }
}

pub(super) fn names(contract: &Contract, ids: &[VariableId]) -> String {
    listed(&ids.iter().map(|id| format!("`{}`", contract.variables()[*id].name)).collect::<Vec<_>>(), "and")
}

/// `while X holds`, or `then` if that has just been said.
fn while_it(condition: &str, said: Option<&str>) -> String {
    match said {
        Some(said) if said == condition => " then".to_owned(),
        _ if condition.chars().count() > LONGEST => " under its condition".to_owned(),
        _ => format!(" while `{condition}` holds"),
    }
}

/// What a rule or requirement asks, as part of a sentence. `said` is the condition that the sentence began with.
pub(super) fn asks(contract: &Contract, constraint: Constraint, said: Option<&str>) -> String {
    let rule = match constraint {
        Constraint::Presence(id) => {
            let variable = &contract.variables()[id];
            let when = match &variable.presence {
                Presence::When(condition) => while_it(&condition.text, said),
                Presence::Required | Presence::Optional => String::new(),
            };
            return format!("`{}` is required{when}", variable.name);
        }
        Constraint::Rule(rule) => rule,
    };
    let names = |ids: &[VariableId]| names(contract, ids);
    let (number, rule) = (rule + 1, &contract.rules()[rule]);
    let when = rule.when.as_ref().map(|when| while_it(&when.text, said)).unwrap_or_default();
    let asks = match &rule.kind {
        RuleKind::OneOf(ids) => format!("wants exactly one of {} to be set", names(ids)),
        RuleKind::AtLeastOne(ids) => format!("wants at least one of {} to be set", names(ids)),
        RuleKind::AllOrNone(ids) => format!("wants all or none of {} to be set", names(ids)),
        RuleKind::Excludes(ids) => format!("lets at most one of {} be set", names(ids)),
        RuleKind::Distinct(ids) => format!("wants {} to differ", names(ids)),
        RuleKind::Requires(first, then) => {
            format!("wants {} to be set with {}", names(then), names(&[*first]))
        }
        RuleKind::Assert(condition) if condition.text.chars().count() > LONGEST => {
            "wants its `assert` to hold".to_owned()
        }
        RuleKind::Assert(condition) => format!("wants `{}` to hold", condition.text),
    };
    format!("rule {number} {asks}{when}")
}

/// A condition inside a sentence.
pub(super) fn quoted(condition: &str, or_else: &str) -> String {
    if condition.chars().count() > LONGEST { or_else.to_owned() } else { format!("`{condition}` holds") }
}
