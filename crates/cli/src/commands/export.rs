//! `envctl export`.

use std::fmt::Write as _;

use envctl_resolver::{CheckOptions, check};
use envschema::{Findings, Severity};

use crate::arguments::ExportArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::format;
use crate::gather::{Gathered, Reading, gather};
use crate::project::Project;
use crate::render::{Report, findings_text};
use crate::write::{Written, write_file};

pub(crate) fn export(arguments: &ExportArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    // What is kept should not depend on the terminal it was made in.
    let process = arguments.process_env || !(arguments.no_process_env || arguments.output.is_some());
    let gathered = gather(edge, &project, &arguments.input, Reading { process, complete: false })?;
    let mut findings = check(&gathered.resolution, &CheckOptions { complete: false, files: &gathered.files });
    findings.extend(gathered.notes.iter().cloned());
    if !findings.is_valid() && !arguments.allow_invalid {
        let report = Report::new(&gathered.resolution, &findings);
        let text = findings_text(&report, edge.messages_look);
        edge.messages.write_all(text.as_bytes())?;
        edge.tell("nothing was exported; `--allow-invalid` exports what has a value")?;
        return Ok(Exit::No);
    }
    if arguments.explain {
        let text = origins(&gathered);
        edge.output.write_all(text.as_bytes())?;
        return Ok(Exit::Yes);
    }
    match format::print(arguments.format, arguments.typed, &gathered.resolution) {
        Ok(text) => {
            deliver(arguments, edge, text.as_bytes())?;
            warn(edge, &findings)?;
            Ok(Exit::Yes)
        }
        Err(refused) => {
            let refused: Findings = refused.into_iter().collect();
            let report = Report::new(&gathered.resolution, &refused);
            let text = findings_text(&report, edge.messages_look);
            edge.messages.write_all(text.as_bytes())?;
            edge.tell("nothing was exported")?;
            Ok(Exit::No)
        }
    }
}

fn deliver(arguments: &ExportArguments, edge: &mut Edge, bytes: &[u8]) -> Result<(), CliError> {
    let Some(given) = &arguments.output else {
        return Ok(edge.output.write_all(bytes)?);
    };
    let path = edge.path(given);
    let done = match write_file(&path, given, bytes, arguments.yes)? {
        Written::Created => "written",
        Written::Replaced => "replaced",
        Written::Unchanged => "unchanged",
    };
    Ok(edge.tell(&format!("{} {done}", given.display()))?)
}

/// One line about warnings: they are worth knowing and stand in the way of nothing.
fn warn(edge: &mut Edge, findings: &Findings) -> Result<(), CliError> {
    let count = findings.count(Severity::Warning);
    if count > 0 {
        let plural = if count == 1 { "" } else { "s" };
        edge.tell(&format!("{count} warning{plural}; `envctl validate` shows them"))?;
    }
    Ok(())
}

/// Where each value comes from, a line for each variable that has one.
fn origins(gathered: &Gathered) -> String {
    let lines: Vec<_> = gathered
        .resolution
        .iter()
        .filter_map(|(variable, _, resolved)| Some((&*variable.name, resolved.chosen.as_ref()?)))
        .collect();
    let longest = lines.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (name, chosen) in lines {
        let kind = chosen.kind.to_string();
        let _ = writeln!(text, "{name:<longest$}  {kind:<19}  {}", chosen.place);
    }
    text
}
