//! Files of ours that a killed run has left beside a target: the next run removes them.
//!
//! A run locks its new file as long as it lives, and the system gives the lock back however it ends. So a file with a
//! name of ours that nobody has locked is left over. Names that hold a process id would not tell that: containers
//! number their processes anew and share folders.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::Path;

/// How the names of new files begin and end; six letters and digits are between.
pub(super) const PREFIX: &str = ".envctl-";
pub(super) const SUFFIX: &str = ".tmp";
const BETWEEN: usize = 6;

/// Removes what is left over in a folder. What cannot be removed stays, and stands in the way of nothing.
pub(super) fn remove(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_ours(&entry.file_name())) {
        let path = entry.path();
        if fs::symlink_metadata(&path).is_ok_and(|about| about.is_file())
            && let Ok(file) = open(&path)
            && file.try_lock().is_ok()
            && is_still(&path, &file)
        {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Whether a name is one that we give to new files.
fn is_ours(name: &OsStr) -> bool {
    let between = name.to_str().and_then(|name| name.strip_prefix(PREFIX)?.strip_suffix(SUFFIX));
    between.is_some_and(|it| it.len() == BETWEEN && it.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether a path still leads to a file that was opened by it.
#[cfg(unix)]
pub(super) fn is_still(path: &Path, file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    let id = |about: fs::Metadata| (about.dev(), about.ino());
    let (there, opened) = (fs::symlink_metadata(path).map(id), file.metadata().map(id));
    there.ok().zip(opened.ok()).is_some_and(|(there, opened)| there == opened)
}

/// An open file cannot be removed here.
#[cfg(not(unix))]
pub(super) fn is_still(path: &Path, _: &File) -> bool {
    path.exists()
}

/// Never through a link, and without waiting for the other end of a pipe.
#[cfg(unix)]
fn open(path: &Path) -> std::io::Result<File> {
    use rustix::fs::{Mode, OFlags};
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(rustix::fs::open(path, flags, Mode::empty())?.into())
}

#[cfg(not(unix))]
fn open(path: &Path) -> std::io::Result<File> {
    File::open(path)
}
