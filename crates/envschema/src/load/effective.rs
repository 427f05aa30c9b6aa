//! A variable's table with the overrides of one view applied.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use crate::document::{Document, ProfileTable, VariableTable};
use crate::text::Spanned;

pub(super) struct Effective<'d> {
    pub(super) name: &'d Spanned<String>,
    pub(super) table: Cow<'d, VariableTable>,
    /// The profile lists others only, and leaves this one free.
    pub(super) freed: bool,
    /// An override leaves the example as it was, and so may not fit the override's type.
    pub(super) inherits_example: bool,
}

impl<'d> Effective<'d> {
    /// Of the tables that say something about a variable, the later ones win.
    fn new(
        name: &'d Spanned<String>,
        table: &'d VariableTable,
        overrides: &[&'d VariableTable],
        freed: bool,
    ) -> Self {
        let overlay = |made: Cow<'d, VariableTable>, over: &&VariableTable| Cow::Owned(made.overlay(over));
        Self {
            name,
            table: overrides.iter().fold(Cow::Borrowed(table), overlay),
            freed,
            inherits_example: overrides.last().is_some_and(|over| !over.example.is_some()),
        }
    }
}

/// The variables of a view: those of the contract, then those that only the profile has. What a profile says
/// counts more than what an environment says.
pub(super) fn effective_tables<'d>(
    document: &'d Document,
    environment: Option<&str>,
    profile: Option<&'d ProfileTable>,
) -> Vec<Effective<'d>> {
    let frees = profile.and_then(|table| table.others.get()).is_some_and(|others| others.value == "optional");
    let listed = || profile.and_then(|table| table.vars.get()).into_iter().flat_map(|vars| vars.iter());
    let in_profile: HashMap<&str, &VariableTable> =
        listed().map(|(name, table)| (name.as_str(), table)).collect();
    let on = |table: &'d VariableTable| table.on.get()?.get(environment?);
    let own = || document.vars.iter().flat_map(|table| table.iter());
    let known: HashSet<&str> = own().map(|(name, _)| name.as_str()).collect();
    let of_contract = own().map(|(name, table)| {
        let over = in_profile.get(name.as_str()).copied();
        let overrides: Vec<_> = [on(table), over, over.and_then(on)].into_iter().flatten().collect();
        Effective::new(name, table, &overrides, frees && over.is_none())
    });
    let of_profile = listed().filter(|(name, _)| !known.contains(name.as_str())).map(|(name, table)| {
        let overrides: Vec<_> = on(table).into_iter().collect();
        Effective::new(name, table, &overrides, false)
    });
    of_contract.chain(of_profile).collect()
}

/// Whether any variable has other attributes in an environment, be it in a profile.
pub(super) fn overrides(document: &Document, profile: Option<&ProfileTable>, environment: &str) -> bool {
    let listed = profile.and_then(|table| table.vars.get());
    let tables = document.vars.iter().chain(listed).flat_map(|table| table.iter());
    tables.filter_map(|(_, table)| table.on.get()).any(|on| on.get(environment).is_some())
}

/// Whether any variable has other attributes in any environment.
pub(super) fn any_override(document: &Document, profile: Option<&ProfileTable>) -> bool {
    let listed = profile.and_then(|table| table.vars.get());
    document.vars.iter().chain(listed).flat_map(|table| table.iter()).any(|(_, table)| table.on.is_some())
}
