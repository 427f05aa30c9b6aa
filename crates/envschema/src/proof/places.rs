//! Where the things that proofs speak of stand in the contract's text.

use crate::condition::{ConditionId, VariableId};
use crate::contract::Contract;
use crate::document::{Document, RuleTable, VariableTable};
use crate::load::Schema;
use crate::text::{Span, Spanned};

/// The places of one view.
pub(super) struct Places<'a> {
    pub(super) document: &'a Document,
    pub(super) contract: &'a Contract,
}

impl<'a> Places<'a> {
    pub(super) fn new(schema: &'a Schema, contract: &'a Contract) -> Self {
        Self { document: schema.document(), contract }
    }

    /// The expression of a named condition.
    pub(super) fn condition(&self, id: ConditionId) -> Span {
        let name = &self.contract.conditions()[id].name;
        let written = self.document.conditions.get().and_then(|table| table.get(name));
        written.map(|written| written.span).unwrap_or_default()
    }

    /// The `required` of a variable, or its name where it has none.
    pub(super) fn required(&self, id: VariableId) -> Span {
        let variable = &self.contract.variables()[id];
        self.tables(&variable.name)
            .find_map(|table| table.required.get())
            .map_or(variable.span, |spec| spec.span)
    }

    /// A value in the `values` of a variable, or the variable's name.
    pub(super) fn value(&self, id: VariableId, value: &str) -> Span {
        let variable = &self.contract.variables()[id];
        let values = self.tables(&variable.name).find_map(|table| table.values.get());
        let found = values.and_then(|values| values.iter().find(|one| one.value == value));
        found.map_or(variable.span, |one| one.span)
    }

    /// The `when` of a rule.
    pub(super) fn when(&self, rule: usize) -> Span {
        let written = self.rule_table(rule).and_then(|table| table.when.get());
        written.map_or(self.contract.rules()[rule].span, |written| written.span)
    }

    /// What a rule asks.
    pub(super) fn rule(&self, rule: usize) -> Span {
        let names = |names: Option<&Spanned<Vec<Spanned<String>>>>| names.map(|names| names.span);
        let asked = self.rule_table(rule).and_then(|table| {
            names(table.one_of.get())
                .or(names(table.at_least_one.get()))
                .or(names(table.all_or_none.get()))
                .or(names(table.excludes.get()))
                .or(names(table.distinct.get()))
                .or(table.requires.get().map(|requires| requires.span))
                .or(table.assert.get().map(|assert| assert.span))
        });
        asked.unwrap_or(self.contract.rules()[rule].span)
    }

    fn rule_table(&self, rule: usize) -> Option<&'a RuleTable> {
        let own = self.document.rules.get().map_or(&[][..], |rules| &rules.value);
        let of_profile = || {
            let profile = self.document.profiles.get()?.get(self.contract.profile()?)?;
            profile.rules.get()?.get(rule - own.len())
        };
        own.get(rule).or_else(of_profile)
    }

    /// The tables that say something about a variable in this view; what an earlier one says counts.
    fn tables(&self, name: &str) -> impl Iterator<Item = &'a VariableTable> {
        let environment = self.contract.environment();
        let on = move |table: &'a VariableTable| table.on.get()?.get(environment?);
        let profile = self.contract.profile().and_then(|name| self.document.profiles.get()?.get(name));
        let in_profile = profile.and_then(|table| table.vars.get()?.get(name));
        let own = self.document.vars.get().and_then(|table| table.get(name));
        [in_profile.and_then(on), in_profile, own.and_then(on), own].into_iter().flatten()
    }
}
