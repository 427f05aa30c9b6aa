//! A new file beside the target that takes its name in one step.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};
use zeroize::Zeroizing;

use super::{Born, leftover};

/// Why a file was not replaced. What was there is as it was.
pub(super) enum Failure {
    /// It is not what it was when it was read.
    Changed,
    /// It belongs to another user, and the new one could not be given to them.
    Owner,
    /// What the system says.
    System(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

/// The folder that a file is in.
pub(super) fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Writes the whole of a file that `exists` or not. With `before` it is replaced only as long as it holds that.
pub(super) fn replace(
    target: &Path,
    bytes: &[u8],
    exists: bool,
    before: Option<&[u8]>,
    born: Born,
) -> Result<(), Failure> {
    let folder = folder_of(target);
    // Removed again if anything below fails.
    let mut file = held(folder, born)?;
    file.write_all(bytes)?;
    if exists {
        keep_owner_and_mode(target, file.as_file())?;
    }
    file.as_file().sync_all()?;
    if let Some(before) = before
        && fs::read(target).map(Zeroizing::new).ok().is_none_or(|now| *now != before)
    {
        return Err(Failure::Changed);
    }
    let named = if exists { file.persist(target) } else { file.persist_noclobber(target) };
    named.map_err(|failed| match failed.error.kind() {
        // A file that someone else made meanwhile is theirs.
        io::ErrorKind::AlreadyExists => Failure::Changed,
        _ => Failure::System(failed.error),
    })?;
    // The new name reaches the disk with its folder; some systems cannot sync one, and lose nothing by it.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// A new file, born with its mode, that is locked so that no other run takes it for a leftover.
fn held(folder: &Path, born: Born) -> io::Result<NamedTempFile> {
    loop {
        let mut builder = Builder::new();
        builder.prefix(leftover::PREFIX).suffix(leftover::SUFFIX);
        if born == Born::Shared {
            for_all(&mut builder);
        }
        let file = builder.tempfile_in(folder)?;
        // A file system without locks has no leftovers removed either.
        if file.as_file().lock().is_err() || leftover::is_still(file.path(), file.as_file()) {
            return Ok(file);
        }
        // Another run was faster than the lock, and removed it.
    }
}

#[cfg(unix)]
fn for_all(builder: &mut Builder<'_, '_>) {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
}

#[cfg(not(unix))]
fn for_all(_: &mut Builder<'_, '_>) {}

#[cfg(unix)]
fn keep_owner_and_mode(target: &Path, file: &File) -> Result<(), Failure> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let (old, new) = (fs::metadata(target)?, file.metadata()?);
    if (old.uid(), old.gid()) != (new.uid(), new.gid()) {
        fchown(file, Some(old.uid()), Some(old.gid())).map_err(|error| match error.kind() {
            io::ErrorKind::PermissionDenied => Failure::Owner,
            _ => Failure::System(error),
        })?;
    }
    Ok(file.set_permissions(old.permissions())?)
}

#[cfg(not(unix))]
fn keep_owner_and_mode(target: &Path, file: &File) -> Result<(), Failure> {
    Ok(file.set_permissions(fs::metadata(target)?.permissions())?)
}
