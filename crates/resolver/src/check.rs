//! [`check`]: what there is to tell of a resolution, as findings.

use envctl_dotenv::{Dialect, write_value};
use envschema::{Code, Finding, Findings, Place, Severity, State, Variable};

use crate::layer::LayerKind;
use crate::resolution::{Lost, Resolution, Resolved, Shadowed, Undeclared};
use crate::sources::{self, EnvFile};

/// How many mistyped names get a suggestion: each is compared with every variable.
const MOST_SUGGESTIONS: usize = 64;

/// What to look for beyond what the contract asks.
#[derive(Clone, Copy, Debug, Default)]
pub struct CheckOptions<'a> {
    /// Every variable has to have a value, needed or not.
    pub complete: bool,
    /// The env files that were read, for what is wrong with their lines.
    pub files: &'a [EnvFile],
}

/// Judges a resolution: what the contract asks, names it does not have, values that differ from a live
/// source, and lines that could not be read. In the contract's order, what concerns no variable last.
#[must_use]
pub fn check(resolution: &Resolution, options: &CheckOptions<'_>) -> Findings {
    let contract = resolution.contract();
    let findings = resolution.findings.iter().cloned();
    let mut findings: Findings = findings.map(|finding| with_template(resolution, finding)).collect();
    for (variable, state, resolved) in resolution.iter() {
        findings.extend(stale(variable, resolved));
        findings.extend(unusable(variable, resolved));
        if options.files.iter().all(|file| file.dialect == Dialect::Portable) {
            findings.extend(unwritable(variable, resolved));
        }
        if options.complete {
            findings.extend(incomplete(variable, state));
        }
    }
    for file in options.files {
        findings.extend(file.problems.iter().map(unreadable));
        findings.extend(file.duplicates.iter().map(duplicate));
    }
    // Of a part of the contract, names that it does not have are no concern.
    let undeclared: &[Undeclared] = if contract.is_part() { &[] } else { resolution.undeclared() };
    let undeclared = undeclared.iter().enumerate();
    findings.extend(undeclared.map(|(index, name)| unknown(resolution, name, index < MOST_SUGGESTIONS)));
    if contract.is_part() {
        findings.retain(|finding| contract.concerns(finding));
    }
    findings.sort_by_rank(|name| contract.variable(name).map(|(id, _)| id));
    findings
}

fn stale(variable: &Variable, resolved: &Resolved) -> Option<Finding> {
    let chosen = resolved.chosen.as_ref().filter(|chosen| chosen.kind == LayerKind::Existing)?;
    let live = resolved.shadowed.iter().find(|lost| lost.live && lost.reason == Lost::Differs)?;
    let (source, follow) = match &live.place {
        Place::Derived { .. } => ("what its template gives now".to_owned(), "what it is built from"),
        place => (place.to_string(), "the stack"),
    };
    let message = format!("{} differs from {source}", variable.name);
    let help = format!("remove the line to follow {follow}, or keep it if the difference is meant");
    let finding = Finding::new(Code::Stale, Severity::Warning, variable.name.clone(), message);
    Some(finding.help(help).at(Some(chosen.place.clone())))
}

/// A missing variable with a template tells what the template lacks.
fn with_template(resolution: &Resolution, mut finding: Finding) -> Finding {
    let resolved =
        finding.variable.as_deref().and_then(|name| resolution.get(name)).map(|(_, _, resolved)| resolved);
    let lacks =
        resolved.into_iter().flat_map(|resolved| &resolved.shadowed).find_map(|lost| match &lost.reason {
            Lost::Lacks(names) => Some(names),
            _ => None,
        });
    if let (Code::Missing, Some(names), Some(help)) = (finding.code, lacks, &mut finding.help) {
        help.push_str(&format!("; or give {names}, which its template lacks"));
    }
    finding
}

/// A source that has something for a variable without a value, in a form that cannot be used.
fn unusable(variable: &Variable, resolved: &Resolved) -> Option<Finding> {
    if resolved.chosen.is_some() {
        return None;
    }
    let unusable = |lost: &&Shadowed| matches!(lost.reason, Lost::TooLong | Lost::HoldsSeparator);
    let lost = resolved.shadowed.iter().find(unusable)?;
    let help = match lost.reason {
        Lost::TooLong => "let the template repeat less",
        _ => "choose a `separator` that no item holds",
    };
    let message = format!("{} cannot take its value: the source {}", variable.name, lost.reason);
    let finding = Finding::new(Code::Invalid, Severity::Error, variable.name.clone(), message);
    Some(finding.help(help).at(Some(lost.place.clone())))
}

/// A value of an env file for which no spelling is read alike by common readers: what the service gets depends on
/// the reader it has.
fn unwritable(variable: &Variable, resolved: &Resolved) -> Option<Finding> {
    let chosen = resolved.chosen.as_ref().filter(|chosen| chosen.kind == LayerKind::Existing)?;
    #[expect(clippy::disallowed_methods, reason = "only whether it can be spelt is asked")]
    let reason = write_value(chosen.value.expose(), Dialect::Portable).err()?;
    let message = format!("{} is not read alike by all env file readers: {reason}", variable.name);
    let finding = Finding::new(Code::Unwritable, Severity::Warning, variable.name.clone(), message);
    Some(finding.help(reason.help()).at(Some(chosen.place.clone())))
}

fn incomplete(variable: &Variable, state: State) -> Option<Finding> {
    let reason = match state {
        State::Unset => "it is optional",
        State::NotNeeded => "it is not needed",
        State::Sealed => "only its encrypted form is known",
        _ => return None,
    };
    let message =
        format!("{} has no value; {reason}, but a complete environment was asked for", variable.name);
    let finding = Finding::new(Code::Missing, Severity::Error, variable.name.clone(), message);
    Some(match &variable.without {
        Some(without) => finding.help(format!("set it; without it: {without}")),
        None => finding.help("set it"),
    })
}

fn unreadable(problem: &sources::Problem) -> Finding {
    let severity = match problem.severity {
        sources::Severity::Error => Severity::Error,
        sources::Severity::Warning => Severity::Warning,
    };
    let mut finding =
        Finding::general(Code::Unreadable, severity, problem.message.clone()).help(problem.help);
    finding.variable = problem.name.as_deref().map(Into::into);
    finding.at(Some(problem.place.clone()))
}

fn duplicate(duplicate: &sources::Duplicate) -> Finding {
    let (_, before) = duplicate.places.split_last().unwrap_or((&Place::Default, &[]));
    let before: Vec<_> = before.iter().map(Place::to_string).collect();
    let message = format!("{} is also given in {}; the last line counts", duplicate.name, before.join(", "));
    Finding::new(Code::Duplicate, Severity::Warning, duplicate.name.as_str(), message)
        .help("keep one line: some readers take the first")
        .at(duplicate.places.last().cloned())
}

fn unknown(resolution: &Resolution, undeclared: &Undeclared, suggest: bool) -> Finding {
    let contract = resolution.contract();
    let Some(name) = undeclared.name.as_deref() else {
        let message = "the line gives no variable of the contract, and may be a part of a longer value";
        return Finding::general(Code::Unknown, Severity::Warning, message)
            .help("put a value of several lines in quotes, or remove the line")
            .at(Some(undeclared.place.clone()));
    };
    if let Some(instead) = contract.removed(name) {
        let message = format!("{name} is no longer used");
        return Finding::new(Code::Removed, Severity::Warning, name, message)
            .help(instead)
            .at(Some(undeclared.place.clone()));
    }
    let near = if suggest { contract.nearest(name) } else { None };
    let help = match near {
        Some(near) => format!("did you mean {near}?"),
        None => match &undeclared.place {
            Place::Config { name, .. } => {
                format!("remove it with `pulumi config rm {name}`, or add the variable to the contract")
            }
            _ => "remove the line, or add the variable to the contract".to_owned(),
        },
    };
    let message = format!("{name} is not a variable of the contract");
    Finding::new(Code::Unknown, Severity::Warning, name, message)
        .help(help)
        .at(Some(undeclared.place.clone()))
}
