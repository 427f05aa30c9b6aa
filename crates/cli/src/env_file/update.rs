//! New values in an env file that exists.

use std::path::Path;

use envctl_dotenv::Dialect;
use zeroize::Zeroizing;

use super::NotMade;
use envctl_engine::format::{self, Exported};

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
    format::update(text, values, dialect).map_err(|error| NotMade::of(error, shown))
}
