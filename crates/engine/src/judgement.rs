//! [`Judgement`]: what `validate` found about one environment.

use envctl_resolver::{LayerKind, Resolution};
use envschema::{Code, Contract, Finding, Findings, Severity, State};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::report::{About, Case, Run};
use crate::words::counted;

/// The result of a validation.
pub struct Judgement<'a> {
    resolution: &'a Resolution,
    findings: &'a Findings,
    counts: Counts,
    /// Env files of the project that do not exist.
    absent: &'a [String],
}

/// How many variables there are in each state, and how many findings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// All that the contract selects.
    pub variables: usize,
    /// With a valid value.
    pub resolved: usize,
    /// Set in a form that cannot be read.
    pub sealed: usize,
    /// Optional and not set.
    pub unset: usize,
    /// Whose condition is false.
    pub not_needed: usize,
    /// Required and not set.
    pub missing: usize,
    /// With a value that is not of their type.
    pub invalid: usize,
    /// Findings that make the environment invalid.
    pub errors: usize,
    /// Findings that do not.
    pub warnings: usize,
}

impl Counts {
    /// Counts them.
    #[must_use]
    pub fn of(resolution: &Resolution, findings: &Findings) -> Self {
        let mut counts = Self {
            variables: resolution.contract().selected().count(),
            errors: findings.count(Severity::Error),
            warnings: findings.count(Severity::Warning),
            ..Self::default()
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
        counts
    }

    /// `5 variables: 3 resolved, 2 missing`
    fn text(&self) -> String {
        let parts = [
            (self.resolved, "resolved"),
            (self.missing, "missing"),
            (self.invalid, "invalid"),
            (self.sealed, "encrypted"),
            (self.not_needed, "not needed"),
            (self.unset, "optional and not set"),
        ];
        let parts: Vec<_> = parts
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| format!("{count} {what}"))
            .collect();
        let variables = counted(self.variables, "variable");
        if parts.is_empty() { variables } else { format!("{variables}: {}", parts.join(", ")) }
    }
}

impl<'a> Judgement<'a> {
    /// `absent` are env files of the project that do not exist.
    #[must_use]
    pub fn new(resolution: &'a Resolution, findings: &'a Findings, absent: &'a [String]) -> Self {
        Self { resolution, findings, counts: Counts::of(resolution, findings), absent }
    }

    /// How many values each kind of layer gave, in order of precedence.
    fn origins(&self) -> Vec<(LayerKind, usize)> {
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

    /// Missing values that need no one to think of them.
    fn could_be_made(&self) -> Vec<&str> {
        self.resolution
            .iter()
            .filter(|(variable, state, _)| {
                *state == State::Missing && variable.generate.as_ref().is_some_and(|generate| !generate.ask)
            })
            .map(|(variable, _, _)| &*variable.name)
            .collect()
    }
}

impl Run for Judgement<'_> {
    fn about(&self) -> About<'_> {
        About::Contract(self.resolution.contract())
    }

    fn findings(&self) -> &Findings {
        self.findings
    }

    fn verdict(&self) -> &'static str {
        if self.findings.is_valid() { "is valid" } else { "is not valid" }
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = vec![self.counts.text()];
        if self.counts.resolved > 0 {
            let origins: Vec<_> =
                self.origins().into_iter().map(|(kind, count)| format!("{kind} ({count})")).collect();
            notes.push(format!("values from: {}", origins.join(", ")));
        }
        if !self.findings.is_valid() && !self.absent.is_empty() {
            notes.push(format!("not there, and so not read: {}", self.absent.join(", ")));
        }
        if let names @ [_, ..] = self.could_be_made().as_slice() {
            notes.push(format!("`--generate` can make: {}", names.join(", ")));
        }
        notes
    }

    fn cases(&self) -> Vec<Case<'_>> {
        let cases = self.resolution.iter().map(|(variable, state, _)| {
            let skipped = match (state, self.resolution.why(&variable.name)) {
                (State::NotNeeded, Some(why)) => Some(format!("not needed, because {why}")),
                (State::NotNeeded, None) => Some("not needed".to_owned()),
                (State::Unset, _) => Some("optional and not set".to_owned()),
                _ => None,
            };
            Case { name: &variable.name, skipped }
        });
        cases.collect()
    }

    fn details(&self) -> Map<String, Value> {
        let counts = serde_json::to_value(self.counts).unwrap_or_default();
        let target = self.resolution.contract().part().into();
        Map::from_iter([("target".to_owned(), target), ("counts".to_owned(), counts)])
    }
}

/// That a contract says different things of its environments, and was asked about none of them.
#[must_use]
pub fn unchosen(contract: &Contract) -> Option<Finding> {
    if contract.environment().is_some() || !contract.environment_matters() {
        return None;
    }
    let names: Vec<_> = contract.environments().iter().map(|one| one.name.as_str()).collect();
    let names = if names.is_empty() { "NAME".to_owned() } else { names.join("|") };
    let message = "no environment was chosen; what the contract says of environments does not count";
    Some(
        Finding::general(Code::Unchosen, Severity::Warning, message)
            .help(format!("choose one: `--environment {names}`, or `default_environment` in envctl.toml")),
    )
}
