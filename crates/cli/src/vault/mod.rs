//! The vault: an encrypted file of the project, and what opens it on this machine.
//!
//! - `identity`: the file that opens vaults, found or made
//! - `ask`: passphrases, typed on the terminal

mod ask;
mod identity;

use envctl_sync::{Storage, Target};
use envctl_vault::VaultTarget;

use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::sync::State;

pub(crate) use ask::TerminalAsk;
pub(crate) use identity::IdentityFile;

/// The vault in a file, as a target. It is made for whoever has the identities of this machine, if it is not there yet.
///
/// # Errors
///
/// What stands in the way of reading the identities.
pub(crate) fn target(
    edge: &mut Edge,
    project: &Project,
    storage: Box<dyn Storage>,
) -> Result<Box<dyn Target>, CliError> {
    let identities = IdentityFile::of(edge, project)?.read()?;
    let recipients = identities.iter().map(envctl_vault::Identity::to_recipient).collect();
    let names = project.contract.variables().iter().map(|variable| variable.name.to_string());
    let key = State::of(edge, project)?.key(&mut *edge.random)?;
    let target = VaultTarget::new(storage, key)
        .opened_by(identities, Box::new(TerminalAsk::of(edge)))
        .made_for(recipients)
        .in_order(names.collect());
    Ok(Box::new(target))
}
