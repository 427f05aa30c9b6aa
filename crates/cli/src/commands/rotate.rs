//! `envctl rotate`.

mod source;

use std::collections::BTreeSet;
use std::path::Path;

use envctl_resolver::producers::generate;
use envctl_resolver::{Layer, LayerKind};
use envctl_sync::{Choices, Journal, Pace, Run, apply};
use envschema::template::Reference;
use envschema::{Place, SecretValue, Variable};

use crate::arguments::{InputArguments, RotateArguments};
use crate::ask;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::Project;
use crate::read;
use crate::settings::To;
use source::{Is, Source, source};

use crate::sync::{
    Chosen, Ending, Stage, Staging, State, SyncError, Wish, chosen, ending_text, has_vault, plan_text, reach,
    settle,
};

pub(crate) fn rotate(arguments: &RotateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let targets = targets(arguments, &project)?;
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
    let source = source(edge, &project, &input, &name)?;
    let state = State::of(edge, &project)?;
    let key = state.key(&mut *edge.random)?;
    let file = state.journal(&project.contract)?;
    let storage = file.alone()?;
    let earlier = Journal::read(storage).map_err(SyncError::Journal)?;

    // What is there now, before anything of it is decided.
    let asked = Asked { input: &input, chosen: &targets, only: with_dependants(&project, &name) };
    let now = asked.wish(Vec::new());
    let Some(stages) = stages(edge, &now)? else { return Ok(Exit::No) };
    let held: Vec<SecretValue> = stages.iter().flat_map(|stage| stage.held(&name)).collect();
    let mut known = source.value.iter().chain(&held);
    let begun = earlier.as_ref().filter(|run| run.rotated() == Some(&name));
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
        None => new_value(arguments, edge, &variable)?,
    };

    let mut layer = Layer::new(LayerKind::Override, "rotate");
    layer.insert(&*name, value.clone(), Place::Given { how: "a new value".into() });
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
    let text = ending.text(edge.messages_look);
    edge.tell(&text);
    if ending.exit() == Exit::Yes {
        tell_what_is_next(edge, &stages, &source);
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

/// The variable and every one whose template reads it: they have new values too.
fn with_dependants(project: &Project, name: &str) -> BTreeSet<String> {
    let variables = project.contract.variables();
    let mut names = BTreeSet::from([name.to_owned()]);
    loop {
        let reads = |variable: &&Variable| {
            let mut references = variable.references();
            references
                .any(|to| matches!(to, Reference::Variable(id) if names.contains(&*variables[*id].name)))
        };
        let found: Vec<String> =
            variables.iter().filter(reads).map(|variable| variable.name.to_string()).collect();
        let before = names.len();
        names.extend(found);
        if names.len() == before {
            return names;
        }
    }
}

fn targets(arguments: &RotateArguments, project: &Project) -> Result<Vec<Chosen>, SyncError> {
    let targets = &project.loaded.settings.targets;
    let mut chosen = match chosen(targets, &arguments.to, project.contract.environment()) {
        // A project without targets has its values in files only.
        Err(SyncError::Nothing) => Vec::new(),
        chosen => chosen?,
    };
    let is_described = chosen.iter().any(|one| one.to == To::Vault);
    if arguments.to == ["all"] && !is_described && has_vault(project) {
        // It would keep the old value, and give it back where it is a source.
        chosen.push(Chosen::vault());
    }
    Ok(chosen)
}

fn new_value(
    arguments: &RotateArguments,
    edge: &mut Edge,
    variable: &Variable,
) -> Result<SecretValue, CliError> {
    let value = match (&arguments.value_from, &variable.generate) {
        (Some(file), _) => given(edge, file)?,
        (None, Some(how)) => generate(how.form, &how.prefix, &mut *edge.random)?,
        (None, None) => return Err(SyncError::NoGenerator { name: variable.name.to_string() }.into()),
    };
    if value.is_empty() {
        return Err(SyncError::NoValue.into());
    }
    Ok(value)
}

fn given(edge: &mut Edge, file: &Path) -> Result<SecretValue, CliError> {
    let bytes = if file.as_os_str() == "-" {
        edge.read_input().map_err(|error| CliError::Input { option: "--value-from", error })?
    } else {
        let unreadable = |error| CliError::Unreadable { path: file.to_owned(), error };
        read::file(&edge.path(file)).map_err(unreadable)?
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: file.to_owned() })?;
    Ok(SecretValue::from(read::without_last_break(text)))
}

/// What is asked of targets.
struct Asked<'a> {
    input: &'a InputArguments,
    chosen: &'a [Chosen],
    only: BTreeSet<String>,
}

impl Asked<'_> {
    fn wish(&self, overrides: Vec<Layer>) -> Wish {
        Wish {
            chosen: self.chosen.to_vec(),
            input: self.input.clone(),
            process: false,
            choices: Choices::default(),
            overrides,
            only: self.only.clone(),
            deadline: None,
            restores: false,
            planned: Vec::new(),
        }
    }
}

/// Everything planned; none if it is not valid, which was told.
fn stages(edge: &mut Edge, wish: &Wish) -> Result<Option<Vec<Stage>>, CliError> {
    match Staging::make(edge, wish)? {
        Staging::Planned(stages) => Ok(Some(stages)),
        Staging::Invalid(findings) => {
            edge.tell(&findings);
            edge.tell("nothing was rotated: what is not valid is carried nowhere");
            Ok(None)
        }
    }
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

fn tell_what_is_next(edge: &mut Edge, stages: &[Stage], source: &Source) {
    if let Is::StackConfig { stack, .. } = &source.is {
        edge.tell(&format!("next: `pulumi up --stack {stack}` gives it to what the stack deploys"));
    }
    let services: Vec<String> = stages.iter().flat_map(Stage::services).collect();
    if !services.is_empty() {
        edge.tell(&format!("restart what read the old value at its start: {}", services.join(", ")));
    }
}
