//! `envctl validate`: the gate of a pipeline.

use envschema::Findings;

use crate::arguments::ValidateArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Gathered, Reading, gather};
use crate::project::Project;
use crate::report::{self, Report, Run};

pub(crate) fn validate(arguments: &ValidateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let reading = Reading { process: !arguments.no_process_env, complete: arguments.complete, stored: None };
    let projects = Project::open_each(edge, &arguments.input)?;
    let mut judged: Vec<(Gathered, Findings)> = Vec::with_capacity(projects.len());
    for project in &projects {
        let gathered = gather(edge, project, &arguments.input, reading)?;
        let findings = gathered.findings(arguments.complete);
        judged.push((gathered, findings));
    }
    let judgements: Vec<_> = judged.iter().map(|(gathered, findings)| gathered.judgement(findings)).collect();
    let runs = judgements.iter().map(|judgement| judgement as &dyn Run).collect();
    let contract = projects.first().map_or("", |project| &project.contract_file);
    report::print(arguments.report.form(), &Report { command: "validate", contract, runs }, edge)?;
    let valid = judged.iter().all(|(_, findings)| findings.is_valid());
    Ok(if valid { Exit::Yes } else { Exit::No })
}
