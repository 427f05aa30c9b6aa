//! [`Edited`]: all values of a vault as an env file, and what became of them in an editor.

use envctl_dotenv::{Dialect, Document, Reader, Severity, write_entries};
use envctl_resolver::producers::RandomSource;
use envctl_vault::{Unlocked, VaultError};
use envschema::SecretValue;
use zeroize::Zeroizing;

use super::{VaultCommandError, VaultFile};
use crate::env_file::Changes;
use crate::error::CliError;
use crate::render::in_one_line;

/// All values of a vault as an env file.
pub(crate) struct Edited<'f> {
    file: &'f VaultFile,
    /// The values alone.
    before: Zeroizing<String>,
    /// Whether names are taken that the contract does not have.
    undeclared: bool,
}

/// Names with their values.
pub(crate) type Values = Vec<(String, SecretValue)>;

impl<'f> Edited<'f> {
    /// The values as they are.
    ///
    /// # Errors
    ///
    /// `Vault` for a value that cannot be read, `NotEditable` for what no env file can hold.
    pub(crate) fn new(file: &'f VaultFile, open: &Unlocked, undeclared: bool) -> Result<Self, CliError> {
        let values = open.values().map_err(|mut errors| errors.swap_remove(0))?;
        #[expect(clippy::disallowed_methods, reason = "for the editor, in a folder that is in memory")]
        let pairs = values.iter().map(|(name, value)| (*name, value.expose()));
        let before = write_entries(pairs, Dialect::Portable).map_err(|refused| {
            let names = refused.as_slice().iter().map(|unwritable| in_one_line(&unwritable.name));
            VaultCommandError::NotEditable { names: names.collect() }
        })?;
        Ok(Self { file, before: Zeroizing::new(before), undeclared })
    }

    /// The text for the editor: what to do, the values, and the contract's names that have none.
    pub(crate) fn text(&self, open: &Unlocked) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!(
            "# The values of {}. Save the file and close it: what has changed is shown first, and asked about.\n\
             # A name whose line is taken away goes from the vault. Comments are not kept.\n\n",
            in_one_line(&self.file.name())
        ));
        text.push_str(&self.before);
        let mut missing = self.file.names().filter(|name| open.names().all(|had| had != *name)).peekable();
        if missing.peek().is_some() {
            text.push_str("\n# Not in the vault:\n");
        }
        missing.for_each(|name| text.push_str(&format!("# {name}=\n")));
        text
    }

    /// The values of an edited text, or everything that is wrong with it.
    ///
    /// # Errors
    ///
    /// A line for each mistake, without a value.
    pub(crate) fn read(&self, text: &str, open: &Unlocked) -> Result<Values, Vec<String>> {
        let document = Document::parse(text);
        let problems = document.problems().iter().filter(|problem| problem.severity() == Severity::Error);
        let mut mistakes: Vec<String> =
            problems.map(|problem| format!("line {}: {}", problem.line(), problem.kind())).collect();
        let mut values = Vec::new();
        for variable in Reader::new(Dialect::Portable).read(text).variables() {
            let (name, Some(value)) = (variable.name(), variable.value()) else { continue };
            let value = SecretValue::from(value);
            // What the vault had before is not judged again.
            let is_same = open.get(name).is_ok_and(|old| old == value);
            let is_new = open.names().all(|had| had != name);
            let judged = match self.file.declared(name) {
                Err(error) if is_new && !self.undeclared => Err(error.into()),
                _ if is_same => Ok(()),
                _ => self.file.check(name, &value),
            };
            if let Err(error) = judged {
                mistakes.push(told(&error));
            }
            values.push((name.to_owned(), value));
        }
        if mistakes.is_empty() { Ok(values) } else { Err(mistakes) }
    }

    /// What an edited text changes, by name.
    pub(crate) fn changes(&self, text: &str) -> Changes {
        Changes::of_env_file(&self.before, text, Dialect::Portable)
    }
}

/// Gives a vault these values and no others.
///
/// # Errors
///
/// `BadName`, and what the random source says.
pub(crate) fn take(
    open: &mut Unlocked,
    values: &[(String, SecretValue)],
    random: &mut dyn RandomSource,
) -> Result<(), VaultError> {
    let is_wanted = |name: &str| values.iter().any(|(wanted, _)| wanted == name);
    let gone: Vec<String> = open.names().filter(|name| !is_wanted(name)).map(str::to_owned).collect();
    gone.iter().try_for_each(|name| open.remove(name))?;
    values.iter().try_for_each(|(name, value)| open.set(name, value, random).map(drop))
}

/// An error in one line.
fn told(error: &CliError) -> String {
    match error.help() {
        Some(help) => format!("{error}; {help}"),
        None => error.to_string(),
    }
}
