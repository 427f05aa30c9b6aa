//! `envctl vault recipients`.

use envctl_vault::Recipient;
use serde::Serialize;

use super::VERSION;
use crate::arguments::{
    RecipientsAddArguments, RecipientsCommand, RecipientsDescribeArguments, RecipientsListArguments,
    RecipientsRemoveArguments,
};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::vault::{
    IdentityFile, LockedFile, TerminalAsk, VaultCommandError, VaultFile, new_passphrase, new_recipients,
    one_key,
};

#[derive(Serialize)]
struct Listed<'a> {
    version: u32,
    vault: &'a str,
    recipients: Vec<Reader<'a>>,
}

#[derive(Serialize)]
struct Reader<'a> {
    kind: &'static str,
    key: Option<&'a str>,
    about: Option<&'a str>,
}

pub(crate) fn recipients(command: &RecipientsCommand, edge: &mut Edge) -> Result<Exit, CliError> {
    match command {
        RecipientsCommand::List(arguments) => list(arguments, edge),
        RecipientsCommand::Add(arguments) => add(arguments, edge),
        RecipientsCommand::Remove(arguments) => remove(arguments, edge),
        RecipientsCommand::Describe(arguments) => describe(arguments, edge),
    }
}

fn list(arguments: &RecipientsListArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let LockedFile { file, vault, .. } = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    if arguments.json {
        let recipients = vault.recipients().map(reader).collect();
        edge.print_json(&Listed { version: VERSION, vault: &file.name(), recipients })?;
        return Ok(Exit::Yes);
    }
    // In full, so that each line can be given to the other commands.
    let line = |recipient: &Recipient| {
        let key = recipient.key().unwrap_or("passphrase");
        recipient.about().map_or(format!("{key}\n"), |about| format!("{key}  # {about}\n"))
    };
    let text: String = vault.recipients().map(line).collect();
    edge.output.write_all(text.as_bytes())?;
    Ok(Exit::Yes)
}

fn reader(recipient: &Recipient) -> Reader<'_> {
    let kind = match recipient.key() {
        None => "passphrase",
        Some(key) if key.starts_with("ssh-") => "ssh",
        Some(_) => "age",
    };
    Reader { kind, key: recipient.key(), about: recipient.about() }
}

fn add(arguments: &RecipientsAddArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let mut new = new_recipients(edge, &arguments.keys)?;
    let mut open = locked.unlock(edge, &mut TerminalAsk::of(edge))?;
    if arguments.passphrase {
        new.push(new_passphrase(edge)?);
    }
    if let Some(about) = &arguments.about {
        if new.len() > 1 {
            return Err(VaultCommandError::AboutSeveral.into());
        }
        new = new.into_iter().map(|new| new.about(about)).collect::<Result<_, _>>()?;
    }
    let file = locked.file.name();
    let mut told = Vec::new();
    for new in &new {
        let is_there = open.vault().recipients().any(|old| old.key() == new.recipient().key());
        if is_there {
            told.push(format!("{file} can be read by {} already", new.recipient()));
        } else {
            open.add_recipient(new, &mut *edge.random)?;
            told.push(format!("{file} can be read by {} from now on", new.recipient()));
        }
    }
    locked.write(&open)?;
    edge.tell(&told.join("\n"));
    Ok(Exit::Yes)
}

fn remove(arguments: &RecipientsRemoveArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let key = one_key(edge, &arguments.key)?;
    let mut ask = TerminalAsk::of(edge);
    let mut open = locked.unlock(edge, &mut ask)?;
    let done = open.remove_recipient(&key, &mut ask, &mut *edge.random)?;
    if !arguments.yes {
        let own = IdentityFile::of(edge, &locked.file.loaded)?.read()?;
        let opens = |recipient: &Recipient| {
            recipient.key().is_none() || own.iter().any(|own| recipient.is_called(own.public_key()))
        };
        if !open.vault().recipients().any(opens) {
            return Err(VaultCommandError::LocksOut { path: locked.file.shown }.into());
        }
    }
    locked.write(&open)?;
    edge.tell(&format!("{}: {done}", locked.file.name()));
    Ok(Exit::Yes)
}

fn describe(arguments: &RecipientsDescribeArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    let key = one_key(edge, &arguments.key)?;
    let mut open = locked.unlock(edge, &mut TerminalAsk::of(edge))?;
    open.describe_recipient(&key, &arguments.about, &mut *edge.random)?;
    locked.write(&open)?;
    let described = open.vault().recipients().find(|recipient| recipient.is_called(&key));
    if let Some(recipient) = described {
        edge.tell(&format!("{}: {recipient}", locked.file.name()));
    }
    Ok(Exit::Yes)
}
