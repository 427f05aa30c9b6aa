//! What of a resolution leaves, and under which names: the run's target and `--only`.

use std::collections::HashSet;
use std::sync::Arc;

use envctl_engine::format::Exported;
use envctl_resolver::Resolution;
use envschema::{Contract, Variable, Visibility, nearest};

use crate::project::Project;
use crate::target::{self, Target, TargetError};

/// What of a resolution leaves, and under which names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaving {
    target: Option<Arc<Target>>,
    /// Any of them; empty for all.
    visibilities: Vec<Visibility>,
    /// Any of them; empty for all.
    parts: Vec<Part>,
}

#[derive(Clone, Debug)]
enum Part {
    Group(usize),
    Names(HashSet<Arc<str>>),
}

impl Leaving {
    /// What the words of `--only` leave over. Visibilities (`secret`, `plain`, `public`) add up, and so do groups and
    /// targets; what is named in both ways has to be in both.
    ///
    /// # Errors
    ///
    /// `Only` for a word that is none of them.
    pub(crate) fn new(project: &Project, words: &[String]) -> Result<Self, TargetError> {
        let mut leaving = Self { target: project.target.clone(), ..Self::default() };
        let targets = &project.loaded.settings.targets;
        for word in words {
            if let Some((_, visibility)) = VISIBILITIES.iter().find(|(known, _)| known == word) {
                leaving.visibilities.push(*visibility);
            } else if let Some(settings) = targets.get(word) {
                let variables = project.contract.variables();
                let ids = target::variables(settings, &project.contract);
                leaving
                    .parts
                    .push(Part::Names(ids.into_iter().map(|id| variables[id].name.clone()).collect()));
            } else if let Some(group) = project.contract.groups().iter().position(|group| group.id == *word) {
                leaving.parts.push(Part::Group(group));
            } else {
                return Err(unknown(word, &project.contract, targets));
            }
        }
        Ok(leaving)
    }

    /// Whether a variable leaves.
    pub(crate) fn takes(&self, variable: &Variable) -> bool {
        let part = |part: &Part| match part {
            Part::Group(group) => variable.group == Some(*group),
            Part::Names(names) => names.contains(&variable.name),
        };
        (self.visibilities.is_empty() || self.visibilities.contains(&variable.visibility))
            && (self.parts.is_empty() || self.parts.iter().any(part))
    }

    /// Whether a variable may stand in the open where it goes.
    pub(crate) fn is_open(&self, variable: &Variable) -> bool {
        variable.visibility != Visibility::Secret
            || self.target.as_ref().is_some_and(|target| target.is_open(&variable.name))
    }

    /// Every variable that leaves and has a valid value, in the contract's order.
    pub(crate) fn exported<'a>(&'a self, resolution: &'a Resolution) -> Vec<Exported<'a>> {
        let leaving = resolution.values().filter(|(variable, _)| self.takes(variable));
        let named = leaving.flat_map(|(variable, value)| {
            let open = self.is_open(variable);
            self.names(variable).map(move |name| Exported { name, variable, value, open })
        });
        named.collect()
    }

    /// Every name under which a variable leaves.
    pub(crate) fn names<'a>(&'a self, variable: &'a Variable) -> impl Iterator<Item = &'a str> {
        let also = self.target.as_deref().into_iter().flat_map(|target| target.other_names(&variable.name));
        std::iter::once(self.name(variable)).chain(also)
    }

    /// The first name under which a variable leaves.
    pub(crate) fn name<'a>(&'a self, variable: &'a Variable) -> &'a str {
        self.target.as_ref().map_or(&*variable.name, |target| target.own_name(&variable.name))
    }
}

const VISIBILITIES: [(&str, Visibility); 3] =
    [("secret", Visibility::Secret), ("plain", Visibility::Plain), ("public", Visibility::Public)];

fn unknown(word: &str, contract: &Contract, targets: &target::Targets) -> TargetError {
    let visibilities = VISIBILITIES.iter().map(|(name, _)| *name);
    let groups = contract.groups().iter().map(|group| group.id.as_str());
    let known: Vec<&str> = visibilities.chain(targets.keys().map(String::as_str)).chain(groups).collect();
    TargetError::Only {
        word: word.to_owned(),
        near: nearest(word, known.iter().copied()).map(str::to_owned),
        known: known.join(", "),
    }
}
