//! Where a value that is rotated comes from, and so would come back from.

use envctl_resolver::runner::Command;
use envschema::{Place, SecretValue};

use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::env_file::NewValues;
use crate::error::CliError;
use crate::gather::{Reading, gather};
use crate::project::Project;
use crate::stack::address;
use crate::sync::SyncError;

/// Where the environment has a value from, and so would have the old one from again.
pub(super) struct Source {
    pub(super) value: Option<SecretValue>,
    pub(super) is: Is,
}

pub(super) enum Is {
    /// The env file of the environment.
    EnvFile,
    /// The configuration of its stack: the key there.
    StackConfig { key: String, folder: String, stack: String },
    /// Nothing that would come back: the targets alone have it, or nobody.
    Nowhere,
}

pub(super) fn source(
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
        None | Some(Place::Stored { .. } | Place::Generated { .. }) => Is::Nowhere,
        Some(place) => {
            let (name, place) = (name.to_owned(), place.to_string());
            return Err(SyncError::RotatedElsewhere { name, place }.into());
        }
    };
    Ok(Source { value: chosen.map(|chosen| chosen.value.clone()), is })
}

impl Source {
    /// Gives the source the new value.
    pub(super) fn write(
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
            Is::Nowhere => {}
        }
        Ok(())
    }

    /// The steps that it adds to a plan.
    pub(super) fn steps(&self) -> Vec<String> {
        match &self.is {
            Is::EnvFile => vec!["write it to the env file".to_owned()],
            Is::StackConfig { key, stack, .. } => vec![
                format!("pulumi config set --secret {key} --stack {stack}   (the value through a pipe)"),
                format!("pulumi up --stack {stack}   (by you)"),
            ],
            Is::Nowhere => Vec::new(),
        }
    }
}
