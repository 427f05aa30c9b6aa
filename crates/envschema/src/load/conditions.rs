//! `[conditions]`, and conditions inside variables and rules.

use super::loader::Subject;
use super::{Loader, cycles};
use crate::condition::{self, AtomKind, Condition, ConditionId, Syntax};
use crate::contract::NamedCondition;
use crate::document::Document;
use crate::text::Spanned;

impl<'d> Loader<'d> {
    /// Checks a condition; `None` if it was wrong, which is reported.
    pub(super) fn condition_of(&mut self, written: &Spanned<String>) -> Option<Condition> {
        let mut found = Vec::new();
        let condition =
            condition::check(written, self.source, self, &mut |diagnostic| found.push(diagnostic));
        for diagnostic in found {
            self.report(diagnostic);
        }
        condition
    }

    /// The named conditions, and their numbers in an order in which each comes after all that it mentions.
    pub(super) fn named_conditions(
        &mut self,
        document: &'d Document,
    ) -> (Vec<NamedCondition>, Vec<ConditionId>) {
        let tables: Vec<_> = document.conditions.iter().flat_map(|table| table.iter()).collect();
        self.condition_names = tables.iter().map(|(name, _)| name.as_str()).collect();
        self.conditions = self.condition_names.iter().enumerate().map(|(id, name)| (*name, id)).collect();
        let edges: Vec<Vec<usize>> = tables
            .iter()
            .map(|(_, written)| {
                condition::parse(written).map(|syntax| self.mentioned(&syntax)).unwrap_or_default()
            })
            .collect();
        let walk = cycles::walk(&edges);
        for cycle in &walk.cycles {
            let names: Vec<&str> = cycle.iter().map(|id| tables[*id].0.as_str()).collect();
            let spans: Vec<_> = cycle.iter().map(|id| tables[*id].0.span).collect();
            let help = "let one of them stand on variables only";
            self.report_cycle(&cycles::message("conditions", &names), &spans, help);
        }
        let checked = tables.into_iter().filter_map(|(name, written)| {
            self.subject = Subject::Named(&name.value);
            let condition = self.condition_of(written)?;
            Some(NamedCondition { name: name.value.clone(), condition })
        });
        (checked.collect(), walk.order)
    }

    /// The named conditions that an expression mentions.
    fn mentioned(&self, syntax: &Syntax) -> Vec<usize> {
        match syntax {
            Syntax::Atom(atom) => match &atom.kind {
                AtomKind::Name(name) => self.conditions.get(name.as_str()).copied().into_iter().collect(),
                AtomKind::Literal(_) => Vec::new(),
            },
            Syntax::Not(inner) => self.mentioned(inner),
            Syntax::All(parts) | Syntax::Any(parts) => {
                parts.iter().flat_map(|part| self.mentioned(part)).collect()
            }
            Syntax::Has(_) | Syntax::Compare(..) | Syntax::In(..) => Vec::new(),
        }
    }

    /// Reports things that need each other in a circle, each at its place.
    pub(super) fn report_cycle(&mut self, message: &str, spans: &[crate::text::Span], help: &str) {
        self.subject = Subject::None;
        if let Some(diagnostic) = cycles::diagnostic(message, spans, help) {
            self.report(diagnostic);
        }
    }
}
