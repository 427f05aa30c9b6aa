//! [`Reading`]: the values of one judgement, cleaned once, with conditions remembered.

use std::cell::{Cell, OnceCell};
use std::collections::HashSet;

use super::values::{Given, Standing, Values};
use crate::SecretValue;
use crate::condition::{ConditionId, Expression, Facts, Telling, VariableId, holds};
use crate::contract::Contract;
use crate::place::Place;
use crate::variable::Empty;

pub(super) struct Reading<'a> {
    pub(super) contract: &'a Contract,
    slots: Vec<Slot<'a>>,
    conditions: Vec<Cell<bool>>,
    /// The texts of all secrets, when one has to be recognised.
    secrets: OnceCell<HashSet<&'a str>>,
}

#[derive(Clone, Copy)]
struct Slot<'a> {
    /// The text that counts, the default included.
    text: Option<&'a str>,
    place: Option<&'a Place>,
    placeholder: Option<&'a Place>,
    unexpanded: bool,
    sealed: Option<&'a Place>,
    standing: Standing,
    /// The text is known to be accepted.
    checked: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(contract: &'a Contract, values: &'a dyn Values) -> Self {
        let slots = contract.variables().iter().enumerate().map(|(id, variable)| {
            let Given { text: given, place, checked, placeholder, unexpanded, sealed } =
                values.given(id, variable);
            let standing = match given {
                Some(_) if checked => Standing::Value,
                Some(text) => variable.standing(text),
                None => Standing::Unset,
            };
            let text = match standing {
                Standing::Value => given,
                _ if sealed.is_some() => None,
                Standing::Unset | Standing::Placeholder => variable.default.as_deref(),
            };
            Slot { text, place, placeholder, unexpanded, sealed, standing, checked }
        });
        let conditions = vec![Cell::new(false); contract.conditions().len()];
        let reading = Self { contract, slots: slots.collect(), conditions, secrets: OnceCell::new() };
        // In this order no condition needs one that was not judged yet, however long their chain.
        for &id in &*contract.condition_order {
            reading.conditions[id].set(holds(&contract.named_condition(id).condition.root, &reading));
        }
        reading
    }

    /// Whether a text is what some secret variable holds. Such a text is not shown, whoever else has it.
    pub(super) fn is_a_secret(&self, text: &str) -> bool {
        let secrets = self.secrets.get_or_init(|| {
            let variables = self.contract.variables().iter().zip(&self.slots);
            variables.filter(|(variable, _)| variable.is_secret()).filter_map(|(_, slot)| slot.text).collect()
        });
        secrets.contains(text)
    }

    /// Whether the text is known to be one that the variable accepts.
    pub(super) fn is_checked(&self, id: VariableId) -> bool {
        self.slots[id].checked
    }

    /// Whether something other than the contract's default gave the value.
    pub(super) fn is_given(&self, id: VariableId) -> bool {
        let slot = &self.slots[id];
        slot.standing == Standing::Value && slot.place != Some(&Place::Default)
    }

    /// The place of a placeholder, if there is one; the place itself may be unknown.
    pub(super) fn placeholder(&self, id: VariableId) -> Option<Option<&'a Place>> {
        let slot = &self.slots[id];
        match slot.standing {
            Standing::Placeholder => Some(slot.place),
            Standing::Value | Standing::Unset => slot.placeholder.map(Some),
        }
    }
}

impl Reading<'_> {
    /// Whether the placeholder is a `${NAME}` that nobody expands.
    pub(super) fn is_unexpanded(&self, id: VariableId) -> bool {
        self.slots[id].unexpanded && self.slots[id].standing != Standing::Placeholder
    }
}

impl Facts for Reading<'_> {
    fn text(&self, variable: VariableId) -> Option<&str> {
        self.slots[variable].text
    }

    fn is_set(&self, variable: VariableId) -> bool {
        let slot = &self.slots[variable];
        let allows_empty = || self.contract.variables()[variable].empty == Empty::Value;
        slot.sealed.is_some() || slot.text.is_some_and(|text| !text.is_empty() || allows_empty())
    }

    fn named(&self, condition: ConditionId) -> bool {
        self.conditions[condition].get()
    }

    fn environment(&self) -> Option<&str> {
        self.contract.environment()
    }
}

impl Telling for Reading<'_> {
    fn name(&self, variable: VariableId) -> &str {
        &self.contract.variables()[variable].name
    }

    /// A variable is as secret as its value: one that has the value of a secret is not shown either.
    fn is_secret(&self, variable: VariableId) -> bool {
        let same = |text: &str| text.len() >= SecretValue::TELLING && self.is_a_secret(text);
        self.contract.variables()[variable].is_secret() || self.text(variable).is_some_and(same)
    }

    fn place(&self, variable: VariableId) -> Option<Place> {
        let slot = &self.slots[variable];
        match slot.standing {
            Standing::Value => slot.place.cloned(),
            _ if slot.sealed.is_some() => slot.sealed.cloned(),
            Standing::Unset | Standing::Placeholder => slot.text.map(|_| Place::Default),
        }
    }

    fn condition(&self, condition: ConditionId) -> (&str, &Expression) {
        let named = self.contract.named_condition(condition);
        (&named.name, &named.condition.root)
    }
}
