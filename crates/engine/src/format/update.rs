//! New values in the text of an env file that exists.

use envctl_dotenv::{Dialect, Document, EditError, Problem, Reader, Severity, Unwritable};
use envschema::Finding;
use zeroize::Zeroizing;

use super::{Exported, dotenv};

/// Why a text was not changed.
pub enum NotUpdated {
    /// It is no env file.
    NotAnEnvFile(Box<Problem>),
    /// One finding for each variable that cannot be written.
    Refused(Vec<Finding>),
    /// What stands in the text is in the way.
    InTheWay(Box<EditError>),
}

/// The text with these values: only the lines of those that differ change, and new names come last.
///
/// # Errors
///
/// As [`NotUpdated`] tells.
pub fn update(
    text: &str,
    values: &[Exported<'_>],
    dialect: Dialect,
) -> Result<Zeroizing<String>, NotUpdated> {
    let document = Document::parse(text);
    readable(&document, dialect).map_err(NotUpdated::NotAnEnvFile)?;
    let mut edit = document.edit();
    edit.dialect(dialect);
    for Exported { name, value, .. } in values {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        edit.set(name, value.expose());
    }
    edit.finish().map(Zeroizing::new).map_err(|error| why(error, values))
}

fn why(error: EditError, values: &[Exported<'_>]) -> NotUpdated {
    let EditError::Unwritable(refused) = &error else { return NotUpdated::InTheWay(Box::new(error)) };
    let finding = |unwritable: &Unwritable| {
        let exported = values.iter().find(|exported| exported.name == unwritable.name)?;
        Some(dotenv::refused(unwritable, exported.variable))
    };
    NotUpdated::Refused(refused.as_slice().iter().filter_map(finding).collect())
}

/// Whether a text can be taken for an env file that the reader reads.
///
/// # Errors
///
/// The first line that cannot be read. One reader may pass over such a line, or take it.
pub fn readable(document: &Document<'_>, dialect: Dialect) -> Result<(), Box<Problem>> {
    let problem = document.problems().iter().find(|problem| problem.severity() == Severity::Error);
    match problem {
        Some(problem)
            if dialect == Dialect::Portable || Reader::new(dialect).read(document.as_str()).is_refused() =>
        {
            Err(Box::new(problem.clone()))
        }
        _ => Ok(()),
    }
}
