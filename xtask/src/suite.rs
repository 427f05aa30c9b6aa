//! `test`: the one command that has to pass before a change is done.
//!
//! A step that fails does not stop the next one: all problems are seen in one run.

use std::time::{Duration, Instant};

use crate::{
    Args, Failure, Task, aws, codegen, coverage, deps, installed, layering, node, process, readers, workspace,
};

/// The task.
pub const TASK: Task = Task {
    name: "test",
    usage: "[--quick]",
    about: "formatting, lints, layering, generated files, dependencies, coverage page and all tests; --quick: only the tests",
    run: task,
};

/// One part of the test command.
pub struct Step {
    /// Its name in the summary.
    pub name: &'static str,
    /// Does it.
    pub run: fn() -> Result<(), Failure>,
}

const TESTS: Step =
    Step { name: "tests", run: || cargo(&["test", "--workspace", "--all-features", "--no-fail-fast"]) };

/// The parts, in order.
pub const STEPS: &[Step] = &[
    Step { name: "formatting", run: || cargo(&["fmt", "--all", "--check"]) },
    Step {
        name: "lints",
        run: || {
            cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "--deny", "warnings"])
        },
    },
    Step { name: "layering", run: layering::check },
    Step { name: "generated files", run: || codegen::check(workspace::root(), codegen::FILES) },
    Step { name: "dependencies", run: deps::check },
    Step { name: "coverage page", run: coverage::check },
    Step { name: "readers", run: || installed::install(readers::SETS) },
    Step { name: "AWS stand-in", run: aws::check },
    Step { name: "npm package", run: node::test },
    TESTS,
];

/// A program that some tests run, if it is there.
pub struct Needed {
    /// The program on the PATH.
    pub program: &'static str,
    /// The tests that pass without having shown anything when it is missing.
    pub tests: &'static str,
}

/// The programs that some tests run.
pub const NEEDED: &[Needed] = &[
    Needed { program: "age", tests: "the tests that unwrap a vault's key with age" },
    Needed { program: "cc", tests: "the tests that use the library from C" },
    Needed { program: "chromium", tests: "the tests that open the status page in a browser" },
    Needed { program: "docker", tests: "the tests that hand env files to docker" },
    Needed { program: "dash", tests: "the tests that read env files back with a POSIX shell" },
    Needed {
        program: "fish",
        tests: "the tests that hand variables to fish, and complete command lines in it",
    },
    Needed { program: "git", tests: "the tests that scan what git has, and merge vaults" },
    Needed { program: "go", tests: "the tests that read env files back with godotenv" },
    Needed { program: "kubectl", tests: "the tests that hand objects to kubectl" },
    Needed { program: "mandoc", tests: "the tests that check manual pages" },
    Needed {
        program: "node",
        tests: "the tests that hand env files and YAML to Node, and types to the compiler of TypeScript",
    },
    Needed {
        program: "npm",
        tests: "the npm package, and the tests that install the compiler of TypeScript, and the readers of env files from npm",
    },
    Needed { program: "openssl", tests: "the tests that hand a generated key to OpenSSL" },
    Needed { program: "pkg-config", tests: "the tests that use the library from C" },
    Needed { program: "pre-commit", tests: "the test that runs the hooks" },
    Needed {
        program: "python3",
        tests: "the tests that hand YAML to PyYAML, and env files to python-dotenv, systemd and shells, and those that call AWS",
    },
    Needed { program: "ruby", tests: "the test that hands env files to dotenv of Ruby" },
    Needed { program: "ssh-keygen", tests: "the tests that open vaults with SSH keys" },
    Needed {
        program: "terraform",
        tests: "the tests that read a real Terraform state, or give it variables",
    },
    Needed {
        program: "unshare",
        tests: "the tests that run as the first process of a container, or fill a small disk",
    },
    Needed { program: "valgrind", tests: "the tests that look at every access to memory from C" },
    Needed { program: "zsh", tests: "the tests that complete command lines in zsh" },
    Needed { program: "xmllint", tests: "the tests that check JUnit reports against their XML Schema" },
];

/// How a step went.
pub struct Outcome {
    /// The name of the step.
    pub name: &'static str,
    /// How long it took.
    pub time: Duration,
    /// What went wrong, if something did.
    pub failure: Option<Failure>,
}

fn task(mut args: Args) -> Result<(), Failure> {
    let quick = args.flag("--quick");
    args.end()?;
    let prerequisites = prerequisites();
    let mut outcomes = Vec::new();
    if let Err(failure) = prerequisites {
        outcomes.push(Outcome { name: "prerequisites", time: Duration::ZERO, failure: Some(failure) });
    }
    outcomes.extend(go(if quick { &[TESTS] } else { STEPS }));
    println!("\n{}", summary(&outcomes));
    let failed: Vec<_> =
        outcomes.iter().filter(|outcome| outcome.failure.is_some()).map(|outcome| outcome.name).collect();
    if failed.is_empty() { Ok(()) } else { Err(Failure::Problems(format!("failed: {}", failed.join(", ")))) }
}

/// Runs every step, whatever became of those before it.
#[must_use]
pub fn go(steps: &[Step]) -> Vec<Outcome> {
    let run = |(number, step): (usize, &Step)| {
        println!("\n=== {}/{} {} ===", number + 1, steps.len(), step.name);
        let start = Instant::now();
        let failure = (step.run)().err();
        if let Some(failure) = &failure {
            eprintln!("{failure}");
        }
        Outcome { name: step.name, time: start.elapsed(), failure }
    };
    steps.iter().enumerate().map(run).collect()
}

/// A line for each step: how it went, and how long it took.
#[must_use]
pub fn summary(outcomes: &[Outcome]) -> String {
    let line = |outcome: &Outcome| {
        let verdict = if outcome.failure.is_none() { "ok" } else { "FAILED" };
        format!("{verdict:<6} {:<16} {:>6.1} s", outcome.name, outcome.time.as_secs_f64())
    };
    outcomes.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Says which tests show nothing on this machine. Where `CI` is set that is an error: nobody reads notes there.
fn prerequisites() -> Result<(), Failure> {
    let missing = NEEDED.iter().filter(|needed| !process::exists(needed.program));
    let notes: Vec<_> =
        missing.map(|needed| format!("{} not found: {} do not run", needed.program, needed.tests)).collect();
    if notes.is_empty() {
        return Ok(());
    }
    println!("{}", notes.join("\n"));
    if in_ci() { Err(Failure::Problems(notes.join("\n"))) } else { Ok(()) }
}

#[expect(clippy::disallowed_methods, reason = "a workspace task is a program's edge")]
fn in_ci() -> bool {
    std::env::var_os("CI").is_some_and(|value| !value.is_empty() && value != "false" && value != "0")
}

fn cargo(args: &[&str]) -> Result<(), Failure> {
    let mut command = process::cargo(args);
    println!("{}", process::shown(&command));
    process::run(&mut command)
}
