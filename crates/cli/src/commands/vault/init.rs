//! `envctl vault init`.

use envctl_vault::{Identity, NewRecipient, Vault};

use crate::arguments::VaultInitArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::render::counted;
use crate::settings::PROJECT_FILE;
use crate::vault::{IdentityFile, VaultCommandError, VaultFile, new_passphrase, new_recipients};
use crate::write::write_shared;

pub(crate) fn init(arguments: &VaultInitArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let file = VaultFile::find(edge, &arguments.which)?;
    if file.path.exists() {
        return Err(VaultCommandError::Exists { path: file.shown }.into());
    }
    // Before an identity is made: a mistake here is to leave nothing behind.
    let mut others = new_recipients(edge, &arguments.recipients)?;
    if arguments.passphrase {
        others.push(new_passphrase(edge)?);
    }
    let identity = IdentityFile::of(edge, &file.loaded)?;
    let is_new = identity.make_if_missing(edge)?;
    let mut recipients: Vec<NewRecipient> = Vec::new();
    let own = identity.read()?;
    for new in own.iter().map(Identity::to_recipient).chain(others) {
        // One's own key may be among those of a team.
        let is_same = |other: &NewRecipient| other.recipient().key() == new.recipient().key();
        if !recipients.iter().any(is_same) {
            recipients.push(new);
        }
    }
    let open = Vault::create(&file.name(), &recipients, &mut *edge.random)?;
    write_shared(&file.path, &file.shown, open.text().as_bytes(), false)?;
    edge.tell(&made(&file, (!is_new).then_some(&identity), &recipients));
    Ok(Exit::Yes)
}

/// What was made, what to do with it, and what comes next. An identity that is new has been told of already.
fn made(file: &VaultFile, old: Option<&IdentityFile>, recipients: &[NewRecipient]) -> String {
    let name = file.name();
    let mut text = format!("{name} made, for {}", counted(recipients.len(), "recipient"));
    for recipient in recipients {
        text.push_str(&format!("\n  {}", recipient.recipient()));
    }
    text.push_str(&format!("\ncommit {name}: whoever reads the repository sees names, and no value"));
    if let Some(identity) = old {
        let path = identity.path.display();
        text.push_str(&format!("\nkeep {path} to yourself: it opens the vault"));
    }
    text.push_str(&format!("\nnext: `{}` puts a value into it", file.command("set NAME")));
    if let Some((environment, word)) = file.would_be_read() {
        text.push_str(&format!(
            "\n      `stored = [\"{word}\"]` under `[environments.{environment}]` of {PROJECT_FILE} makes every command read it"
        ));
    }
    text
}
