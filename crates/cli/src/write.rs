//! Writing a file that holds secrets: whole or not at all, and for its owner only if it is new. Or adding to one.

use std::fs::{self, File, FileType, Metadata};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::CliError;

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

/// How many links are followed; a chain as long as this is a circle.
const MOST_LINKS: usize = 40;

/// Writes `bytes` to `path`; `shown` is the path as the user gave it. The bytes go to a new file beside the
/// target, reach the disk, and take the target's name in one step. A link is followed. A new file is for its
/// owner only; an existing one keeps its owner and mode, and one that would change is left alone unless `replace`.
///
/// # Errors
///
/// `NotAFile` for what is there and holds no bytes of its own: a device, pipe, socket or folder. It is neither
/// read nor written. `WouldOverwrite` for a file that would change; `Unwritable` with what the system says.
pub(crate) fn write_file(
    path: &Path,
    shown: &Path,
    bytes: &[u8],
    replace: bool,
) -> Result<Written, CliError> {
    write(path, shown, bytes, replace, tempfile::Builder::new().prefix(".envctl-"))
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
    let mut builder = tempfile::Builder::new();
    builder.prefix(".envctl-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    write(path, shown, bytes, replace, &builder)
}

fn write(
    path: &Path,
    shown: &Path,
    bytes: &[u8],
    replace: bool,
    builder: &tempfile::Builder<'_, '_>,
) -> Result<Written, CliError> {
    let failed = |error| CliError::Unwritable { path: shown.to_owned(), error };
    let target = follow(path).map_err(failed)?;
    // By the path as given: what the links of `/dev` and `/proc` lead to has no other name.
    let existing = match fs::metadata(path) {
        Ok(existing) if existing.is_file() => Some(existing),
        Ok(other) => {
            return Err(CliError::NotAFile { path: shown.to_owned(), kind: kind_of(other.file_type()) });
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(error)),
    };
    if let Some(existing) = &existing {
        if holds(&target, existing, bytes).map_err(failed)? {
            return Ok(Written::Unchanged);
        }
        if !replace {
            return Err(CliError::WouldOverwrite { path: shown.to_owned() });
        }
    }
    match replace_whole(&target, bytes, existing.is_some(), builder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            return Err(CliError::WouldOverwrite { path: shown.to_owned() });
        }
        done => done.map_err(failed)?,
    }
    Ok(match existing {
        Some(existing) => Written::Replaced { shared: is_shared(&existing) },
        None => Written::Created,
    })
}

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

/// Whether a file holds just these bytes. One of another size is not read.
fn holds(target: &Path, about: &Metadata, bytes: &[u8]) -> io::Result<bool> {
    Ok(about.len() == bytes.len() as u64 && *Zeroizing::new(fs::read(target)?) == bytes)
}

#[cfg(unix)]
fn kind_of(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    match () {
        () if kind.is_dir() => "a folder",
        () if kind.is_fifo() => "a pipe",
        () if kind.is_socket() => "a socket",
        () => "a device",
    }
}

#[cfg(not(unix))]
fn kind_of(kind: FileType) -> &'static str {
    if kind.is_dir() { "a folder" } else { "a device" }
}

/// Whether the group or everybody can read a file.
#[cfg(unix)]
fn is_shared(about: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    about.permissions().mode() & 0o044 != 0
}

/// Who can read it is not told by a mode here.
#[cfg(not(unix))]
fn is_shared(_: &Metadata) -> bool {
    false
}

/// The file that a path means: a link's target, even if it does not exist yet.
fn follow(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..MOST_LINKS {
        let Ok(to) = fs::read_link(&target) else { return Ok(target) };
        target = target.parent().unwrap_or(Path::new("")).join(to);
    }
    Err(io::Error::other("its links form a circle"))
}

fn replace_whole(
    target: &Path,
    bytes: &[u8],
    exists: bool,
    builder: &tempfile::Builder<'_, '_>,
) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Born with its mode; removed again if anything below fails.
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    if exists {
        keep_owner_and_mode(target, file.as_file())?;
    }
    file.as_file().sync_all()?;
    // A file that someone else made meanwhile is theirs.
    let named = if exists { file.persist(target) } else { file.persist_noclobber(target) };
    named.map_err(|error| error.error)?;
    // The new name reaches the disk with its folder; some systems cannot sync one, and lose nothing by it.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

#[cfg(unix)]
fn keep_owner_and_mode(target: &Path, file: &File) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (old, new) = (fs::metadata(target)?, file.metadata()?);
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid()))?;
    }
    file.set_permissions(old.permissions())
}

#[cfg(not(unix))]
fn keep_owner_and_mode(target: &Path, file: &File) -> io::Result<()> {
    file.set_permissions(fs::metadata(target)?.permissions())
}
