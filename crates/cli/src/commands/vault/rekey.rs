//! `envctl vault rekey`.

use crate::arguments::VaultRekeyArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::vault::{LockedFile, TerminalAsk, VaultFile};

pub(crate) fn rekey(arguments: &VaultRekeyArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let mut ask = TerminalAsk::of(edge);
    let mut open = locked.unlock(edge, &mut ask)?;
    let done = open.rekey(&mut ask, &mut *edge.random)?;
    locked.write(&open)?;
    edge.tell(&format!("{}: {done}", locked.file.name()));
    Ok(Exit::Yes)
}
