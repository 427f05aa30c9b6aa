//! `node`: the npm package, from a fresh clone: installs what its tests use, builds the addon, runs the tests.

use std::process::Command;

use crate::{Failure, Task, process, workspace};

/// The task.
pub const TASK: Task = Task {
    name: "node",
    usage: "",
    about: "builds the addon for Node and tests the npm package: `npm test` in crates/ffi/node",
    run: |args| {
        args.end()?;
        test()
    },
};

/// Builds and tests the package.
///
/// # Errors
/// [`Failure::Start`] and [`Failure::Command`] of npm.
pub fn test() -> Result<(), Failure> {
    if !process::exists("npm") {
        println!("not tested, npm not found");
        return Ok(());
    }
    process::run(&mut npm(&["test", "--silent"]))
}

/// `npm` in the folder of the package.
#[must_use]
pub fn npm(args: &[&str]) -> Command {
    let mut npm = Command::new("npm");
    npm.args(args).current_dir(workspace::root().join("crates/ffi/node"));
    npm
}
