//! What is asked of targets: one variable, and every one that is made of it.

use std::collections::BTreeSet;

use envctl_resolver::Layer;
use envschema::template::Reference;

use crate::arguments::InputArguments;
use crate::project::Project;
use crate::settings::To;
use crate::sync::{Chosen, SyncError, Wish, chosen, has_vault};

/// What is asked of targets.
pub(super) struct Asked<'a> {
    input: &'a InputArguments,
    chosen: &'a [Chosen],
    only: BTreeSet<String>,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        project: &Project,
        input: &'a InputArguments,
        chosen: &'a [Chosen],
        name: &str,
    ) -> Self {
        Self { input, chosen, only: with_dependants(project, name) }
    }

    /// With values that go before all others.
    pub(super) fn wish(&self, overrides: Vec<Layer>) -> Wish {
        let new = Wish::new(self.chosen.to_vec(), self.input.clone());
        Wish { overrides, only: self.only.clone(), ..new }
    }
}

/// The variable and every one whose template reads it: they have new values too.
fn with_dependants(project: &Project, name: &str) -> BTreeSet<String> {
    let variables = project.contract.variables();
    let mut names = BTreeSet::from([name.to_owned()]);
    loop {
        let reads = |to: &Reference| match to {
            Reference::Variable(id) => names.contains(&*variables[*id].name),
            _ => false,
        };
        let found = variables.iter().filter(|variable| variable.references().any(reads));
        let found: Vec<String> = found.map(|variable| variable.name.to_string()).collect();
        let before = names.len();
        names.extend(found);
        if names.len() == before {
            return names;
        }
    }
}

/// The targets that words mean; with `all` a vault that is there and that the settings do not describe.
///
/// # Errors
///
/// As [`chosen`], but for a project without targets, which has its values in files only.
pub(super) fn targets(words: &[String], project: &Project) -> Result<Vec<Chosen>, SyncError> {
    let targets = &project.loaded.settings.targets;
    let mut chosen = match chosen(targets, words, project.contract.environment()) {
        Err(SyncError::Nothing) => Vec::new(),
        chosen => chosen?,
    };
    let is_described = chosen.iter().any(|one| one.to == To::Vault);
    if words == ["all"] && !is_described && has_vault(project) {
        // It would keep the old value, and give it back where it is a source.
        chosen.push(Chosen::vault());
    }
    Ok(chosen)
}
