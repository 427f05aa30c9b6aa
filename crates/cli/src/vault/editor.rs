//! [`Editor`]: the user's editor, on a text that lies in memory only.

use std::process::Command;

use zeroize::Zeroizing;

use super::VaultCommandError;
use super::private::PrivateFolder;
use crate::edge::Edge;
use crate::error::CliError;
use crate::read;
use crate::supervise::{Failed, Hold, supervise};

/// The name of the file that the editor gets. Editors know by its end what is in it.
const FILE: &str = "vault.env";

/// The user's editor.
pub(crate) struct Editor {
    command: String,
    allows_disk: bool,
    hold: Hold,
}

impl Editor {
    /// The editor that the environment names.
    ///
    /// # Errors
    ///
    /// `NoEditor`, `EditorFailed`.
    pub(crate) fn of(edge: &Edge, allows_disk: bool) -> Result<Self, VaultCommandError> {
        let named = |name| edge.environment.get_os(name)?.to_str().map(str::trim).filter(|it| !it.is_empty());
        let command = named("VISUAL").or_else(|| named("EDITOR")).ok_or(VaultCommandError::NoEditor)?;
        let hold = Hold::new().map_err(|error| failed(command, &error))?;
        Ok(Self { command: command.to_owned(), allows_disk, hold })
    }

    /// The text after the user has edited it. The file is gone then, whatever happened.
    ///
    /// # Errors
    ///
    /// `EditorRefused` if the editor says so by its exit code, `Stopped` if somebody asked us to end, and what stands in
    /// the way of running it.
    pub(crate) fn edit(&self, edge: &Edge, text: &str) -> Result<Zeroizing<String>, CliError> {
        let (edited, is_stopped) = self.hold.during(|| self.edit_file(edge, text));
        if is_stopped {
            return Err(VaultCommandError::Stopped.into());
        }
        edited
    }

    fn edit_file(&self, edge: &Edge, text: &str) -> Result<Zeroizing<String>, CliError> {
        let folder = PrivateFolder::make(edge, self.allows_disk)?;
        let edited = self.edit_in(&folder, text);
        folder.remove()?;
        edited
    }

    fn edit_in(&self, folder: &PrivateFolder, text: &str) -> Result<Zeroizing<String>, CliError> {
        let no_folder = |error| VaultCommandError::NoFolder { folder: folder.path().to_owned(), error };
        let file = folder.write(FILE, text.as_bytes()).map_err(no_folder)?;
        // The shell reads the words of the command, and leaves its place to the editor, which signals are for.
        let mut command = Command::new("sh");
        command.args(["-c", &format!("exec {} \"$@\"", self.command), "sh"]).arg(&file);
        let code = supervise(command, None).map_err(|error| match error {
            Failed::Start(error) | Failed::Watch(error) | Failed::Print(error) => {
                failed(&self.command, &error)
            }
        })?;
        if code != 0 {
            return Err(VaultCommandError::EditorRefused { editor: self.command.clone(), code }.into());
        }
        let bytes = read::file(&file).map_err(VaultCommandError::EditedUnreadable)?;
        let text = std::str::from_utf8(&bytes).map_err(|_| VaultCommandError::EditedNotText)?;
        Ok(Zeroizing::new(text.to_owned()))
    }
}

fn failed(command: &str, error: &std::io::Error) -> VaultCommandError {
    VaultCommandError::EditorFailed { editor: command.to_owned(), error: crate::error::said(error) }
}
