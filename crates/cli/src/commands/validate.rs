//! `envctl validate`: the gate of a pipeline.

use crate::arguments::{ReportFormat, ValidateArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::render::{Report, report_text};

pub(crate) fn validate(arguments: &ValidateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
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
    Ok(if report.valid { Exit::Yes } else { Exit::No })
}
