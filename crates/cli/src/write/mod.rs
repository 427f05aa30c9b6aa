//! Writing a file that holds secrets: whole or not at all, and for its owner only if it is new. Or adding to one.
//!
//! - `output`: what a path means, what is there already, and what may be done to it
//! - `atomic`: a new file beside the target that takes its name in one step
//! - `leftover`: such files of runs that were killed
//! - `append`: adding lines

mod append;
mod atomic;
mod leftover;
mod output;

use std::path::Path;

use crate::error::CliError;

pub(crate) use append::append_file;
pub(crate) use output::Output;

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Written {
    Created,
    /// `shared` tells that others than its owner can read it.
    Replaced {
        shared: bool,
    },
    Unchanged,
}

/// Who can read a file that is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Born {
    /// Its owner only.
    Private,
    /// Everybody whom the process lets read its files.
    Shared,
}

/// Writes `bytes` to `path`; `shown` is the path as the user gave it. The bytes go to a new file beside the
/// target, reach the disk, and take the target's name in one step. A link is followed. A new file is for its
/// owner only; an existing one keeps its owner and mode, and one that would change is left alone unless `replace`.
///
/// # Errors
///
/// As [`Output::open`] and [`Output::write`]; `WouldOverwrite` for a file that would change.
pub(crate) fn write_file(
    path: &Path,
    shown: &Path,
    bytes: &[u8],
    replace: bool,
) -> Result<Written, CliError> {
    write(path, shown, bytes, replace, Born::Private)
}

/// The same for a file without secrets, such as a contract: a new one is for everybody whom the process lets read its
/// files.
///
/// # Errors
///
/// As [`write_file`].
pub(crate) fn write_shared(
    path: &Path,
    shown: &Path,
    bytes: &[u8],
    replace: bool,
) -> Result<Written, CliError> {
    write(path, shown, bytes, replace, Born::Shared)
}

fn write(path: &Path, shown: &Path, bytes: &[u8], replace: bool, born: Born) -> Result<Written, CliError> {
    let output = Output::open(path, shown)?;
    if output.holds(bytes)? {
        return Ok(Written::Unchanged);
    }
    if output.exists() && !replace {
        return Err(CliError::WouldOverwrite { path: shown.to_owned() });
    }
    output.put(bytes, None, born)
}
