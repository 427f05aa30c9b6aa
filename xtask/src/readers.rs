//! `readers`: installs the programs that read `.env` text, at the versions that are written down beside their drivers;
//! and `conformance`: the long run against them.

use std::path::Path;
use std::process::Command;

use crate::installed::{self, Set};
use crate::{Args, Failure, Task, process};

/// The task that installs.
pub const TASK: Task = Task {
    name: "readers",
    usage: "",
    about: "installs the programs that .env text is read back with, under target/readers",
    run: |args| {
        args.end()?;
        installed::install(SETS)
    },
};

/// The task that runs long.
pub const CONFORMANCE: Task = Task {
    name: "conformance",
    usage: "[--rounds N] [--seed N]",
    about: "random values and files against every real reader, many rounds; prints the counts",
    run: conformance,
};

/// Rounds of a long run: some minutes.
const ROUNDS: usize = 50;

/// Every set.
pub const SETS: &[Set] = &[
    Set {
        name: "npm",
        folder: "target/readers/npm",
        source: SOURCE,
        files: &["package.json", "package-lock.json", ".npmrc"],
        program: "npm",
        install: npm,
    },
    Set {
        name: "python",
        folder: "target/readers/python",
        source: SOURCE,
        files: &["requirements.txt"],
        program: "python3",
        install: installed::python,
    },
    Set {
        name: "go",
        folder: "target/readers/go",
        source: SOURCE,
        files: &["godotenv.go"],
        program: "go",
        install: go,
    },
];

/// Where the drivers of the readers lie, and what is installed for them.
const SOURCE: &str = "crates/dotenv/tests/readers";

/// Nothing that a package brings is run while it is installed.
fn npm(folder: &Path) -> Result<(), Failure> {
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    process::run(Command::new("npm").args(args).current_dir(folder))
}

/// The packages are those of Debian, which have their sources in one place and no versions to choose from.
fn go(folder: &Path) -> Result<(), Failure> {
    let mut build = Command::new("go");
    build.args(["build", "-o", "godotenv", "godotenv.go"]).current_dir(folder);
    build.env("GO111MODULE", "off").env("GOPATH", "/usr/share/gocode").env("GOFLAGS", "");
    process::run(&mut build)
}

fn conformance(mut args: Args) -> Result<(), Failure> {
    let rounds = args.number("--rounds")?.unwrap_or(ROUNDS);
    let seed = args.number("--seed")?.unwrap_or(1);
    args.end()?;
    installed::install(SETS)?;
    let tests = [
        "test",
        "--quiet",
        "--release",
        "-p",
        "envctl-dotenv",
        "--test",
        "runner",
        "--",
        "conformance::",
        "--nocapture",
    ];
    let mut command = process::cargo(&tests);
    command.env("CI", "true");
    command.env("ENVCTL_CONFORMANCE", rounds.to_string()).env("ENVCTL_CONFORMANCE_SEED", seed.to_string());
    let printed = process::output(&mut command)?;
    println!("{}", summary(&printed));
    println!("{rounds} rounds, seed {seed}");
    Ok(())
}

/// What the tests told, sorted, and the sums of it.
#[must_use]
pub fn summary(printed: &str) -> String {
    let told = printed.lines().filter_map(|line| Some(line.split_once("conformance: ")?.1));
    let mut told: Vec<_> = told.collect();
    told.sort_unstable();
    let sum = |what: &str| -> usize {
        let number = |line: &&str| line.split_once(what)?.1.split([',', ' ']).next()?.parse::<usize>().ok();
        told.iter().filter_map(number).sum()
    };
    let (values, files) = (sum(": values written "), sum(": files read ") + sum(": assignments read "));
    format!("{}\n{values} values written and read back, {files} files read, differences 0", told.join("\n"))
}
