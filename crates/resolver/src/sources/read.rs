//! Reading files and printed text whole, within a limit, wiped after use.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use zeroize::Zeroizing;

use super::SourceError;

/// A file to read, with what people call it.
///
/// A path alone is called by itself. A program that resolves paths against a folder keeps the short name:
/// `FileRef::new(&folder.join(".env"), ".env")`.
#[derive(Clone, Debug)]
pub struct FileRef<'a> {
    path: &'a Path,
    name: Cow<'a, str>,
}

impl<'a> FileRef<'a> {
    /// A file at `path`, called `name` in places and errors.
    pub fn new(path: &'a Path, name: impl Into<Cow<'a, str>>) -> Self {
        Self { path, name: name.into() }
    }

    /// What people call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl<'a, P: AsRef<Path> + ?Sized> From<&'a P> for FileRef<'a> {
    fn from(path: &'a P) -> Self {
        let path = path.as_ref();
        Self { path, name: path.to_string_lossy() }
    }
}

/// More than any env file or list of outputs holds: 16 MiB.
const LIMIT: usize = 16 << 20;

/// Reads a file of text, whatever kind of file it is.
///
/// # Errors
///
/// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`, `NotUtf8`.
pub fn text(file: &FileRef<'_>) -> Result<Zeroizing<String>, SourceError> {
    utf8(bytes(file)?, file.name())
}

/// Reads a file.
///
/// # Errors
///
/// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`.
fn bytes(file: &FileRef<'_>) -> Result<Zeroizing<Vec<u8>>, SourceError> {
    let name = || file.name().to_owned();
    let failed = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => SourceError::NotFound { path: name() },
        io::ErrorKind::IsADirectory => SourceError::IsDirectory { path: name() },
        _ => SourceError::Unreadable { path: name(), source },
    };
    let opened = File::open(file.path).map_err(failed)?;
    let about = opened.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(SourceError::IsDirectory { path: name() });
    }
    // One byte more than the file holds: then reading to the end never moves the buffer.
    let size = usize::try_from(about.len()).unwrap_or(LIMIT).min(LIMIT) + 1;
    let mut content = Zeroizing::new(Vec::with_capacity(size));
    opened.take(LIMIT as u64 + 1).read_to_end(&mut content).map_err(failed)?;
    if content.len() > LIMIT {
        return Err(SourceError::TooLarge { path: name(), limit: LIMIT });
    }
    Ok(content)
}

/// The bytes as text.
///
/// # Errors
///
/// `NotUtf8` with the line of the first wrong byte.
pub(super) fn utf8(mut bytes: Zeroizing<Vec<u8>>, origin: &str) -> Result<Zeroizing<String>, SourceError> {
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Ok(Zeroizing::new(text)),
        Err(error) => {
            let valid = error.utf8_error().valid_up_to();
            let bytes = Zeroizing::new(error.into_bytes());
            let line = 1 + bytes[..valid].iter().filter(|&&byte| byte == b'\n').count();
            let line = u32::try_from(line).unwrap_or(u32::MAX);
            Err(SourceError::NotUtf8 { path: origin.to_owned(), line })
        }
    }
}

/// The text after a byte order mark.
pub(super) fn without_bom(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
