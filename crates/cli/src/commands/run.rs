//! `envctl run`: a command with the resolved variables in its environment.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::Command;

use envschema::{Code, Finding, Severity};

use super::export::tell_sealed;
use crate::arguments::RunArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Gathered, Reading, gather};
use crate::project::Project;
use crate::redact::Redactor;
use crate::report::{findings_text, run_text};
use crate::select::Leaving;
use crate::supervise::{Failed, supervise};

/// What a program is found by.
const PATH: &str = "PATH";

/// How much Linux takes for one variable, with its name, on most machines.
const MOST_OF_ONE: usize = 128 << 10;

pub(crate) fn run(arguments: &RunArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let reading = Reading { process: !arguments.no_process_env, complete: false, stored: None };
    let leaving = Leaving::new(&project, &arguments.only)?;
    let gathered = gather(edge, &project, &arguments.input, reading)?;
    let findings = gathered.findings(false);
    if !findings.is_valid() && !arguments.allow_invalid {
        let text = run_text(&gathered.judgement(&findings), edge.messages_look);
        edge.tell(&text);
        edge.tell("nothing was run; `--allow-invalid` runs it with what has a value");
        return Ok(Exit::No);
    }
    let refused = unpassable(&gathered, &leaving);
    if !refused.is_empty() {
        let refused = refused.into_iter().collect();
        let text = findings_text(&gathered.judgement(&refused), edge.messages_look);
        edge.tell(&text);
        edge.tell("\nnothing was run");
        return Ok(Exit::No);
    }
    tell_sealed(edge, &gathered, &leaving);
    let redactor = if arguments.redact { Some(redactor(&gathered)?) } else { None };
    if redactor.is_some() {
        tell_unmasked(edge, &gathered);
    }
    let command = command(arguments, edge, &gathered, &leaving);
    let large = large(&command);
    // Nothing of it is needed while the command runs.
    drop(gathered);
    match supervise(command, redactor.as_ref()) {
        Ok(code) => Ok(Exit::Command(code)),
        Err(failed) => Err(not_run(failed, edge, &arguments.command[0], large)),
    }
}

/// Values that no environment can carry.
fn unpassable(gathered: &Gathered, leaving: &Leaving) -> Vec<Finding> {
    let values = leaving.exported(&gathered.resolution);
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

/// Names the secrets that `--redact` leaves as they are.
fn tell_unmasked(edge: &mut Edge, gathered: &Gathered) {
    let unmasked = gathered.resolution.iter().filter(|(variable, _, resolved)| {
        let chosen = resolved.chosen.iter().map(|chosen| &chosen.value);
        variable.is_secret() && chosen.chain(resolved.others()).any(Redactor::leaves)
    });
    let names: Vec<_> = unmasked.map(|(variable, ..)| variable.name.to_string()).collect();
    if !names.is_empty() {
        edge.tell(&format!("not masked, too short: {}", names.join(", ")));
    }
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
    for exported in leaving.exported(&gathered.resolution) {
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

/// The names of variables that are longer, with their names, than Linux passes.
fn large(command: &Command) -> Vec<String> {
    let is_large = |(name, value): &(&OsStr, Option<&OsStr>)| {
        cfg!(target_os = "linux") && name.len() + value.map_or(0, OsStr::len) + "=\0".len() > MOST_OF_ONE
    };
    let mut names: Vec<_> =
        command.get_envs().filter(is_large).map(|(name, _)| name.display().to_string()).collect();
    names.sort_unstable();
    names
}

/// The name of a variable, if that is what stands in the place of a program.
fn assigned(program: &OsStr) -> Option<&str> {
    let text = program.to_str().unwrap_or_default();
    let (name, _) = text.split_once('=')?;
    let is_name = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    Some(name).filter(|_| is_name && !name.is_empty())
}

/// Why the command did not run, in the words and with the exit code of a shell.
fn not_run(failed: Failed, edge: &Edge, program: &OsStr, large: Vec<String>) -> CliError {
    let assigned = assigned(program);
    let program = PathBuf::from(program);
    let error = match failed {
        Failed::Start(error) => error,
        Failed::Watch(error) => return CliError::Watch { program, error },
        Failed::Print(error) => return CliError::Print { program, error },
    };
    if let Some(name) = assigned.filter(|_| error.kind() == ErrorKind::NotFound) {
        return CliError::NoAssignment { name: name.to_owned() };
    }
    let path = edge.path(Path::new(&program));
    let named_by_path = program.components().count() > 1;
    match error.kind() {
        ErrorKind::NotFound if named_by_path && path.is_file() => CliError::NoInterpreter { program },
        ErrorKind::ArgumentListTooLong if !large.is_empty() => {
            CliError::LargeVariables { program, names: large }
        }
        _ if is_unknown_format(&error) => CliError::NoFormat { program },
        ErrorKind::NotFound => CliError::NoCommand { program, named_by_path },
        _ => CliError::NotExecutable { is_folder: named_by_path && path.is_dir(), program, error },
    }
}

#[cfg(unix)]
fn is_unknown_format(error: &io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::NOEXEC.raw_os_error())
}

#[cfg(not(unix))]
fn is_unknown_format(_: &io::Error) -> bool {
    false
}
