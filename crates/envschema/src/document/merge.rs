//! Laying one contract over another that it extends.

use std::collections::HashMap;

use super::{Document, EnvironmentTable, GroupTable, ProfileTable, SchemaTable, Table, VariableTable};

impl Document {
    /// This contract with another one over it, which extends it: tables are joined by name, variables key by key, and
    /// rules are added. Where both say something, `over` counts. What both have keeps its place in the order.
    #[must_use]
    pub fn extended_by(self, over: Self) -> Self {
        Self {
            schema: self
                .schema
                .merge(over.schema, |base, over| SchemaTable { span: over.span, ..base.overlay(&over) }),
            environments: self
                .environments
                .merge(over.environments, |base, over| base.merge(over, environment)),
            conditions: self.conditions.merge(over.conditions, |base, over| base.merge(over, |_, over| over)),
            groups: self.groups.merge(over.groups, groups),
            vars: self.vars.merge(over.vars, |base, over| base.merge(over, variable)),
            rules: self.rules.merge(over.rules, both),
            removed: self.removed.merge(over.removed, |base, over| base.merge(over, |_, over| over)),
            profiles: self.profiles.merge(over.profiles, |base, over| base.merge(over, profile)),
            span: over.span,
        }
    }
}

impl<T: Default> Table<T> {
    /// The entries of both; those of one name are joined by `with`.
    fn merge(mut self, over: Self, with: impl Fn(T, T) -> T) -> Self {
        let places: HashMap<String, usize> =
            self.0.iter().enumerate().map(|(at, (name, _))| (name.value.clone(), at)).collect();
        for (name, entry) in over.0 {
            match places.get(&name.value) {
                Some(&at) => {
                    let base = std::mem::take(&mut self.0[at].1);
                    self.0[at] = (name, with(base, entry));
                }
                None => self.0.push((name, entry)),
            }
        }
        self
    }
}

fn environment(mut base: EnvironmentTable, mut over: EnvironmentTable) -> EnvironmentTable {
    let aliases = std::mem::take(&mut base.aliases)
        .merge(std::mem::take(&mut over.aliases), |base, over| base.merge(over, |_, over| over));
    EnvironmentTable { aliases, ..base.overlay(&over) }
}

fn variable(mut base: VariableTable, mut over: VariableTable) -> VariableTable {
    let on = std::mem::take(&mut base.on)
        .merge(std::mem::take(&mut over.on), |base, over| base.merge(over, variable));
    VariableTable { on, ..base.overlay(&over) }
}

fn profile(mut base: ProfileTable, mut over: ProfileTable) -> ProfileTable {
    let vars = std::mem::take(&mut base.vars)
        .merge(std::mem::take(&mut over.vars), |base, over| base.merge(over, variable));
    let rules = std::mem::take(&mut base.rules).merge(std::mem::take(&mut over.rules), both);
    ProfileTable { vars, rules, ..base.overlay(&over) }
}

/// The groups of both; those of one `id` are joined. One that a file itself has twice stays, to be reported.
fn groups(mut base: Vec<GroupTable>, over: Vec<GroupTable>) -> Vec<GroupTable> {
    let id = |group: &GroupTable| group.id.get().map(|id| id.value.clone());
    let mut places: HashMap<String, usize> =
        base.iter().enumerate().filter_map(|(at, group)| Some((id(group)?, at))).collect();
    for group in over {
        match id(&group).and_then(|id| places.remove(&id)) {
            Some(at) => base[at] = GroupTable { span: group.span, ..base[at].overlay(&group) },
            None => base.push(group),
        }
    }
    base
}

fn both<T>(mut base: Vec<T>, over: Vec<T>) -> Vec<T> {
    base.extend(over);
    base
}
