//! `envctl validate`: the gate of a pipeline.

use envctl_resolver::{CheckOptions, check};

use crate::arguments::{ReportFormat, ValidateArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::render::{Report, findings_text};

pub(crate) fn validate(arguments: &ValidateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let reading = Reading { process: !arguments.no_process_env, complete: arguments.complete };
    let gathered = gather(edge, &project, &arguments.input, reading)?;
    let mut findings =
        check(&gathered.resolution, &CheckOptions { complete: arguments.complete, files: &gathered.files });
    findings.extend(gathered.notes);
    let report = Report::new(&gathered.resolution, &findings);
    if arguments.json || arguments.format == ReportFormat::Json {
        edge.print_json(&report)?;
    } else {
        let text = findings_text(&report, edge.output_look);
        edge.output.write_all(text.as_bytes())?;
    }
    Ok(if report.valid { Exit::Yes } else { Exit::No })
}
