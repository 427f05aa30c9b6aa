//! `envctl get NAME`: one value.

use envctl_resolver::Resolution;
use envschema::{Findings, SecretValue, Severity, State};
use serde::Serialize;

use crate::arguments::GetArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::render::Tone;

/// The version of the JSON form.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Got<'a> {
    version: u32,
    variable: &'a str,
    environment: Option<&'a str>,
    state: State,
    value: Option<&'a str>,
    reason: Option<&'a str>,
}

pub(crate) fn get(arguments: &GetArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let name = project.variable_called(&arguments.name);
    let reading = Reading { process: !arguments.no_process_env, complete: false, stored: None };
    let gathered = gather(edge, &project, &arguments.input, reading)?;
    let resolution = &gathered.resolution;
    let Some((variable, state, _)) = resolution.get(name) else {
        return Err(CliError::no_variable(&project.contract, name));
    };
    let value = resolution.value(name);
    let (reason, help) = match value {
        Some(_) => (None, None),
        None => why_none(resolution, &gathered.findings(false), name, state),
    };
    if arguments.json {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        let value = value.map(SecretValue::expose);
        let (variable, environment) = (&*variable.name, project.contract.environment());
        let reason = reason.as_deref();
        edge.print_json(&Got { version: VERSION, variable, environment, state, value, reason })?;
    } else if let Some(value) = value {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        edge.output.write_all(value.expose().as_bytes())?;
        if !arguments.no_newline {
            edge.output.write_all(b"\n")?;
        }
    } else {
        let look = edge.messages_look;
        let mut text = format!("{}: {}", look.paint(Tone::Error, "error"), reason.unwrap_or_default());
        if let Some(help) = help {
            text.push_str(&format!("\n{}: {help}", look.paint(Tone::Good, "help")));
        }
        edge.tell(&text);
    }
    Ok(if value.is_some() { Exit::Yes } else { Exit::No })
}

/// Why a variable has no value, and what to do.
fn why_none(
    resolution: &Resolution,
    findings: &Findings,
    name: &str,
    state: State,
) -> (Option<String>, Option<String>) {
    let about = |finding: &&envschema::Finding| {
        finding.severity == Severity::Error && finding.variable.as_deref() == Some(name)
    };
    if let Some(finding) = findings.iter().find(about) {
        return (Some(finding.message.clone()), finding.help.clone());
    }
    let reason = match (state, resolution.why(name)) {
        (State::Sealed, _) => format!("{name} is set, but only its encrypted form is known"),
        (State::NotNeeded, Some(why)) => format!("{name} is not set; it is not needed, because {why}"),
        _ => format!("{name} is not set; it is optional"),
    };
    (Some(reason), None)
}
