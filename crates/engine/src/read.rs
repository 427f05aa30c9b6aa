//! Reading whole files and standard input, within a limit: a device that never ends must not fill the memory.

use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::Path;

use zeroize::Zeroizing;

/// More than any contract, project file, env file or value holds: 16 MiB. The readers of the resolver stop there too.
const LIMIT: usize = 16 << 20;

/// Reads a file; its bytes are wiped after use.
///
/// # Errors
///
/// As [`to_end`], and when the file cannot be opened.
pub fn file(path: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    let mut opened = File::open(path)?;
    let size = usize::try_from(opened.metadata()?.len()).unwrap_or(LIMIT);
    within_limit(&mut opened, size)
}

/// Reads to the end; the bytes are wiped after use.
///
/// # Errors
///
/// `FileTooLarge` beyond the limit, told by [`said`], and what the system says.
pub fn to_end(input: &mut dyn Read) -> io::Result<Zeroizing<Vec<u8>>> {
    within_limit(input, 0)
}

fn within_limit(input: &mut dyn Read, size: usize) -> io::Result<Zeroizing<Vec<u8>>> {
    // With room for all of it, reading never moves the bytes and leaves none behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(size.min(LIMIT) + 1));
    input.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    if bytes.len() > LIMIT { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes) }
}

/// Why something could not be read.
#[must_use]
pub fn said(error: &io::Error) -> String {
    match error.kind() {
        ErrorKind::FileTooLarge => format!("it is larger than {} MiB", LIMIT >> 20),
        _ => crate::words::said(error),
    }
}

/// A text without the line break that an editor or `echo` puts at its end.
#[must_use]
pub fn without_last_break(text: &str) -> &str {
    text.strip_suffix('\n').map_or(text, |text| text.strip_suffix('\r').unwrap_or(text))
}
