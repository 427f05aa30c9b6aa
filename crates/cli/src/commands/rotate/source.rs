//! Where the environment has the old value from, which gets the new one after the targets have it.

use envctl_resolver::runner::Command;
use envschema::{Place, SecretValue};

use crate::edge::Edge;
use crate::env_file::NewValues;
use crate::error::CliError;
use crate::gather::Gathered;
use crate::project::Project;
use crate::stack::address;
use crate::sync::SyncError;

/// Where the environment has a value from, and so would have the old one from again.
pub(super) struct Source {
    pub(super) value: Option<SecretValue>,
    is: Is,
}

enum Is {
    /// The env file of the environment.
    EnvFile,
    /// The configuration of its stack: the key there.
    StackConfig { key: String, folder: String, stack: String },
    /// Nothing that would come back: the targets alone have it, or nobody.
    Nowhere,
}

/// Where a variable has its value from.
///
/// # Errors
///
/// `RotatedElsewhere` for a source that would give the old value back; settings of the stack that do not tell which one it
/// is.
pub(super) fn source(project: &Project, gathered: &Gathered, name: &str) -> Result<Source, CliError> {
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

    /// What is left to do for a person, if there is something.
    pub(super) fn next(&self) -> Option<String> {
        let Is::StackConfig { folder, stack, .. } = &self.is else { return None };
        Some(format!("next: `{}` gives it to what the stack deploys", in_stack("pulumi up", stack, folder)))
    }

    /// The steps that it adds to a plan.
    pub(super) fn steps(&self) -> Vec<String> {
        match &self.is {
            Is::EnvFile => vec!["write it to the env file".to_owned()],
            Is::StackConfig { key, folder, stack } => {
                let set = in_stack(&format!("pulumi config set --secret {key}"), stack, folder);
                let up = in_stack("pulumi up", stack, folder);
                vec![format!("{set}   (the value through a pipe)"), format!("{up}   (by you)")]
            }
            Is::Nowhere => Vec::new(),
        }
    }
}

/// A command line of Pulumi for a stack, as a person types it.
fn in_stack(command: &str, stack: &str, folder: &str) -> String {
    let folder = if folder.is_empty() { String::new() } else { format!(" --cwd {folder}") };
    format!("{command} --stack {stack}{folder}")
}
