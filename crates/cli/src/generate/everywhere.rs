//! What counts in every environment of a contract, when none was asked for.
//!
//! An environment can override a variable. What is generated for all of them has to be true in each: a variable is
//! always there only if it is in every one, and takes what any of them takes.

use std::borrow::Cow;

use envschema::types::{Bounds, EnumType, StringType, UrlType};
use envschema::{Contract, Schema, ValueType, Variable};

use super::words::{quoted, shown_default};
use super::{Need, need_of};
use crate::render::in_one_line;

/// The contract of each environment; empty if one was asked for, or there are none.
pub(crate) struct Everywhere {
    /// The contract as it is before any environment.
    base: Option<Contract>,
    each: Vec<Contract>,
}

impl Everywhere {
    /// `contract` is the view that is generated.
    pub(crate) fn new(schema: &Schema, contract: &Contract) -> Self {
        let view = |environment| schema.contract(environment, contract.profile()).ok();
        if contract.environment().is_some() {
            return Self { base: None, each: Vec::new() };
        }
        let each = contract.environments().iter().filter_map(|one| view(Some(&one.name))).collect();
        Self { base: view(None), each }
    }

    /// The variable in each environment, with the environment.
    fn views<'a>(
        &'a self,
        variable: &Variable,
    ) -> impl Iterator<Item = (&'a str, &'a Contract, &'a Variable)> {
        let name = variable.name.clone();
        let view = move |contract: &'a Contract| {
            Some((contract.environment()?, contract, contract.variable(&name)?.1))
        };
        self.each.iter().filter_map(view)
    }

    /// When a variable has a value in whatever environment.
    pub(super) fn need<'a>(&self, contract: &'a Contract, variable: &'a Variable) -> Need<'a> {
        let own = need_of(contract, variable);
        let base = self.base.as_ref().and_then(|base| base.variable(&variable.name));
        // What a target asks for, it asks for everywhere.
        if base.is_none_or(|(_, base)| base.presence != variable.presence) {
            return own;
        }
        let (mut views, mut always, mut changed) = (0, 0, 0);
        for (_, contract, view) in self.views(variable) {
            views += 1;
            always += usize::from(need_of(contract, view).is_always());
            changed += usize::from(view.presence != variable.presence);
        }
        match own {
            own if views == 0 => own,
            own if own.is_always() && always == views => own,
            _ if always == views => Need::Always,
            Need::When(..) if changed == 0 => own,
            _ => Need::Optional,
        }
    }

    /// What a variable takes in any environment.
    pub(super) fn kind<'a>(&self, variable: &'a Variable) -> Cow<'a, ValueType> {
        let mut kind = Cow::Borrowed(&variable.kind);
        for (_, _, view) in self.views(variable) {
            if view.kind != *kind {
                kind = Cow::Owned(either(&kind, &view.kind));
            }
        }
        kind
    }

    /// Whether what an absent or empty text amounts to depends on the environment.
    pub(super) fn absence_varies(&self, variable: &Variable) -> bool {
        self.views(variable)
            .any(|(_, _, view)| view.default != variable.default || view.empty != variable.empty)
    }

    /// What is other in single environments, in words: `in dev: by default ...`.
    pub(super) fn differences(&self, variable: &Variable) -> Vec<String> {
        let everywhere = self.kind(variable);
        let mut told: Vec<(String, Vec<&str>)> = Vec::new();
        for (environment, _, view) in self.views(variable) {
            let mut parts = Vec::new();
            if view.kind != *everywhere {
                parts.push(in_one_line(&view.kind.expectation()));
            }
            if view.default != variable.default
                && let Some(default) = shown_default(view)
            {
                parts.push(format!("by default {}", quoted(default)));
            }
            let words = parts.join(", ");
            match told.iter_mut().find(|(known, _)| *known == words) {
                Some((_, environments)) => environments.push(environment),
                None if words.is_empty() => {}
                None => told.push((words, vec![environment])),
            }
        }
        told.into_iter()
            .map(|(words, environments)| format!("in {}: {words}", environments.join(" and ")))
            .collect()
    }
}

/// What takes all that one of two types takes, of the same family if they are of one.
fn either(one: &ValueType, other: &ValueType) -> ValueType {
    match (one, other) {
        (ValueType::Enum(one), ValueType::Enum(other)) => {
            let mut values = one.values.clone();
            values.extend(other.values.iter().filter(|value| !one.values.contains(value)).cloned());
            ValueType::Enum(EnumType { values, ignore_case: one.ignore_case || other.ignore_case })
        }
        (ValueType::Integer(_), ValueType::Integer(_)) => ValueType::Integer(Bounds::default()),
        (ValueType::Number(_), ValueType::Number(_)) => ValueType::Number(Bounds::default()),
        (ValueType::Port(_), ValueType::Port(_)) => ValueType::Port(Bounds::default()),
        (ValueType::Duration(_), ValueType::Duration(_)) => ValueType::Duration(Bounds::default()),
        (ValueType::Bytes(_), ValueType::Bytes(_)) => ValueType::Bytes(Bounds::default()),
        (ValueType::Url(_), ValueType::Url(_)) => ValueType::Url(UrlType::default()),
        _ => ValueType::String(StringType::default()),
    }
}
