//! Conditions that never hold or always do, by themselves.

use crate::assess::Standing;
use crate::condition::{Expression, Operand};
use crate::contract::Contract;
use crate::diagnostic::Diagnostic;
use crate::text::Span;
use crate::types::ValueType;
use crate::variable::Empty;

use super::super::ProofCode;
use super::super::parts::{Part, only_variable, parts};
use super::super::places::Places;
use super::super::verdict::{Subject, Verdict};
use super::super::words::listed;
use super::{Teller, condition, in_views, proof, span, value_text};

impl Teller<'_> {
    /// Tells that a condition never holds, or that it always does.
    pub(super) fn alone(&mut self, verdict: &Verdict, never: bool) {
        let Some(&first) = verdict.views.first() else { return };
        let contract = self.askers[first].compiled.contract.clone();
        let Some(asked) = condition(&contract, &verdict.subject) else { return };
        // What always holds is what can never fail.
        let all = parts(&contract, &asked.root, never);
        let parts = self.least(verdict, &all, never);
        if parts.iter().all(|part| matches!(part.expression, Expression::Constant(_))) {
            // `true` and `false` are written on purpose.
            return;
        }
        let places = Places::new(self.schema, &contract);
        let at = span(&places, &verdict.subject);
        let mut texts: Vec<String> = parts.iter().map(|part| part.text(&contract)).collect();
        let told_parts: Vec<(Option<usize>, String)> = parts
            .iter()
            .map(|part| (part.owner, Part { wanted: part.wanted == never, ..*part }.text(&contract)))
            .collect();
        texts.sort_unstable();
        let cause = format!("alone {}", texts.join("\n"));
        if self.is_told(&cause, Some((at, also(&verdict.subject, never)))) {
            return;
        }
        let views = self.named(&verdict.views);
        let why = why(&contract, &parts, &told_parts, never);
        let message = format!("{}{}: {why}", sentence(&verdict.subject, never), in_views(&views));
        let code = match (&verdict.subject, never) {
            (Subject::Required(_), true) => ProofCode::NeverNeeded,
            (_, true) => ProofCode::NeverHolds,
            (_, false) => ProofCode::AlwaysHolds,
        };
        let label = if never { "never holds" } else { "always holds" };
        let mut told = Diagnostic::new(code, at, message).label(label).help(help(&verdict.subject, never));
        for (owner, text) in told_parts {
            let Some(owner) = owner.map(|id| places.condition(id)).filter(|span| *span != at) else {
                continue;
            };
            match told.related.iter_mut().find(|(span, _)| *span == owner) {
                Some((_, texts)) => texts.push_str(&format!(", `{text}`")),
                None => told.related.push((owner, format!("`{text}`"))),
            }
        }
        if let (Subject::Assert(_), true) = (&verdict.subject, never) {
            // What follows from a rule that can never be kept needs no proof of its own.
            self.causes.insert(unkept(at), self.proofs.len());
        }
        self.push(cause, proof(told, views, Vec::new()));
    }

    /// The fewest parts that are enough in every view that has the condition.
    fn least<'c>(&mut self, verdict: &Verdict, all: &[Part<'c>], never: bool) -> Vec<Part<'c>> {
        let mut kept = all.to_vec();
        let mut of_views = Vec::new();
        for &view in &verdict.views {
            let compiled = &mut self.askers[view].compiled;
            let contract = compiled.contract.clone();
            let Some(asked) = condition(&contract, &verdict.subject) else { continue };
            let own = parts(&contract, &asked.root, never);
            if own.len() != all.len() {
                return kept;
            }
            let literals: Vec<_> = own
                .iter()
                .map(|part| {
                    let literal = compiled.expression(part.expression);
                    if part.wanted { literal } else { !literal }
                })
                .collect();
            of_views.push((view, literals));
        }
        let mut at = kept.len();
        while at > 0 {
            at -= 1;
            let left_out = of_views.iter().all(|(view, literals)| {
                let rest = [&literals[..at], &literals[at + 1..]].concat();
                self.askers[*view].can_hold(&rest) == Some(false)
            });
            if left_out {
                kept.remove(at);
                for (_, literals) in &mut of_views {
                    literals.remove(at);
                }
            }
        }
        kept
    }
}

/// The cause that is a rule at a place, which can never be kept.
pub(super) fn unkept(rule: Span) -> String {
    format!("unkept {rule:?}")
}

fn sentence(subject: &Subject, never: bool) -> String {
    match (subject, never) {
        (Subject::Condition(name), true) => format!("`{name}` can never hold"),
        (Subject::Condition(name), false) => format!("`{name}` always holds"),
        (Subject::Required(name), true) => format!("`{name}` can never be needed"),
        (Subject::Required(name), false) => {
            format!("`{name}` is always required, whatever its condition asks")
        }
        (Subject::When(number), true) => format!("rule {number} can never count"),
        (Subject::When(number), false) => format!("rule {number} always counts, whatever its `when` asks"),
        (Subject::Assert(number), true) => format!("rule {number} can never be kept"),
        (Subject::Assert(number), false) => format!("rule {number} can never be broken"),
        (Subject::Value(name, _) | Subject::Set(name), _) => format!("`{name}`"),
    }
}

/// The same beside something that is told.
pub(super) fn also(subject: &Subject, never: bool) -> String {
    match (subject, never) {
        (Subject::Condition(name), true) => format!("`{name}` never holds either"),
        (Subject::Condition(name), false) => format!("`{name}` always holds"),
        (Subject::Required(name), true) => format!("`{name}` is never needed"),
        (Subject::Required(name), false) => format!("`{name}` is always required"),
        (Subject::When(number), true) => format!("rule {number} never counts"),
        (Subject::When(number), false) => format!("rule {number} always counts"),
        (Subject::Assert(number), true) => format!("rule {number} can never be kept"),
        (Subject::Assert(number), false) => format!("rule {number} can never be broken"),
        (Subject::Value(name, value), _) => format!("`{name}` is never {}", value_text(value)),
        (Subject::Set(name), _) => format!("`{name}` is never set"),
    }
}

fn help(subject: &Subject, never: bool) -> &'static str {
    match (subject, never) {
        (Subject::Required(_), true) => "correct the condition, or write `required = false`",
        (Subject::Required(_), false) => "correct the condition, or write `required = true`",
        (Subject::When(_), true) => "correct `when`, or remove the rule",
        (Subject::When(_), false) => "correct `when`, or remove it",
        (Subject::Assert(_), _) => "correct the condition, or remove the rule",
        (_, true) => "correct it, or remove it and what depends on it",
        (_, false) => "correct it, or remove it",
    }
}

/// Why these parts cannot hold together, or why one of them always does.
fn why(contract: &Contract, parts: &[Part<'_>], told: &[(Option<usize>, String)], never: bool) -> String {
    let texts: Vec<String> = told.iter().map(|(_, text)| format!("`{text}`")).collect();
    if let ([part], [text]) = (parts, texts.as_slice()) {
        let because =
            reason(contract, part.expression).map(|reason| format!(", as {reason}")).unwrap_or_default();
        return format!("{text} {}{because}", if never { "never does" } else { "always does" });
    }
    match (never, texts.len()) {
        (true, 2) => format!("{} exclude each other", listed(&texts, "and")),
        (true, _) => format!("{} cannot all hold", listed(&texts, "and")),
        (false, 2) => format!("{} holds in any case", listed(&texts, "or")),
        (false, _) => format!("one of {} holds in any case", listed(&texts, "and")),
    }
}

/// What about the variable decides a single comparison.
fn reason(contract: &Contract, expression: &Expression) -> Option<String> {
    let variable = &contract.variables()[only_variable(expression)?];
    let name = &variable.name;
    if let Expression::Has(_) = expression {
        return variable.default.as_ref().map(|_| format!("`{name}` has a default"));
    }
    let texts: Vec<&str> = match expression {
        Expression::Compare(_, _, Operand::Literal(literal), _)
        | Expression::Compare(_, _, _, Operand::Literal(literal)) => literal.text().into_iter().collect(),
        Expression::In(_, _, items) => items.iter().filter_map(|item| item.text()).collect(),
        _ => Vec::new(),
    };
    if texts.contains(&"") && variable.empty != Empty::Value {
        return Some(format!("an empty `{name}` counts as not set"));
    }
    if texts.iter().any(|text| variable.standing(text) == Standing::Placeholder) {
        return Some(format!("such a `{name}` is a placeholder and counts as not set"));
    }
    match &variable.kind {
        ValueType::Boolean => variable.default.as_ref().map(|_| format!("`{name}` has a default")),
        kind if *kind == ValueType::default() => None,
        kind => Some(format!("`{name}` takes {}", kind.expectation())),
    }
}
