//! [`NewValues`]: new values in the env file of an environment.

use std::path::{Path, PathBuf};

use envctl_dotenv::{Dialect, Document};
use envschema::SecretValue;
use zeroize::Zeroizing;

use super::{Changes, readable};
use crate::error::CliError;
use crate::project::Project;
use crate::render::shown;
use crate::write::Output;

/// The env file of an environment as it would be with other values: the last one if there are several, since it wins.
pub(crate) struct NewValues {
    path: PathBuf,
    shown: PathBuf,
    dialect: Dialect,
    before: Option<Zeroizing<Vec<u8>>>,
    text: Zeroizing<String>,
}

impl NewValues {
    /// Only the lines of these variables change, what else is in the file stays. One that is not there yet would be made.
    ///
    /// # Errors
    ///
    /// `NotAnEnvFile` and `NotUpdated` for what stands in the way, and as [`Output`] tells.
    pub(crate) fn make(project: &Project, values: &[(&str, &SecretValue)]) -> Result<Self, CliError> {
        let files = project.env_files();
        let (path, name) = project.path(files.last().map_or(Path::new(".env"), PathBuf::as_path));
        let shown = PathBuf::from(name);
        let before = Output::open(&path, &shown)?.read()?;
        let text = before.as_ref().map(|bytes| std::str::from_utf8(bytes)).transpose();
        let text = text.map_err(|_| CliError::NotText { path: shown.clone() })?.unwrap_or_default();
        let document = Document::parse(text);
        let dialect = project.dialect();
        readable(&document, &shown, dialect)?;
        let mut edit = document.edit();
        edit.dialect(dialect);
        for (name, value) in values {
            #[expect(clippy::disallowed_methods, reason = "written to the env file, as was asked for")]
            edit.set(name, value.expose());
        }
        let made = edit.finish().map(Zeroizing::new);
        let text =
            made.map_err(|error| CliError::NotUpdated { path: shown.clone(), error: Box::new(error) })?;
        Ok(Self { path, shown, dialect, before, text })
    }

    /// The file, for people.
    pub(crate) fn file(&self) -> String {
        shown(&self.shown)
    }

    /// The path as it is told.
    pub(crate) fn shown_path(&self) -> &Path {
        &self.shown
    }

    /// What would change, by name; none if nothing would.
    pub(crate) fn changes(&self) -> Option<Changes> {
        let before = self.before.as_ref().map_or(&[][..], |bytes| bytes);
        let is_same = self.before.is_some() && before == self.text.as_bytes();
        let before = std::str::from_utf8(before).ok().filter(|_| !is_same)?;
        Some(Changes::of_env_file(before, &self.text, self.dialect))
    }

    /// Writes the file, for its owner only if it is new, unless somebody else changed it meanwhile.
    ///
    /// # Errors
    ///
    /// As [`Output::write`].
    pub(crate) fn write(&self) -> Result<(), CliError> {
        let output = Output::open(&self.path, &self.shown)?;
        output.write(self.text.as_bytes(), self.before.as_ref().map(|bytes| bytes.as_slice()))?;
        Ok(())
    }
}
