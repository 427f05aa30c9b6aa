//! `envctl vault`: values in a file of the repository.

mod edit;
mod get;
mod init;
mod list;
mod recipients;
mod rekey;
mod set;

use crate::arguments::VaultCommand;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;

/// The version of the JSON forms.
const VERSION: u32 = 1;

pub(crate) fn vault(command: &VaultCommand, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        VaultCommand::Init(arguments) => init::init(arguments, edge),
        VaultCommand::Set(arguments) => set::set(arguments, edge),
        VaultCommand::Get(arguments) => get::get(arguments, edge),
        VaultCommand::Edit(arguments) => edit::edit(arguments, edge),
        VaultCommand::List(arguments) => list::list(arguments, edge),
        VaultCommand::Recipients { command } => recipients::recipients(command, edge),
        VaultCommand::Rekey(arguments) => rekey::rekey(arguments, edge),
    }
}
