//! `envctl drift`.

use crate::arguments::{DriftArguments, InputArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::Project;
use crate::sync::{Staging, Wish, chosen, drift_report};

pub(crate) fn drift(arguments: &DriftArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let mut exit = Exit::Yes;
    let projects = Project::open_each(edge, &arguments.input)?;
    for (at, project) in projects.into_iter().enumerate() {
        let environment = project.contract.environment().map(str::to_owned);
        let mut input: InputArguments = arguments.input.clone();
        input.project.environment = environment.iter().cloned().collect();
        let targets = &project.loaded.settings.targets;
        let wish = Wish::new(chosen(targets, &arguments.to, environment.as_deref())?, input);
        let stages = match Staging::make(edge, &wish)? {
            Staging::Planned(stages) => Some(stages),
            Staging::Invalid(findings) => {
                edge.tell(&findings);
                None
            }
        };
        if at > 0 {
            edge.output.write_all(b"\n")?;
        }
        let text = drift_report(&project.contract, stages.as_deref());
        edge.output.write_all(text.as_bytes())?;
        let Some(stages) = stages else {
            exit = if exit == Exit::Yes { Exit::No } else { exit };
            continue;
        };
        let plans = || stages.iter().map(|stage| &stage.prepared.plan);
        if plans().any(|plan| plan.unknown().next().is_some()) {
            exit = Exit::Outside;
        } else if exit == Exit::Yes && !plans().all(envctl_sync::Plan::is_in_sync) {
            exit = Exit::No;
        }
    }
    Ok(exit)
}
