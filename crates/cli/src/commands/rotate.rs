//! `envctl rotate`.

mod asked;
mod source;
mod value;

use envctl_engine::Judgement;
use envctl_resolver::{Layer, LayerKind};
use envctl_sync::{Journal, Pace, Run, apply};
use envschema::{Finding, Place, SecretValue, Variable};

use crate::arguments::RotateArguments;
use crate::ask;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Gathered, Reading, gather};
use crate::project::Project;
use crate::report::findings_text;
use crate::sync::{Ending, Stage, Staging, State, SyncError, Wish, ending_text, plan_text, reach, settle};

use asked::{Asked, targets};
use source::{Source, source};
use value::new_value;

pub(crate) fn rotate(arguments: &RotateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let targets = targets(&arguments.to, &project)?;
    let mut input = arguments.input.clone();
    settle(&mut input, &targets);
    let project = Project::open(edge, &input)?;
    let name = project.variable_called(&arguments.name).to_owned();
    let Some((_, variable)) = project.contract.variable(&name) else {
        return Err(CliError::no_variable(&project.contract, &name));
    };
    let variable = variable.clone();
    check(arguments, &variable)?;
    // Before anything is read: what needs a cloud is handed to another program.
    reach(edge, &targets)?;
    let gathered = gather(edge, &project, &input, Reading::default())?;
    let source = source(&project, &gathered, &name)?;
    let state = State::of(edge, &project)?;
    let key = state.key(&mut *edge.random)?;
    let file = state.journal(&project.contract)?;
    let storage = file.alone()?;
    let earlier = Journal::read(storage).map_err(SyncError::Journal)?;

    // What is there now, before anything of it is decided.
    let asked = Asked::new(&project, &input, &targets, &name);
    let Some(stages) = stages(edge, &asked.wish(Vec::new()))? else { return Ok(Exit::No) };
    let held: Vec<SecretValue> = stages.iter().flat_map(|stage| stage.held(&name)).collect();
    let mut known = source.value.iter().chain(&held);
    // A value that is given counts, even if another one was on its way.
    let begun = earlier.as_ref().filter(|run| run.rotated() == Some(&name) && arguments.value_from.is_none());
    let value = begun.and_then(|run| known.find(|value| run.is_new_value(value, &key)).cloned());
    if value.is_none() && begun.is_some_and(|run| run.done() > 0) {
        // Another new value would be one more beside it.
        return Err(SyncError::RotationLost { name }.into());
    }
    let value = match value {
        Some(value) => {
            edge.tell(&format!("going on with a rotation of {name} that was stopped"));
            value
        }
        None => new_value(arguments.value_from.as_deref(), edge, &variable)?,
    };

    let mut layer = Layer::new(LayerKind::Override, "rotate");
    layer.insert(&*name, value.clone(), Place::Given { how: "a new value".into() });
    if let Some(findings) = findings(edge, &project, &gathered, &layer, &name)? {
        tell_invalid(edge, &findings);
        return Ok(Exit::No);
    }
    let Some(stages) = self::stages(edge, &asked.wish(vec![layer]))? else { return Ok(Exit::No) };
    let stages: Vec<Stage> = stages.into_iter().filter(|stage| stage.has(&name)).collect();
    show(edge, &stages, &source)?;
    if arguments.plan {
        return Ok(Exit::No);
    }
    if let Some(exit) = refused(edge, &stages) {
        return Ok(exit);
    }
    if !arguments.yes {
        if !edge.asks {
            return Err(SyncError::NobodyToAsk.into());
        }
        if !ask::yes(edge, &format!("give {name} a new value?"))? {
            return Err(SyncError::NoConsent.into());
        }
    }
    let plans = stages.iter().map(|stage| &stage.prepared.plan);
    let run = Run::rotate(&name, &value, &key, plans);
    let journal = Journal::begin(storage, run, earlier.as_ref()).map_err(SyncError::Journal)?;
    let mut ending = Ending::default();
    for stage in &stages {
        let pace = Pace { concurrency: 1, deadline: None };
        let reports = apply(&*stage.opened.target, &stage.prepared, pace, &|_| ());
        ending.add(&reports);
        let done = reports.iter().filter(|report| report.outcome.is_done());
        let done: Vec<String> = done.map(|report| report.name.clone()).collect();
        // What cannot be kept is found at the targets by the next run.
        let _ = journal.note(&stage.prepared.plan.target, &done);
        let text = ending_text(&reports, edge.messages_look);
        if !text.is_empty() {
            edge.tell(&text);
        }
    }
    if ending.exit() == Exit::Yes {
        if let Err(error) = source.write(edge, &project, &name, &value) {
            // The targets have it; the next run goes on from here.
            edge.tell_error(&error);
            return Ok(Exit::Partial);
        }
        let _ = journal.end();
    }
    if !stages.is_empty() {
        let text = ending.text(edge.messages_look);
        edge.tell(&text);
    }
    if ending.exit() == Exit::Yes {
        tell_what_is_next(edge, &stages, &source, &name);
    }
    Ok(ending.exit())
}

/// What cannot be rotated.
fn check(arguments: &RotateArguments, variable: &Variable) -> Result<(), SyncError> {
    let name = variable.name.to_string();
    if !variable.is_secret() {
        return Err(SyncError::NotSecret { name });
    }
    if variable.generate.is_none() && arguments.value_from.is_none() {
        return Err(SyncError::NoGenerator { name });
    }
    if !arguments.input.env_files.is_empty() {
        let why = "the new value goes to the env file of the environment";
        return Err(SyncError::Useless { option: "--env-file", why });
    }
    Ok(())
}

/// Everything planned; none if it is not valid, which was told.
fn stages(edge: &mut Edge, wish: &Wish) -> Result<Option<Vec<Stage>>, CliError> {
    match Staging::make(edge, wish)? {
        Staging::Planned(stages) => Ok(Some(stages)),
        Staging::Invalid(findings) => {
            tell_invalid(edge, &findings);
            Ok(None)
        }
    }
}

fn tell_invalid(edge: &mut Edge, findings: &str) {
    edge.tell(findings);
    edge.tell("nothing was rotated: what is not valid is carried nowhere");
}

/// What would be wrong with the new value and is not wrong now. Targets judge what goes to them; a variable that goes to
/// none is judged here.
fn findings(
    edge: &mut Edge,
    project: &Project,
    gathered: &Gathered,
    new: &Layer,
    name: &str,
) -> Result<Option<String>, CliError> {
    let before = gathered.findings(false);
    let resolution = gathered.sources.resolve(edge, &project.contract, std::slice::from_ref(new), None)?;
    let mut after = gathered.findings_of(&resolution, false);
    let is_there = |finding: &Finding| {
        finding.variable.as_deref() != Some(name)
            && before.iter().any(|old| {
                (old.code, &old.variable, &old.message) == (finding.code, &finding.variable, &finding.message)
            })
    };
    after.retain(|finding| !is_there(finding));
    if after.is_valid() {
        return Ok(None);
    }
    let judgement = Judgement::new(&resolution, &after, &gathered.sources.absent);
    Ok(Some(findings_text(&judgement, edge.messages_look)))
}

fn show(edge: &mut Edge, stages: &[Stage], source: &Source) -> Result<(), CliError> {
    let look = edge.output_look;
    let mut text: String = stages.iter().map(|stage| plan_text(&stage.prepared.plan, look)).collect();
    for (at, step) in source.steps().iter().enumerate() {
        text.push_str(&format!("step {}: {step}\n", at + 1));
    }
    edge.output.write_all(text.as_bytes())?;
    Ok(edge.output.flush()?)
}

/// One target that may not be written to would keep the old value.
fn refused(edge: &mut Edge, stages: &[Stage]) -> Option<Exit> {
    let plans = || stages.iter().map(|stage| &stage.prepared.plan);
    if plans().any(|plan| plan.unknown().next().is_some()) {
        edge.tell("nothing was rotated: a target could not be looked at");
        return Some(Exit::Outside);
    }
    if plans().any(|plan| plan.refused().next().is_some()) {
        edge.tell("nothing was rotated: a target may not be written to; decide with `envctl sync` first");
        return Some(Exit::Refused);
    }
    None
}

fn tell_what_is_next(edge: &mut Edge, stages: &[Stage], source: &Source, name: &str) {
    if let Some(next) = source.next() {
        edge.tell(&next);
    }
    let services: Vec<String> = stages.iter().flat_map(|stage| stage.services(name)).collect();
    if !services.is_empty() {
        edge.tell(&format!("restart what read the old value at its start: {}", services.join(", ")));
    }
}
