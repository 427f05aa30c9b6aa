//! [`OwnFiles`]: the files that the values come from.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use crate::arguments::InputArguments;
use crate::edge::Edge;
use crate::project::Project;

/// The env files, recorded outputs and single values that this run reads. Values may stand in them, as long as git
/// does not have them.
#[derive(Default)]
pub(crate) struct OwnFiles {
    /// Their names, to be looked at first: asking the system for the true path of every file takes long.
    names: Vec<OsString>,
    paths: Vec<PathBuf>,
}

impl OwnFiles {
    pub(crate) fn of(edge: &Edge, projects: &[Project], input: &InputArguments) -> Self {
        let mut own = Self::default();
        let single = input.set_from_file.iter().filter_map(|given| given.split_once('='));
        let single = single.map(|(_, file)| Path::new(file));
        let given = input.env_files.iter().chain(&input.outputs).map(PathBuf::as_path);
        for path in given.chain(single) {
            own.add(&edge.path(path));
        }
        for project in projects {
            let outputs = project.environment.stack.as_ref().and_then(|stack| stack.outputs.clone());
            for path in project.env_files().iter().chain(&outputs) {
                own.add(&project.path(path).0);
            }
        }
        own
    }

    fn add(&mut self, path: &Path) {
        if let (Ok(path), Some(name)) = (fs::canonicalize(path), path.file_name()) {
            self.names.push(name.to_owned());
            self.paths.push(path);
        }
    }

    pub(super) fn contains(&self, path: &Path) -> bool {
        path.file_name().is_some_and(|name| self.names.iter().any(|own| own == name))
            && fs::canonicalize(path).is_ok_and(|path| self.paths.contains(&path))
    }
}
