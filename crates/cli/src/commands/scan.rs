//! `envctl scan`: whether secret values stand where they should not.

use std::path::PathBuf;

use crate::arguments::ScanArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::report::{self, Report, Run};
use crate::scan::{Leaks, Needles, OwnFiles, search_files, search_history, search_staged};

pub(crate) fn scan(arguments: &ScanArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let reads_input = arguments.paths.iter().any(|path| path.as_os_str() == "-");
    if reads_input && arguments.input.reads_standard_input() {
        return Err(CliError::InputTwice);
    }
    if arguments.input.generate {
        return Err(CliError::NothingGenerated);
    }
    let reading = Reading { process: !arguments.no_process_env, complete: false, stored: None };
    let projects = Project::open_each(edge, &arguments.input)?;
    let mut gathered = Vec::with_capacity(projects.len());
    for project in &projects {
        gathered.push(gather(edge, project, &arguments.input, reading)?);
    }
    let needles = Needles::of(gathered.iter().map(|one| &one.resolution))?;
    let own = OwnFiles::of(edge, &projects, &arguments.input);
    let here = [PathBuf::from(".")];
    let mut found = match arguments.paths.as_slice() {
        _ if arguments.staged => search_staged(edge, &needles, &own)?,
        _ if arguments.history => search_history(edge, &needles)?,
        [] => search_files(edge, &needles, &own, &here)?,
        paths => search_files(edge, &needles, &own, paths)?,
    };
    found.sort();
    let leaks: Vec<_> = gathered
        .iter()
        .enumerate()
        .map(|(run, one)| Leaks::new(&needles, &found, run, &one.resolution))
        .collect();
    let runs = leaks.iter().map(|leaks| leaks as &dyn Run).collect();
    let contract = projects.first().map_or("", |project| &project.contract_file);
    report::print(arguments.report.form(), &Report { command: "scan", contract, runs }, edge)?;
    let is_clean = leaks.iter().all(|leaks| leaks.findings().is_valid());
    Ok(if is_clean { Exit::Yes } else { Exit::No })
}
