//! `layering`: which crate may use what.
//!
//! Three things are checked, and every breach is reported with its place:
//! - an arrow between two of our crates has to be in the [`table`];
//! - the crates that stay small never reach an async runtime, a TLS stack or a cloud SDK, and libraries never
//!   reach the command line parser ([`graph`]);
//! - libraries neither print nor read the process environment ([`silence`]).

pub mod code;
pub mod graph;
pub mod silence;
pub mod table;

use std::fmt;

use cargo_metadata::{DependencyKind, Metadata, Package};

use crate::{Failure, Task, workspace};
use graph::Graph;
use table::Row;

/// The task.
pub const TASK: Task = Task {
    name: "layering",
    usage: "",
    about: "checks which crate uses which, and that libraries neither print nor read the environment",
    run: |args| {
        args.end()?;
        check()
    },
};

/// One breach of the layering.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, from the root of the workspace.
    pub file: String,
    /// The line in it, from 1.
    pub line: usize,
    /// What is wrong there and what to do.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Checks this workspace.
///
/// # Errors
/// [`Failure::Problems`] with every breach; [`Failure::Metadata`] and [`Failure::File`] if the workspace
/// cannot be read.
pub fn check() -> Result<(), Failure> {
    let metadata = workspace::metadata()?;
    let mut problems = in_manifests(&metadata);
    for package in metadata.workspace_packages() {
        if table::row(&package.name).is_some_and(|row| row.silent) {
            problems.extend(silence::breaches(&package.name, package_folder(package), workspace::root())?);
        }
    }
    if problems.is_empty() {
        println!("{} crates keep to their layers", metadata.workspace_members.len());
        return Ok(());
    }
    problems.sort();
    let mut told = format!("{} breaches of the layering", problems.len());
    for problem in problems {
        told.push_str(&format!("\n{problem}"));
    }
    Err(Failure::Problems(told))
}

/// The breaches that the manifests tell: arrows that are not in the table, and forbidden crates reached.
#[must_use]
pub fn in_manifests(metadata: &Metadata) -> Vec<Problem> {
    let graph = Graph::new(metadata);
    let mut problems = Vec::new();
    for package in metadata.workspace_packages() {
        match table::row(&package.name) {
            Some(row) => {
                problems.extend(arrows(metadata, package, row));
                problems.extend(reached(metadata, &graph, package, row));
            }
            None => {
                let message = format!(
                    "`{}` is not in the table of layers; add a row to xtask/src/layering/table.rs",
                    package.name
                );
                problems.push(problem(metadata, package, "name", message));
            }
        }
    }
    problems
}

fn arrows(metadata: &Metadata, package: &Package, row: &Row) -> Vec<Problem> {
    let ours = metadata.workspace_packages();
    let wrong = package.dependencies.iter().filter(|dependency| {
        dependency.kind != DependencyKind::Development
            && ours.iter().any(|other| *other.name == dependency.name)
            && !row.uses.allows(&dependency.name)
    });
    let told = wrong.map(|dependency| {
        let message =
            format!("`{}` must not depend on `{}`; it may use {}", row.name, dependency.name, row.uses);
        problem(metadata, package, &dependency.name, message)
    });
    told.collect()
}

fn reached(metadata: &Metadata, graph: &Graph<'_>, package: &Package, row: &Row) -> Vec<Problem> {
    let forbidden = |name: &str| {
        (row.lean && table::is_heavy(name))
            .then_some("stays small")
            .or_else(|| (row.silent && table::is_command_line(name)).then_some("is a library"))
    };
    let chains = graph.reach(&package.id, |name| forbidden(name).is_some());
    let told = chains.into_iter().map(|chain| {
        let last = chain.last().copied().unwrap_or_default();
        let why = forbidden(last).unwrap_or_default();
        let message = format!("`{}` {why} and must not reach `{last}`: {}", row.name, chain.join(" -> "));
        problem(metadata, package, chain.get(1).copied().unwrap_or_default(), message)
    });
    told.collect()
}

/// A problem in the manifest of `package`, at the line that begins with `key`.
fn problem(metadata: &Metadata, package: &Package, key: &str, message: String) -> Problem {
    let manifest = &package.manifest_path;
    let text = std::fs::read_to_string(manifest).unwrap_or_default();
    let starts = |line: &str| line.strip_prefix(key).is_some_and(|rest| rest.starts_with(['.', ' ', '=']));
    let line = text.lines().position(starts).map_or(1, |at| at + 1);
    let file = manifest.strip_prefix(&metadata.workspace_root).unwrap_or(manifest).to_string();
    Problem { file, line, message }
}

fn package_folder(package: &Package) -> &std::path::Path {
    package.manifest_path.parent().unwrap_or(&package.manifest_path).as_std_path()
}
