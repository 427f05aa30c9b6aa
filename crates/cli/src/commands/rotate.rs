//! `envctl rotate`.

use std::collections::BTreeSet;
use std::path::Path;

use envctl_resolver::producers::generate;
use envctl_resolver::runner::Command;
use envctl_resolver::{Layer, LayerKind};
use envctl_sync::{Choices, Journal, Pace, Run, apply};
use envschema::{Place, SecretValue, Variable};

use crate::arguments::{InputArguments, RotateArguments};
use crate::ask;
use crate::edge::Edge;
use crate::env_file::NewValues;
use crate::error::CliError;
use crate::exit::Exit;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::read;
use crate::settings::To;
use crate::stack::address;
use crate::sync::{
    Chosen, Ending, Stage, Staging, State, SyncError, Wish, chosen, ending_text, has_vault, plan_text,
};

pub(crate) fn rotate(arguments: &RotateArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let project = Project::open(edge, &arguments.input)?;
    let name = project.variable_called(&arguments.name).to_owned();
    let Some((_, variable)) = project.contract.variable(&name) else {
        return Err(CliError::no_variable(&project.contract, &name));
    };
    let variable = variable.clone();
    check(arguments, &variable)?;
    let source = source(edge, &project, &arguments.input, &name)?;
    let chosen = targets(arguments, &project)?;
    let state = State::of(edge, &project)?;
    let key = state.key(&mut *edge.random)?;
    let file = state.journal(&project.contract)?;
    let storage = file.alone()?;
    let earlier = Journal::read(storage).map_err(SyncError::Journal)?;

    // What is there now, before anything of it is decided.
    let now = wish(arguments, &chosen, &name, Vec::new());
    let Some(stages) = stages(edge, &now)? else { return Ok(Exit::No) };
    let held: Vec<SecretValue> = stages.iter().flat_map(|stage| stage.held(&name)).collect();
    let mut known = source.value.iter().chain(&held);
    let begun = earlier.as_ref().filter(|run| run.rotated() == Some(&name));
    let begun = begun.and_then(|run| known.find(|value| run.is_new_value(value, &key)).cloned());
    let value = match begun {
        Some(value) => {
            edge.tell(&format!("going on with a rotation of {name} that was stopped"));
            value
        }
        None => new_value(arguments, edge, &variable)?,
    };

    let mut layer = Layer::new(LayerKind::Override, "rotate");
    layer.insert(&*name, value.clone(), Place::Given { how: "a new value".into() });
    let wish = wish(arguments, &chosen, &name, vec![layer]);
    let Some(stages) = self::stages(edge, &wish)? else { return Ok(Exit::No) };
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
        source.write(edge, &project, &name, &value)?;
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
    Ok(())
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

fn wish(arguments: &RotateArguments, chosen: &[Chosen], name: &str, overrides: Vec<Layer>) -> Wish {
    Wish {
        chosen: chosen.to_vec(),
        input: arguments.input.clone(),
        process: false,
        choices: Choices::default(),
        overrides,
        only: BTreeSet::from([name.to_owned()]),
        deadline: None,
        planned: Vec::new(),
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

/// Where the environment has a value from, and so would have the old one from again.
struct Source {
    value: Option<SecretValue>,
    is: Is,
}

enum Is {
    /// The env file of the environment.
    EnvFile,
    /// The configuration of its stack: the key there.
    StackConfig { key: String, folder: String, stack: String },
    /// Nothing that would come back.
    Elsewhere,
}

fn source(
    edge: &mut Edge,
    project: &Project,
    input: &InputArguments,
    name: &str,
) -> Result<Source, CliError> {
    let gathered = gather(edge, project, input, Reading::default())?;
    let chosen = gathered.resolution.get(name).and_then(|(_, _, resolved)| resolved.chosen.as_ref());
    let sealed = gathered.resolution.get(name).and_then(|(_, _, resolved)| resolved.sealed.as_deref());
    let place = chosen.map(|chosen| &chosen.place).or(sealed);
    let is = match place {
        Some(Place::File { .. }) => Is::EnvFile,
        Some(Place::Config { name: key, .. }) => {
            let address = address(project)?;
            Is::StackConfig { key: key.to_string(), folder: address.folder, stack: address.name }
        }
        _ => Is::Elsewhere,
    };
    Ok(Source { value: chosen.map(|chosen| chosen.value.clone()), is })
}

impl Source {
    /// Gives the source the new value.
    fn write(
        &self,
        edge: &mut Edge,
        project: &Project,
        name: &str,
        value: &SecretValue,
    ) -> Result<(), CliError> {
        match &self.is {
            Is::EnvFile => {
                let new = NewValues::make(project, &[(name, value)])?;
                new.write()?;
                edge.tell(&format!("{} has the new value", new.file()));
            }
            Is::StackConfig { key, folder, stack } => {
                let words = ["config", "set", "--secret", key, "--stack", stack];
                let mut command = Command::new("pulumi").args(words).stdin(value.clone());
                if !folder.is_empty() {
                    command = command.args(["--cwd", folder]);
                }
                edge.runner.run(&command.pass(["PULUMI_*", "AWS_*"])).map_err(SyncError::Stack)?;
                edge.tell(&format!("the configuration of stack {stack} has the new value"));
            }
            Is::Elsewhere => {}
        }
        Ok(())
    }

    /// The steps that it adds to a plan.
    fn steps(&self) -> Vec<String> {
        match &self.is {
            Is::EnvFile => vec!["write it to the env file".to_owned()],
            Is::StackConfig { key, stack, .. } => vec![
                format!("pulumi config set --secret {key} --stack {stack}   (the value through a pipe)"),
                format!("pulumi up --stack {stack}   (by you)"),
            ],
            Is::Elsewhere => Vec::new(),
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
