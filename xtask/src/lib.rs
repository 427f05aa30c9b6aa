//! What the workspace does beside being compiled, as `cargo xtask TASK`.
//!
//! `cargo xtask test` is the one command that has to pass before a change is done; the other tasks are its
//! parts, or answer a question now and then. `cargo xtask help` lists them.
//!
//! | module | task |
//! |---|---|
//! | [`suite`] | `test`: formatting, lints, layering, generated files, dependency ceilings, tests |
//! | [`layering`] | `layering`: which crate may use what, and that libraries neither print nor read the environment |
//! | [`codegen`] | `codegen`: the files that are written by the code they describe |
//! | [`deps`] | `deps`: how many crates an embedder builds |
//! | [`ffi`] | `ffi`: the C library with its header and pkg-config file |
//! | [`node`] | `node`: the npm package, built and tested |
//! | [`readers`] | `readers` and `conformance`: real readers of `.env` text, and the long run against them |
//! | [`aws`] | `aws`: the stand-in for AWS that tests call |
//! | [`mod@bench`] | `bench`: speed, as ratios within one run |
//!
//! A task is one [`Task`] in one file, listed in [`TASKS`].
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a task reports to the person who runs it")]

use std::process::ExitCode;

pub mod args;
pub mod aws;
pub mod bench;
pub mod codegen;
pub mod coverage;
pub mod deps;
pub mod failure;
pub mod ffi;
pub mod installed;
pub mod layering;
pub mod node;
pub mod process;
pub mod readers;
pub mod suite;
pub mod workspace;

pub use args::Args;
pub use failure::Failure;

/// One thing to ask of `cargo xtask`.
pub struct Task {
    /// The word on the command line.
    pub name: &'static str,
    /// The arguments after it, as shown in the help; empty if there are none.
    pub usage: &'static str,
    /// What it does, in one line.
    pub about: &'static str,
    /// Does it.
    pub run: fn(Args) -> Result<(), Failure>,
}

/// Every task, in the order of the help.
pub const TASKS: &[Task] = &[
    suite::TASK,
    layering::TASK,
    codegen::TASK,
    coverage::TASK,
    deps::TASK,
    ffi::TASK,
    node::TASK,
    readers::TASK,
    readers::CONFORMANCE,
    aws::TASK,
    bench::TASK,
];

/// Runs the task that the arguments name and reports how it went. `args` is without the program's name.
#[must_use]
pub fn run(args: &[String]) -> ExitCode {
    let words: Vec<_> = args.iter().map(String::as_str).collect();
    if let [] | ["help" | "--help" | "-h", ..] | [_, "--help" | "-h"] = words.as_slice() {
        print!("{}", help());
        return ExitCode::SUCCESS;
    }
    match find(words[0]).and_then(|task| (task.run)(Args::new(task, &args[1..]))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.exit_code())
        }
    }
}

/// The task called `name`.
///
/// # Errors
/// [`Failure::Usage`] if there is none, with the name that may have been meant.
pub fn find(name: &str) -> Result<&'static Task, Failure> {
    TASKS.iter().find(|task| task.name == name).ok_or_else(|| {
        let hint = match envschema::nearest(name, TASKS.iter().map(|task| task.name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`cargo xtask help` lists them".to_owned(),
        };
        Failure::Usage(format!("there is no task `{name}`; {hint}"))
    })
}

/// The help text: one line for each task.
#[must_use]
pub fn help() -> String {
    let mut text = String::from("Usage: cargo xtask TASK\n");
    for Task { name, usage, about, .. } in TASKS {
        let call = format!("{name} {usage}");
        text.push_str(&format!("\n  {}\n      {about}\n", call.trim_end()));
    }
    text
}
