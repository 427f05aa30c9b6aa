//! `envctl validate`: the gate of a pipeline.

use crate::arguments::{ReportFormat, ValidateArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::render::{Report, report_text};

pub(crate) fn validate(arguments: &ValidateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let mut exit = Exit::Yes;
    for project in Project::open_each(edge, &arguments.input)? {
        let reading = Reading { process: !arguments.no_process_env, complete: arguments.complete };
        let gathered = gather(edge, &project, &arguments.input, reading)?;
        let findings = gathered.findings(arguments.complete);
        let report = Report::new(&gathered, &findings);
        if arguments.json || arguments.format == ReportFormat::Json {
            edge.print_json(&report)?;
        } else {
            let text = report_text(&report, edge.output_look);
            edge.output.write_all(text.as_bytes())?;
        }
        if !report.valid {
            exit = Exit::No;
        }
    }
    Ok(exit)
}
