//! Which targets the words of `--to` mean.

use envschema::nearest;

use super::SyncError;
use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::settings::{TargetSettings, To};
use crate::target::Targets;

/// Stands for every target that says where it goes.
const ALL: &str = "all";

/// A target that was asked for.
#[derive(Clone, Debug)]
pub(crate) struct Chosen {
    pub(crate) name: String,
    pub(crate) settings: TargetSettings,
    pub(crate) to: To,
    /// Whether the project describes it; the vault needs no description.
    pub(crate) described: bool,
}

impl Chosen {
    /// The vault of a project that does not describe one.
    pub(crate) fn vault() -> Self {
        Self {
            name: To::Vault.name().to_owned(),
            settings: TargetSettings { to: Some(To::Vault), ..TargetSettings::default() },
            to: To::Vault,
            described: false,
        }
    }
}

/// The targets that words mean, each once: a target's name, a kind of place, or `all`. Targets that are always for another
/// environment are left out unless they are named.
///
/// # Errors
///
/// `Unknown`, `NoPlace`, `NoneOfKind`, `Nothing`.
pub(crate) fn chosen(
    targets: &Targets,
    words: &[String],
    environment: Option<&str>,
) -> Result<Vec<Chosen>, SyncError> {
    let mut found: Vec<Chosen> = Vec::new();
    for word in words {
        for one in meant(targets, word, environment)? {
            if !found.iter().any(|other| other.name == one.name) {
                found.push(one);
            }
        }
    }
    Ok(found)
}

/// Every target of a kind that is not always for another environment.
pub(crate) fn of_kind(targets: &Targets, kind: To, environment: Option<&str>) -> Vec<Chosen> {
    with(targets, environment, &|to| to == kind)
}

/// Whether this program can reach all of these.
///
/// # Errors
///
/// `NeedsCloud` for the first that it cannot.
pub(crate) fn reach(edge: &Edge, chosen: &[Chosen]) -> Result<(), SyncError> {
    let needs = |one: &&Chosen| edge.cloud.is_none() && matches!(one.to, To::SecretsManager | To::Ssm);
    match chosen.iter().find(needs) {
        Some(one) => Err(SyncError::NeedsCloud { target: one.name.clone(), to: one.to }),
        None => Ok(()),
    }
}

/// Takes the environment that all of these targets are always for, if there is one and no other was asked for.
pub(crate) fn settle(input: &mut InputArguments, chosen: &[Chosen]) {
    let mut fixed = chosen.iter().map(|one| one.settings.environment.as_ref());
    if let (true, Some(Some(first))) = (input.project.environment.is_empty(), fixed.next())
        && fixed.all(|other| other == Some(first))
    {
        input.project.environment = vec![first.clone()];
    }
}

fn with(targets: &Targets, environment: Option<&str>, takes: &dyn Fn(To) -> bool) -> Vec<Chosen> {
    let is_here = |settings: &TargetSettings| {
        settings.environment.as_deref().is_none_or(|fixed| environment.is_none_or(|asked| asked == fixed))
    };
    let all = targets.iter().filter(|(_, settings)| is_here(settings));
    all.filter_map(|(name, settings)| described(name, settings)).filter(|one| takes(one.to)).collect()
}

fn meant(targets: &Targets, word: &str, environment: Option<&str>) -> Result<Vec<Chosen>, SyncError> {
    if let Some(settings) = targets.get(word) {
        return match settings.to {
            Some(_) => Ok(described(word, settings).into_iter().collect()),
            None => Err(SyncError::NoPlace { target: word.to_owned() }),
        };
    }
    if word == ALL {
        let all = with(targets, environment, &|_| true);
        return if all.is_empty() { Err(SyncError::Nothing) } else { Ok(all) };
    }
    let Some((kind, _)) = To::ALL.iter().find(|(_, name)| *name == word) else {
        let kinds = To::ALL.iter().map(|(_, name)| *name);
        let known: Vec<&str> = targets.keys().map(String::as_str).chain(kinds).chain([ALL]).collect();
        return Err(SyncError::Unknown {
            word: word.to_owned(),
            near: nearest(word, known.iter().copied()).map(str::to_owned),
            known: known.into_iter().map(|known| format!("`{known}`")).collect(),
        });
    };
    let of_kind = of_kind(targets, *kind, environment);
    match (of_kind.is_empty(), kind) {
        (false, _) => Ok(of_kind),
        (true, To::Vault) => Ok(vec![Chosen::vault()]),
        (true, kind) => Err(SyncError::NoneOfKind(*kind)),
    }
}

fn described(name: &str, settings: &TargetSettings) -> Option<Chosen> {
    let to = settings.to?;
    Some(Chosen { name: name.to_owned(), settings: settings.clone(), to, described: true })
}
