//! Env files that exist, or that follow a template.
//!
//! - `update`: new values in a file that exists
//! - `template`: values in the order of a template, and `comment`: what stands there for a variable without one
//! - `set`: new values in the env file of an environment
//! - `changes`: what that changes, by name

mod changes;
mod comment;
mod set;
mod template;
mod update;

use std::path::Path;

use envctl_dotenv::{Dialect, Document};
use envschema::Finding;

use crate::error::CliError;
use envctl_engine::format::{self, NotUpdated};

pub(crate) use changes::{Changes, changes_text};
pub(crate) use set::NewValues;
pub(crate) use template::{Layout, lay_out};
pub(crate) use update::update;

/// Why there is no text.
pub(crate) enum NotMade {
    /// One finding for each variable that cannot be written.
    Refused(Vec<Finding>),
    /// The file that exists, or the template, stands in the way.
    File(CliError),
}

/// Whether a text can be taken for an env file that the reader reads; `shown` is its path.
///
/// # Errors
///
/// `NotAnEnvFile` with the first line that cannot be read.
fn readable(document: &Document<'_>, shown: &Path, dialect: Dialect) -> Result<(), CliError> {
    let of = |problem| CliError::NotAnEnvFile { path: shown.to_owned(), problem };
    format::readable(document, dialect).map_err(of)
}

impl NotMade {
    /// What an update of the file `shown` says.
    fn of(error: NotUpdated, shown: &Path) -> Self {
        let path = shown.to_owned();
        match error {
            NotUpdated::NotAnEnvFile(problem) => Self::File(CliError::NotAnEnvFile { path, problem }),
            NotUpdated::InTheWay(error) => Self::File(CliError::NotUpdated { path, error }),
            NotUpdated::Refused(refused) => Self::Refused(refused),
        }
    }
}
