//! `envctl vault edit`.

use envctl_vault::Unlocked;
use zeroize::Zeroizing;

use crate::arguments::VaultEditArguments;
use crate::ask;
use crate::edge::Edge;
use crate::env_file::changes_text;
use crate::error::CliError;
use crate::exit::Exit;
use crate::vault::{Edited, Editor, LockedFile, TerminalAsk, Values, VaultCommandError, VaultFile, take};

pub(crate) fn edit(arguments: &VaultEditArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let locked = LockedFile::read(VaultFile::find(edge, &arguments.which)?)?;
    if !edge.asks && !arguments.yes {
        return Err(CliError::NobodyToAsk { path: locked.file.shown });
    }
    let editor = Editor::of(edge, arguments.allow_disk)?;
    let mut open = locked.unlock(edge, &mut TerminalAsk::of(edge))?;
    let edited = Edited::new(&locked.file, &open, arguments.allow_undeclared)?;
    let (text, values) = edit_until_right(edge, &editor, &edited, &open)?;
    let changes = edited.changes(&text);
    take(&mut open, &values, &mut *edge.random)?;
    let file = locked.file.name();
    if open.text() == locked.vault.text() {
        edge.tell(&format!("no value changed; {file} is as it was"));
        return Ok(Exit::Yes);
    }
    if !arguments.yes {
        let shown = changes_text(&changes, edge.messages_look);
        edge.tell(&format!("{file} would change:\n{shown}"));
        if !ask::yes(edge, &format!("change {file}?"))? {
            return Err(CliError::NoConsent { path: locked.file.shown });
        }
    }
    locked.write(&open)?;
    edge.tell(&format!("{file} changed: {}", changes.summary()));
    Ok(Exit::Yes)
}

/// Opens the editor, and again on the same text as long as there are mistakes in it and somebody wants to.
fn edit_until_right(
    edge: &mut Edge,
    editor: &Editor,
    edited: &Edited<'_>,
    open: &Unlocked,
) -> Result<(Zeroizing<String>, Values), CliError> {
    let mut text = edited.text(open);
    loop {
        text = editor.edit(edge, &text)?;
        let mistakes = match edited.read(&text, open) {
            Ok(values) => return Ok((text, values)),
            Err(mistakes) => mistakes,
        };
        edge.tell(&mistakes.join("\n"));
        if !edge.asks || !ask::yes(edge, "edit again?")? {
            return Err(VaultCommandError::Mistakes(mistakes.len()).into());
        }
    }
}
