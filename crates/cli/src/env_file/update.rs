//! New values in an env file that exists.

use std::path::Path;

use envctl_dotenv::{Dialect, Document};
use zeroize::Zeroizing;

use super::{NotMade, readable};
use envctl_engine::format::Exported;

/// The text of a file with these values: only the lines of those that differ change, and new names come last. `shown` is
/// the path of the file.
///
/// # Errors
///
/// As [`NotMade`] tells.
pub(crate) fn update(
    text: &str,
    shown: &Path,
    values: &[Exported<'_>],
    dialect: Dialect,
) -> Result<Zeroizing<String>, NotMade> {
    let document = Document::parse(text);
    readable(&document, shown, dialect)?;
    let mut edit = document.edit();
    edit.dialect(dialect);
    for Exported { name, value, .. } in values {
        #[expect(clippy::disallowed_methods, reason = "written to where the user asked")]
        edit.set(name, value.expose());
    }
    let done = edit.finish().map(Zeroizing::new);
    done.map_err(|error| NotMade::of(error, shown, values))
}
