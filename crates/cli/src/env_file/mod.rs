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

use envctl_dotenv::{Dialect, Document, EditError, Reader, Severity, Unwritable};
use envschema::Finding;

use crate::error::CliError;
use envctl_engine::format::{Exported, dotenv};

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

/// Whether a text can be taken for an env file that the reader reads.
///
/// # Errors
///
/// `NotAnEnvFile` with the first line that cannot be read. One reader may pass over such a line, or take it.
fn readable(document: &Document<'_>, shown: &Path, dialect: Dialect) -> Result<(), NotMade> {
    let problem = document.problems().iter().find(|problem| problem.severity() == Severity::Error);
    match problem {
        Some(problem)
            if dialect == Dialect::Portable || Reader::new(dialect).read(document.as_str()).is_refused() =>
        {
            let problem = Box::new(problem.clone());
            Err(NotMade::File(CliError::NotAnEnvFile { path: shown.to_owned(), problem }))
        }
        _ => Ok(()),
    }
}

impl NotMade {
    /// What an edit of the file `shown` says.
    fn of(error: EditError, shown: &Path, values: &[Exported<'_>]) -> Self {
        let EditError::Unwritable(refused) = &error else {
            return Self::File(CliError::NotUpdated { path: shown.to_owned(), error: Box::new(error) });
        };
        let finding = |unwritable: &Unwritable| {
            let exported = values.iter().find(|exported| exported.name == unwritable.name)?;
            Some(dotenv::refused(unwritable, exported.variable))
        };
        Self::Refused(refused.as_slice().iter().filter_map(finding).collect())
    }
}
