//! `[[rules]]`.

use std::collections::HashMap;

use super::Loader;
use super::loader::Subject;
use crate::condition::VariableId;
use crate::diagnostic::{Diagnostic, DiagnosticCode};
use crate::document::{ProfileTable, RuleTable};
use crate::rule::{Rule, RuleKind};
use crate::suggest::one_of;
use crate::text::{Span, Spanned};

const KINDS: [&str; 7] =
    ["one_of", "at_least_one", "all_or_none", "excludes", "distinct", "requires", "assert"];

impl Loader<'_> {
    pub(super) fn rules(
        &mut self,
        own: Option<&Vec<RuleTable>>,
        profile: Option<&ProfileTable>,
    ) -> Vec<Rule> {
        let more = profile.and_then(|table| table.rules.get()).map(|rules| &rules.value);
        let tables: Vec<&RuleTable> = own.into_iter().chain(more).flatten().collect();
        let number = |(at, table)| {
            self.subject = Subject::Rule(at + 1);
            self.rule(table)
        };
        tables.into_iter().enumerate().filter_map(number).collect()
    }

    fn rule(&mut self, table: &RuleTable) -> Option<Rule> {
        let kind = self.rule_kind(table);
        let when = table.when.get().map(|when| self.condition_of(when));
        let message = table.message.get().map(|message| message.value.clone());
        match when {
            Some(None) => None,
            when => Some(Rule { kind: kind?, message, when: when.flatten(), span: table.span }),
        }
    }

    fn rule_kind(&mut self, table: &RuleTable) -> Option<RuleKind> {
        let lists =
            [&table.one_of, &table.at_least_one, &table.all_or_none, &table.excludes, &table.distinct];
        let given = lists.iter().filter(|list| list.is_some()).count()
            + usize::from(table.requires.is_some())
            + usize::from(table.assert.is_some());
        if given != 1 {
            let message = match given {
                0 => "this rule asks for nothing",
                _ => "a rule asks for one thing",
            };
            let help = format!("give exactly one of {}", one_of(KINDS));
            self.report(
                Diagnostic::new(DiagnosticCode::BadRule, table.span, message).label("this rule").help(help),
            );
            return None;
        }
        if let Some(names) = table.one_of.get() {
            return self.several(names).map(RuleKind::OneOf);
        }
        if let Some(names) = table.at_least_one.get() {
            return self.several(names).map(RuleKind::AtLeastOne);
        }
        if let Some(names) = table.all_or_none.get() {
            return self.several(names).map(RuleKind::AllOrNone);
        }
        if let Some(names) = table.excludes.get() {
            return self.several(names).map(RuleKind::Excludes);
        }
        if let Some(names) = table.distinct.get() {
            return self.several(names).map(RuleKind::Distinct);
        }
        if let Some(assert) = table.assert.get() {
            return self.condition_of(assert).map(RuleKind::Assert);
        }
        let requires = table.requires.get()?;
        let (Some(first), Some(then)) = (requires.r#if.get(), requires.then.get()) else {
            self.report(
                Diagnostic::new(
                    DiagnosticCode::MissingKey,
                    requires.span,
                    "`requires` has two keys, `if` and `then`",
                )
                .label("incomplete")
                .help("write `requires = { if = \"A\", then = [\"B\"] }`"),
            );
            return None;
        };
        if then.is_empty() {
            let diagnostic =
                Diagnostic::new(DiagnosticCode::BadRule, then.span, "this rule requires nothing");
            self.report(diagnostic.label("empty").help("name what has to be set: `then = [\"B\"]`"));
        }
        let id = self.variable_id(first);
        let then = self.ids(then);
        Some(RuleKind::Requires(id?, then?))
    }

    /// Two variables or more; one alone makes no rule.
    fn several(&mut self, names: &Spanned<Vec<Spanned<String>>>) -> Option<Vec<VariableId>> {
        if names.len() < 2 {
            self.report(
                Diagnostic::new(DiagnosticCode::BadRule, names.span, "this rule needs two variables or more")
                    .label("too few")
                    .help("for one variable alone, write `required` in its table"),
            );
            return None;
        }
        self.ids(names)
    }

    fn ids(&mut self, names: &Spanned<Vec<Spanned<String>>>) -> Option<Vec<VariableId>> {
        let mut first: HashMap<&str, Span> = HashMap::new();
        for name in names.iter() {
            if let Some(first) = first.insert(name, name.span) {
                let message = format!("`{}` is listed twice", name.value);
                let diagnostic =
                    Diagnostic::new(DiagnosticCode::Duplicate, name.span, message).label("again");
                self.report(diagnostic.related(first, "first here"));
            }
        }
        let ids: Vec<_> = names.iter().map(|name| self.variable_id(name)).collect();
        ids.into_iter().collect()
    }
}
