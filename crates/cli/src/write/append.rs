//! Adding lines to a file that others add to as well, such as the one of `$GITHUB_ENV`.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use zeroize::Zeroizing;

use crate::error::CliError;

/// Appends whole lines to a file; `shown` is the path as it was given. A last line without its break gets one first.
///
/// # Errors
///
/// `Unwritable` with what the system says.
pub(crate) fn append_file(path: &Path, shown: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let failed = |error| CliError::Unwritable { path: shown.to_owned(), error };
    let mut file = File::options().read(true).append(true).create(true).open(path).map_err(failed)?;
    let mut whole = Zeroizing::new(Vec::with_capacity(bytes.len() + 1));
    if !ends_a_line(&mut file).map_err(failed)? {
        whole.push(b'\n');
    }
    whole.extend_from_slice(bytes);
    file.write_all(&whole).map_err(failed)
}

/// Whether a file is empty or its last line has a break.
fn ends_a_line(file: &mut File) -> io::Result<bool> {
    if file.metadata()?.len() == 0 {
        return Ok(true);
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    Ok(last == *b"\n")
}
