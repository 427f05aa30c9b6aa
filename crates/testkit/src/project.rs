//! [`TempProject`]: a folder with files.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// A temporary folder that holds a project. It is removed when dropped.
#[derive(Debug)]
pub struct TempProject {
    folder: TempDir,
}

impl TempProject {
    /// An empty folder.
    ///
    /// # Panics
    ///
    /// When it cannot be made.
    #[must_use]
    pub fn new() -> Self {
        let folder = tempfile::Builder::new().prefix("envctl-").tempdir();
        Self { folder: folder.unwrap_or_else(|error| panic!("no temporary folder: {error}")) }
    }

    /// The same with a file in it; folders on the way are made.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    #[must_use]
    pub fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// Writes a file, as [`TempProject::file`] does.
    ///
    /// # Panics
    ///
    /// When it cannot be written.
    pub fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let file = self.join(path);
        let made = file.parent().map_or(Ok(()), fs::create_dir_all);
        let written = made.and_then(|()| fs::write(&file, content));
        written.unwrap_or_else(|error| panic!("{} cannot be written: {error}", file.display()));
    }

    /// The text of a file.
    ///
    /// # Panics
    ///
    /// When it cannot be read.
    #[must_use]
    pub fn read(&self, path: &str) -> String {
        let file = self.join(path);
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{} cannot be read: {error}", file.display()))
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A path in the folder.
    #[must_use]
    pub fn join(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }
}

impl Default for TempProject {
    fn default() -> Self {
        Self::new()
    }
}
