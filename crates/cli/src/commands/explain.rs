//! `envctl explain NAME`.

use envctl_engine::Explanation;
use envschema::Finding;

use crate::arguments::ExplainArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::render::explanation_text;

pub(crate) fn explain(arguments: &ExplainArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let name = project.variable_called(&arguments.name);
    if project.contract.variable(name).is_none() {
        return Err(CliError::no_variable(&project.contract, name));
    }
    let reading = Reading { process: !arguments.no_process_env, complete: false, stored: None };
    let gathered = gather(edge, &project, &arguments.input, reading)?;
    let Some((variable, state, resolved)) = gathered.resolution.get(name) else {
        return Err(CliError::no_variable(&project.contract, name));
    };
    let example = gathered.sources.examples.get(name);
    let findings = gathered.findings(false);
    let about = |finding: &Finding| finding.variable.as_deref() == Some(name);
    let findings = findings.into_iter().filter(about).collect();
    let explanation = Explanation::new(&gathered.resolution, variable, state, resolved, example, findings);
    if arguments.json {
        edge.print_json(&explanation)?;
    } else {
        let text = explanation_text(&explanation, edge.output_look);
        edge.output.write_all(text.as_bytes())?;
    }
    Ok(Exit::Yes)
}
