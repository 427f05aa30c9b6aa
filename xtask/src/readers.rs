//! `readers`: installs the programs that read `.env` text, at the versions that are written down beside their drivers;
//! and `conformance`: the long run against them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Args, Failure, Task, process, workspace};

/// The task that installs.
pub const TASK: Task = Task {
    name: "readers",
    usage: "",
    about: "installs the programs that .env text is read back with, under target/readers",
    run: |args| {
        args.end()?;
        install()
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

/// A set of programs and how they are installed.
pub struct Set {
    /// The folder under `target/readers`.
    pub folder: &'static str,
    /// The files that say what is installed, under `crates/dotenv/tests/readers`. They are copied there.
    pub files: &'static [&'static str],
    /// The program that installs.
    pub program: &'static str,
    /// Installs in that folder.
    pub install: fn(&Path) -> Result<(), Failure>,
}

/// Every set.
pub const SETS: &[Set] = &[
    Set {
        folder: "npm",
        files: &["package.json", "package-lock.json", ".npmrc"],
        program: "npm",
        install: npm,
    },
    Set { folder: "python", files: &["requirements.txt"], program: "python3", install: python },
    Set { folder: "go", files: &["godotenv.go"], program: "go", install: go },
];

/// Installs every set that is not there as its files say.
///
/// # Errors
/// [`Failure::Start`] and [`Failure::Command`] of the program that installs; [`Failure::File`].
pub fn install() -> Result<(), Failure> {
    for set in SETS {
        let folder = workspace::root().join("target/readers").join(set.folder);
        if !process::exists(set.program) {
            println!("{}: not installed, {} not found", set.folder, set.program);
            continue;
        }
        let wanted = contents(set)?;
        let stamp = folder.join(".installed");
        if fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) {
            println!("{}: there already", set.folder);
            continue;
        }
        if folder.exists() {
            fs::remove_dir_all(&folder).map_err(file("remove", &folder))?;
        }
        fs::create_dir_all(&folder).map_err(file("make", &folder))?;
        for name in set.files {
            let (from, to) = (source(name), folder.join(Path::new(name).file_name().unwrap_or_default()));
            fs::copy(&from, &to).map_err(file("copy", &from))?;
        }
        (set.install)(&folder)?;
        fs::write(&stamp, wanted).map_err(file("write", &stamp))?;
        println!("{}: installed", set.folder);
    }
    Ok(())
}

/// What the files of a set say.
fn contents(set: &Set) -> Result<String, Failure> {
    let read = |name: &&str| fs::read_to_string(source(name)).map_err(file("read", &source(name)));
    set.files.iter().map(read).collect()
}

fn source(name: &str) -> PathBuf {
    workspace::root().join("crates/dotenv/tests/readers").join(name)
}

fn file(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Failure {
    let path = path.to_owned();
    move |source| Failure::File { doing, path, source }
}

/// Nothing that a package brings is run while it is installed.
fn npm(folder: &Path) -> Result<(), Failure> {
    let args = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
    process::run(Command::new("npm").args(args).current_dir(folder))
}

fn python(folder: &Path) -> Result<(), Failure> {
    process::run(Command::new("python3").args(["-m", "venv"]).arg(folder))?;
    let args = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
    process::run(Command::new(folder.join("bin/python3")).args(args).current_dir(folder))
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
    install()?;
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
