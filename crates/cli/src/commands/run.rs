//! `envctl run`: a command with the resolved variables in its environment.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use envschema::{Code, Finding, Severity};

use super::export::tell_sealed;
use crate::arguments::RunArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::format::exported;
use crate::gather::{Gathered, Reading, gather};
use crate::judgement::Judgement;
use crate::project::Project;
use crate::redact::Redactor;
use crate::report::{findings_text, run_text};
use crate::select::Leaving;
use crate::supervise::{Failed, supervise};

/// What a program is found by.
const PATH: &str = "PATH";

pub(crate) fn run(arguments: &RunArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let reading = Reading { process: !arguments.no_process_env, complete: false };
    let leaving = Leaving::new(&project, &arguments.only)?;
    let gathered = gather(edge, &project, &arguments.input, reading)?;
    let findings = gathered.findings(false);
    if !findings.is_valid() && !arguments.allow_invalid {
        let text = run_text(&Judgement::new(&gathered, &findings), edge.messages_look);
        edge.tell(&text);
        edge.tell("nothing was run; `--allow-invalid` runs it with what has a value");
        return Ok(Exit::No);
    }
    let refused = unpassable(&gathered, &leaving);
    if !refused.is_empty() {
        let refused = refused.into_iter().collect();
        let text = findings_text(&Judgement::new(&gathered, &refused), edge.messages_look);
        edge.tell(&text);
        edge.tell("\nnothing was run");
        return Ok(Exit::No);
    }
    tell_sealed(edge, &gathered, &leaving);
    let redactor = if arguments.redact { Some(redactor(&gathered)?) } else { None };
    let command = command(arguments, edge, &gathered, &leaving);
    // Nothing of it is needed while the command runs.
    drop(gathered);
    match supervise(command, redactor.as_ref()) {
        Ok(code) => Ok(Exit::Command(code)),
        Err(failed) => Err(not_run(failed, edge, &arguments.command[0])),
    }
}

/// Values that no environment can carry.
fn unpassable(gathered: &Gathered, leaving: &Leaving) -> Vec<Finding> {
    let values = exported(&gathered.resolution, leaving);
    #[expect(clippy::disallowed_methods, reason = "only searched for a NUL")]
    let with_nul = values.iter().filter(|exported| exported.value.expose().contains('\0'));
    with_nul
        .map(|exported| {
            let name = exported.name;
            let message = format!("{name} cannot be passed to a command: it holds a NUL byte");
            Finding::new(Code::Unwritable, Severity::Error, exported.variable.name.clone(), message)
                .help("encode it, for example in base64")
        })
        .collect()
}

/// Masks every secret that is known, whether it is passed or not.
fn redactor(gathered: &Gathered) -> Result<Redactor, CliError> {
    let resolution = &gathered.resolution;
    let values = resolution.iter().flat_map(|(variable, _, resolved)| {
        let chosen = resolved.chosen.as_ref().map(|chosen| &chosen.value);
        let chosen = chosen.filter(|value| variable.is_secret() || resolution.is_a_secret(value));
        // What does not count can be printed all the same, such as an env file.
        let others = resolved.others().filter(|_| variable.is_secret());
        chosen.into_iter().chain(others).map(|value| (&*variable.name, value))
    });
    Redactor::new(values).map_err(CliError::Redact)
}

fn command(arguments: &RunArguments, edge: &Edge, gathered: &Gathered, leaving: &Leaving) -> Command {
    let mut command = Command::new(&arguments.command[0]);
    command.args(&arguments.command[1..]).env_clear();
    let judged = judged(edge, gathered, leaving);
    for (name, value) in edge.environment.iter() {
        let judged = name.to_str().is_some_and(|name| judged.contains(name));
        if !judged && (!arguments.clean || name == PATH) {
            command.env(name, value);
        }
    }
    for exported in exported(&gathered.resolution, leaving) {
        #[expect(
            clippy::disallowed_methods,
            reason = "goes into the environment of the command it is meant for"
        )]
        command.env(exported.name, exported.value.expose());
    }
    if !edge.folder.as_os_str().is_empty() {
        command.current_dir(&edge.folder);
    }
    command
}

/// The names that pass in their judged form or not at all: those of the contract, those of its part and profile, and what
/// they are called for the target.
fn judged<'a>(edge: &'a Edge, gathered: &'a Gathered, leaving: &'a Leaving) -> HashSet<&'a str> {
    let whole = edge.contract.iter().flat_map(|schema| schema.base().variables());
    let part = gathered.resolution.contract().variables();
    let own = part.iter().map(|variable| leaving.name(variable));
    whole.chain(part).map(|variable| &*variable.name).chain(own).collect()
}

/// Why the command did not run, in the words and with the exit code of a shell.
fn not_run(failed: Failed, edge: &Edge, program: &OsStr) -> CliError {
    let program = PathBuf::from(program);
    let error = match failed {
        Failed::Start(error) => error,
        Failed::Watch(error) => return CliError::Watch { program, error },
    };
    let path = edge.path(Path::new(&program));
    let named_by_path = program.components().count() > 1;
    match error.kind() {
        std::io::ErrorKind::NotFound if named_by_path && path.is_file() => {
            CliError::NoInterpreter { program }
        }
        std::io::ErrorKind::NotFound => CliError::NoCommand { program, named_by_path },
        _ => CliError::NotExecutable { is_folder: named_by_path && path.is_dir(), program, error },
    }
}
