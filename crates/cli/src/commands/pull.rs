//! `envctl pull`.

use envschema::SecretValue;

use crate::arguments::PullArguments;
use crate::ask;
use crate::edge::Edge;
use crate::env_file::{NewValues, changes_text};
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::Project;
use crate::render::counted;
use crate::sync::{all_held, chosen, settle};

pub(crate) fn pull(arguments: &PullArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let targets = &project.loaded.settings.targets;
    let chosen = chosen(targets, &arguments.from, project.contract.environment())?;
    let mut input = arguments.input.clone();
    settle(&mut input, &chosen);
    let project = Project::open(edge, &input)?;
    for name in &arguments.only {
        if project.contract.variable(name).is_none() {
            return Err(CliError::no_variable(&project.contract, name));
        }
    }
    let layers = all_held(edge, project.contract.environment(), chosen, &input)?;
    let mut values: Vec<(&str, &SecretValue)> = Vec::new();
    // In the order of the contract, which is how new lines are added.
    for variable in project.contract.variables() {
        let name = &*variable.name;
        if !arguments.only.is_empty() && !arguments.only.iter().any(|only| only == name) {
            continue;
        }
        if let Some(candidate) = layers.iter().find_map(|layer| layer.get(name)) {
            values.push((name, &candidate.value));
        }
    }
    if values.is_empty() {
        edge.tell("the targets hold none of these variables; nothing was written");
        return Ok(Exit::No);
    }
    let new = NewValues::make(&project, &values)?;
    let Some(changes) = new.changes() else {
        edge.tell(&format!("{} holds {} already", new.file(), counted(values.len(), "variable")));
        return Ok(Exit::Yes);
    };
    if !arguments.yes {
        let text = changes_text(&changes, edge.messages_look);
        edge.tell(&format!("{} would change:\n{text}", new.file()));
        if !edge.asks {
            return Err(CliError::NobodyToAsk { path: new.shown_path().to_owned() });
        }
        if !ask::yes(edge, &format!("change {}?", new.file()))? {
            return Err(CliError::NoConsent { path: new.shown_path().to_owned() });
        }
    }
    new.write()?;
    edge.tell(&format!("{} changed: {}", new.file(), changes.summary()));
    Ok(Exit::Yes)
}
