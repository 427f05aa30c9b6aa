//! [`PrivateFolder`]: a folder in memory that nobody else can enter, and that is wiped when it is left.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{Builder, TempDir};

use super::VaultCommandError;
use crate::edge::Edge;

/// How the names of these folders begin.
const PREFIX: &str = "envctl-vault-";

/// Where systems have a file system in memory for everybody.
const SHARED_MEMORY: &str = "/dev/shm";

/// A folder for values that a program has to find in a file. It is removed when it is dropped; [`remove`](Self::remove)
/// tells whether that went well.
pub(super) struct PrivateFolder {
    folder: TempDir,
    /// Locked as long as this run lives, so that the next one can tell what a killed run has left.
    _lock: Option<File>,
}

impl PrivateFolder {
    /// A new folder on a file system in memory: the user's own for such things, or the one of everybody. Folders of
    /// runs that were killed are removed there.
    ///
    /// # Errors
    ///
    /// `NoMemory` if there is none and a disk is not allowed; `NoFolder` with what the system says.
    pub(super) fn make(edge: &Edge, allows_disk: bool) -> Result<Self, VaultCommandError> {
        let place = |name| edge.environment.get_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
        let places = place("XDG_RUNTIME_DIR").into_iter().chain([PathBuf::from(SHARED_MEMORY)]);
        let in_memory = places.filter(|place| is_in_memory(place)).find(|place| is_writable(place));
        let on_disk = || allows_disk.then(|| place("TMPDIR").unwrap_or_else(|| PathBuf::from("/tmp")));
        let place = in_memory.or_else(on_disk).ok_or(VaultCommandError::NoMemory)?;
        remove_left(&place);
        Self::made_in(&place).map_err(|error| VaultCommandError::NoFolder { folder: place, error })
    }

    fn made_in(place: &Path) -> io::Result<Self> {
        let mut builder = Builder::new();
        builder.prefix(PREFIX);
        for_owner(&mut builder);
        loop {
            let folder = builder.tempdir_in(place)?;
            let lock = File::open(folder.path()).ok();
            // A file system without locks has nothing removed that is left, either.
            let has_no_locks = lock.as_ref().is_some_and(|folder| folder.lock().is_err());
            if has_no_locks || folder.path().exists() {
                return Ok(Self { folder, _lock: lock });
            }
            // Another run was faster than the lock, and removed it.
        }
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a new file that nobody else can read.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
        let path = self.path().join(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        for_owner_only(&mut options);
        options.open(&path)?.write_all(bytes)?;
        Ok(path)
    }

    /// Wipes and removes everything in it.
    pub(super) fn remove(self) -> Result<(), VaultCommandError> {
        wipe(self.path());
        let folder = self.path().to_owned();
        self.folder.close().map_err(|error| VaultCommandError::NotRemoved { folder, error })
    }
}

/// Writes over what files hold, also those that an editor made. What cannot be wiped is removed all the same.
fn wipe(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        match fs::symlink_metadata(&path) {
            Ok(about) if about.is_dir() => wipe(&path),
            Ok(about) if about.is_file() => {
                if let Ok(mut file) = File::options().write(true).open(&path) {
                    let _ = io::copy(&mut io::Read::take(io::repeat(0), about.len()), &mut file);
                    let _ = file.sync_all();
                }
            }
            _ => {}
        }
    }
}

/// Removes the folders of runs that were killed: those with our name that are ours and that nobody has locked.
fn remove_left(place: &Path) {
    let Ok(entries) = fs::read_dir(place) else { return };
    for entry in entries.flatten().filter(|entry| entry.file_name().to_string_lossy().starts_with(PREFIX)) {
        let path = entry.path();
        if fs::symlink_metadata(&path).is_ok_and(|about| about.is_dir())
            && File::open(&path).is_ok_and(|folder| folder.try_lock().is_ok())
        {
            wipe(&path);
            let _ = fs::remove_dir_all(&path);
        }
    }
}

/// Whether what is written there never reaches a disk, unless the system swaps.
#[cfg(any(target_os = "linux", target_os = "android"))]
fn is_in_memory(place: &Path) -> bool {
    /// `TMPFS_MAGIC` and `RAMFS_MAGIC` of the system.
    const IN_MEMORY: [u64; 2] = [0x0102_1994, 0x8584_58f6];
    rustix::fs::statfs(place)
        .is_ok_and(|about| u64::try_from(about.f_type).is_ok_and(|kind| IN_MEMORY.contains(&kind)))
}

/// The system does not tell.
#[cfg(not(any(target_os = "linux", target_os = "android")))]
fn is_in_memory(_: &Path) -> bool {
    false
}

#[cfg(unix)]
fn is_writable(place: &Path) -> bool {
    use rustix::fs::{Access, access};
    access(place, Access::WRITE_OK | Access::EXEC_OK).is_ok()
}

#[cfg(not(unix))]
fn is_writable(_: &Path) -> bool {
    true
}

#[cfg(unix)]
fn for_owner(builder: &mut Builder<'_, '_>) {
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
}

#[cfg(not(unix))]
fn for_owner(_: &mut Builder<'_, '_>) {}

#[cfg(unix)]
fn for_owner_only(options: &mut fs::OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(not(unix))]
fn for_owner_only(_: &mut fs::OpenOptions) {}
