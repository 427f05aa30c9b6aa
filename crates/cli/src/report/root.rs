//! [`Root`]: paths as seen from the root of the repository, which is how code hosts name files.

use std::path::{Component, Path, PathBuf};

use crate::edge::Edge;

/// The folder that the names of files start from in annotations.
pub(super) struct Root {
    root: PathBuf,
    /// The working folder.
    folder: PathBuf,
}

impl Root {
    /// The repository around the working folder; without one the workspace of a GitHub job, and otherwise the
    /// working folder.
    pub(super) fn find(edge: &Edge) -> Self {
        let folder = edge.absolute_folder();
        let repository = folder.ancestors().find(|folder| folder.join(".git").exists());
        let workspace = edge.environment.get_os("GITHUB_WORKSPACE").map(Path::new);
        let root = repository.or(workspace.filter(|workspace| folder.starts_with(workspace)));
        Self { root: root.unwrap_or(&folder).to_owned(), folder }
    }

    /// A path that starts from the working folder, as seen from the root and with `/` on every system; `Err` with
    /// the whole path if it lies elsewhere.
    pub(super) fn name(&self, path: &str) -> Result<String, String> {
        let whole = straight(&self.folder.join(path));
        whole.strip_prefix(&self.root).map(with_slashes).map_err(|_| with_slashes(&whole))
    }
}

/// Without `.` and `..`, by the names alone.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                straight.pop();
            }
            part => straight.push(part),
        }
    }
    straight
}

fn with_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if cfg!(windows) { text.replace('\\', "/") } else { text.into_owned() }
}
