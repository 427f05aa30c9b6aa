//! [`Contract::select`]: a part of a contract, such as what one service or pipeline gets.

use std::sync::Arc;

use crate::condition::{Asked, Condition, VariableId};
use crate::contract::Contract;
use crate::finding::Finding;
use crate::rule::{Rule, RuleKind};
use crate::variable::{Presence, Variable};

/// Which variables of a contract count, and which of them have to be there whatever the contract says.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// What the part is called, for people.
    pub name: String,
    /// The numbers of the variables; in any order.
    pub variables: Vec<VariableId>,
    /// Those that have to be there.
    pub required: Vec<VariableId>,
    /// Those that need not be there.
    pub optional: Vec<VariableId>,
}

/// What a view holds of its selection.
#[derive(Debug)]
pub(crate) struct Selected {
    name: String,
    /// Whether each variable counts.
    variables: Vec<bool>,
}

impl Contract {
    /// The same contract, of which only some variables are judged. Conditions and templates go on to see every
    /// variable; findings, and rules, are only those of the selected ones. Numbers that the contract does not have
    /// are passed over.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use envschema::{Schema, Selection};
    ///
    /// let schema = Schema::parse("envschema.toml", r#"
    ///     [schema]
    ///     name = "shop"
    ///     [vars.API_KEY]
    ///     [vars.SENTRY_DSN]
    ///     required = false
    /// "#)?;
    /// let contract = schema.base();
    /// let (dsn, _) = contract.variable("SENTRY_DSN").expect("SENTRY_DSN is in the contract");
    /// let selection = Selection {
    ///     name: "mail".to_owned(), variables: vec![dsn], required: vec![dsn], ..Selection::default()
    /// };
    ///
    /// let findings = contract.select(&selection).validate(&BTreeMap::<&str, &str>::new());
    /// let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
    /// assert_eq!(messages, ["SENTRY_DSN is not set; it is required"]);
    /// # Ok::<(), envschema::SchemaErrors>(())
    /// ```
    #[must_use]
    pub fn select(&self, selection: &Selection) -> Self {
        let mut view = self.clone();
        let mut selected = vec![false; self.variables.len()];
        for &id in &selection.variables {
            if let Some(selected) = selected.get_mut(id) {
                *selected = true;
            }
        }
        view.selection = Some(Arc::new(Selected { name: selection.name.clone(), variables: selected }));
        if !(selection.required.is_empty() && selection.optional.is_empty()) {
            let mut variables = self.variables.to_vec();
            let presences =
                [(&selection.required, Presence::Required), (&selection.optional, Presence::Optional)];
            for (ids, presence) in presences {
                for &id in ids {
                    if let Some(variable) = variables.get_mut(id) {
                        variable.presence = presence.clone();
                    }
                }
            }
            view.variables = variables.into();
        }
        view
    }

    /// Whether a variable counts: every one does unless some were selected.
    #[must_use]
    pub fn selects(&self, id: VariableId) -> bool {
        self.selection.as_ref().is_none_or(|part| part.variables[id])
    }

    /// Whether this view is a part of the contract, made by [`Contract::select`].
    #[must_use]
    pub fn is_part(&self) -> bool {
        self.selection.is_some()
    }

    /// What the part is called that this view is, if it is one.
    #[must_use]
    pub fn part(&self) -> Option<&str> {
        self.selection.as_ref().map(|part| part.name.as_str())
    }

    /// The variables that count, with their numbers, in the contract's order.
    pub fn selected(&self) -> impl Iterator<Item = (VariableId, &Variable)> {
        self.variables.iter().enumerate().filter(|(id, _)| self.selects(*id))
    }

    /// Whether a finding is about what counts: one of a selected variable, or of no variable at all. Of a part, names
    /// that the contract does not have are no concern.
    #[must_use]
    pub fn concerns(&self, finding: &Finding) -> bool {
        let selected = |name: &Arc<str>| self.variable(name).is_some_and(|(id, _)| self.selects(id));
        !self.is_part() || finding.variable.as_ref().is_none_or(selected)
    }

    /// Whether every variable that a rule asks about counts, those of named conditions included.
    pub(crate) fn selects_rule(&self, rule: &Rule) -> bool {
        let Some(Selected { variables: selected, .. }) = self.selection.as_deref() else { return true };
        match &rule.kind {
            RuleKind::OneOf(ids)
            | RuleKind::AtLeastOne(ids)
            | RuleKind::AllOrNone(ids)
            | RuleKind::Excludes(ids)
            | RuleKind::Distinct(ids) => ids.iter().all(|id| selected[*id]),
            RuleKind::Requires(first, then) => selected[*first] && then.iter().all(|id| selected[*id]),
            RuleKind::Assert(condition) => self.selects_condition(condition),
        }
    }

    fn selects_condition(&self, condition: &Condition) -> bool {
        let mut selected = true;
        let mut seen = vec![false; self.conditions.len()];
        let mut waiting = vec![&condition.root];
        while let Some(expression) = waiting.pop() {
            expression.each_asked(&mut |asked| match asked {
                Asked::Variable(id) => selected &= self.selects(id),
                Asked::Condition(id) => {
                    if !std::mem::replace(&mut seen[id], true) {
                        waiting.push(&self.named_condition(id).condition.root);
                    }
                }
            });
        }
        selected
    }
}
