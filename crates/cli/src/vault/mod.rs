//! The vault: an encrypted file of the project, and what opens it on this machine.
//!
//! - `identity`: the file that opens vaults, found or made
//! - `ask` and `hidden`: values and passphrases, typed on the terminal
//! - `which`: the vault that a command is about, and the names that it takes
//! - `opened`: reading it, opening it, writing it
//! - `recipients`: keys as people give them
//! - `edited`: all values as an env file, and back
//! - `editor` and `private`: the editor, and the folder in memory in which it finds the text
//! - `error`: why a command of `vault` cannot do what it is asked for

mod ask;
mod edited;
mod editor;
mod error;
mod hidden;
mod identity;
mod opened;
mod private;
mod recipients;
mod which;

use envctl_sync::{Storage, Target};
use envctl_vault::VaultTarget;

use crate::edge::Edge;
use crate::error::CliError;
use crate::project::Project;
use crate::sync::State;

pub(crate) use ask::TerminalAsk;
pub(crate) use edited::{Edited, Values, take};
pub(crate) use editor::Editor;
pub(crate) use error::{VaultCommandError, exit_of};
pub(crate) use identity::IdentityFile;
pub(crate) use opened::LockedFile;
pub(crate) use recipients::{new_passphrase, new_recipients, one_key};
pub(crate) use which::VaultFile;

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
    let identities = IdentityFile::of(edge, &project.loaded)?.read()?;
    let recipients = identities.iter().map(envctl_vault::Identity::to_recipient).collect();
    let names = project.contract.variables().iter().map(|variable| variable.name.to_string());
    let key = State::reading_key(edge, project)?;
    let target = VaultTarget::new(storage, key)
        .opened_by(identities, Box::new(TerminalAsk::of(edge)))
        .made_for(recipients)
        .in_order(names.collect());
    Ok(Box::new(target))
}
