//! `envctl export`.

mod deliver;
mod form;

use std::fmt::Write as _;

use envctl_resolver::LayerKind;
use envschema::{Findings, Severity, State};

use crate::arguments::ExportArguments;
use crate::edge::Edge;
use crate::env_file::NotMade;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Gathered, Reading, gather};
use crate::project::Project;
use crate::render::{counted, place_text};
use crate::report::{findings_text, run_text};
use crate::select::Leaving;
use crate::write::append_file;
use envctl_engine::format::{self, Form};

use deliver::{Destination, deliver, made, reads_again};
use form::{check, form, github_file, reach_target, references};

pub(crate) fn export(arguments: &ExportArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    check(arguments)?;
    let github_file = github_file(arguments, edge)?;
    let project = Project::open(edge, &arguments.input)?;
    let leaving = Leaving::new(&project, &arguments.only)?;
    let mut form = form(arguments, edge, &project)?;
    if matches!(form, Form::Ecs(_)) {
        reach_target(arguments, edge, &project)?;
    }
    // What is kept should not depend on the terminal it was made in.
    let process = arguments.process_env || !(arguments.no_process_env || arguments.output.is_some());
    let gathered =
        gather(edge, &project, &arguments.input, Reading { process, complete: false, stored: None })?;
    if arguments.explain {
        let text = origins(&gathered, &leaving);
        edge.output.write_all(text.as_bytes())?;
        return Ok(Exit::Yes);
    }
    let findings = gathered.findings(false);
    if !findings.is_valid() && !arguments.allow_invalid {
        let text = run_text(&gathered.judgement(&findings), edge.messages_look);
        edge.tell(&text);
        edge.tell("nothing was exported; `--allow-invalid` exports what has a value");
        return Ok(Exit::No);
    }
    let values = leaving.exported(&gathered.resolution);
    if let Form::Ecs(found) = &mut form {
        *found = references(arguments, edge, &project, &values)?;
    }
    let destination = Destination::open(arguments, edge)?;
    match made(arguments, edge, &form, &gathered.resolution, &leaving, &values, &destination) {
        Ok(text) => {
            reads_again(arguments, edge, &project, &form, &text)?;
            if matches!(form, Form::Github(_)) {
                // Before anything else can tell a secret; the runner reads it line by line as it comes.
                edge.output.write_all(format::github_masks(&values).as_bytes())?;
                edge.output.flush()?;
            }
            match &github_file {
                Some(path) => {
                    append_file(&edge.path(path), path, text.as_bytes())?;
                    let count = counted(values.len(), "variable");
                    edge.tell(&format!("{count} set for the later steps of this job"));
                }
                None => deliver(arguments, edge, &form, &text, &destination)?,
            }
            tell_sealed(edge, &gathered, &leaving);
            tell_warnings(edge, &findings);
            Ok(Exit::Yes)
        }
        Err(NotMade::Refused(refused)) => {
            let refused = refused.into_iter().collect();
            let text = findings_text(&gathered.judgement(&refused), edge.messages_look);
            edge.tell(&text);
            edge.tell("\nnothing was exported; another `--format` may hold these values");
            Ok(Exit::No)
        }
        Err(NotMade::File(error)) => Err(error),
    }
}

/// What is set and yet not in the export: nobody should find out from a service that fails.
pub(super) fn tell_sealed(edge: &mut Edge, gathered: &Gathered, leaving: &Leaving) {
    let sealed: Vec<&str> = gathered
        .resolution
        .iter()
        .filter(|(variable, state, _)| *state == State::Sealed && leaving.takes(variable))
        .map(|(variable, ..)| leaving.name(variable))
        .collect();
    if !sealed.is_empty() {
        edge.tell(&format!("left out, only the encrypted form is known: {}", sealed.join(", ")));
    }
}

/// One line about warnings: they are worth knowing and stand in the way of nothing.
fn tell_warnings(edge: &mut Edge, findings: &Findings) {
    let count = findings.count(Severity::Warning);
    if count > 0 {
        let them = if count == 1 { "it" } else { "them" };
        edge.tell(&format!("{}; `envctl validate` shows {them}", counted(count, "warning")));
    }
}

/// Where each value comes from, a line for each variable that is set.
fn origins(gathered: &Gathered, leaving: &Leaving) -> String {
    let lines: Vec<_> = gathered
        .resolution
        .iter()
        .filter(|(variable, ..)| leaving.takes(variable))
        .filter_map(|(variable, state, resolved)| {
            let (kind, place) = match (&resolved.chosen, &resolved.sealed) {
                (Some(chosen), _) => (chosen.kind, place_text(&chosen.place)),
                (None, Some(place)) => (LayerKind::StackOutput, format!("{place}, encrypted")),
                (None, None) => return None,
            };
            let invalid = if state == State::Invalid { ", not valid" } else { "" };
            Some((leaving.name(variable), kind.to_string(), place + invalid))
        })
        .collect();
    let longest = lines.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, kind, place) in lines {
        let _ = writeln!(text, "{name:<longest$}  {kind:<19}  {place}");
    }
    text
}
