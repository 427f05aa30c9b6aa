//! [`Report`]: the result of a validation, for people or as JSON.

use envctl_resolver::{LayerKind, Resolution};
use envschema::{Findings, Severity, State};
use serde::Serialize;

use crate::gather::Gathered;

/// The version of the JSON form.
const VERSION: u32 = 1;

/// The result of a validation. Its JSON form is part of the interface.
#[derive(Serialize)]
pub(crate) struct Report<'a> {
    pub(crate) version: u32,
    pub(crate) valid: bool,
    pub(crate) contract: &'a str,
    pub(crate) environment: Option<&'a str>,
    pub(crate) profile: Option<&'a str>,
    pub(crate) findings: &'a Findings,
    pub(crate) counts: Counts,
    #[serde(skip)]
    pub(crate) resolution: &'a Resolution,
    /// Env files of the project that do not exist.
    #[serde(skip)]
    pub(crate) absent: &'a [String],
}

/// How many variables there are in each state, and how many findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Counts {
    pub(crate) variables: usize,
    pub(crate) resolved: usize,
    pub(crate) sealed: usize,
    pub(crate) unset: usize,
    pub(crate) not_needed: usize,
    pub(crate) missing: usize,
    pub(crate) invalid: usize,
    pub(crate) errors: usize,
    pub(crate) warnings: usize,
}

impl<'a> Report<'a> {
    pub(crate) fn new(gathered: &'a Gathered, findings: &'a Findings) -> Self {
        let Gathered { resolution, absent, .. } = gathered;
        let contract = resolution.contract();
        let mut counts = Counts {
            variables: contract.variables().len(),
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            ..Counts::default()
        };
        for (_, state, _) in resolution.iter() {
            match state {
                State::Resolved => counts.resolved += 1,
                State::Sealed => counts.sealed += 1,
                State::NotNeeded => counts.not_needed += 1,
                State::Missing => counts.missing += 1,
                State::Invalid => counts.invalid += 1,
                _ => counts.unset += 1,
            }
        }
        Self {
            version: VERSION,
            valid: findings.is_valid(),
            contract: contract.name(),
            environment: contract.environment(),
            profile: contract.profile(),
            findings,
            counts,
            resolution,
            absent,
        }
    }

    /// How many values each kind of layer gave, in order of precedence.
    pub(crate) fn origins(&self) -> Vec<(LayerKind, usize)> {
        let mut origins: Vec<(LayerKind, usize)> = Vec::new();
        let mut kinds: Vec<LayerKind> = self
            .resolution
            .iter()
            .filter(|(_, state, _)| *state == State::Resolved)
            .filter_map(|(_, _, resolved)| resolved.chosen.as_ref().map(|chosen| chosen.kind))
            .collect();
        kinds.sort_unstable();
        for kind in kinds {
            match origins.last_mut() {
                Some((last, count)) if *last == kind => *count += 1,
                _ => origins.push((kind, 1)),
            }
        }
        origins
    }
}

/// `1 error`, `2 errors`
pub(crate) fn counted(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
