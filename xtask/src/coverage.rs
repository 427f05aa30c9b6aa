//! `coverage`: that `docs/coverage.md`, `docs/vault.md` and `docs/sync.md` name only tests and files that exist.

use std::collections::HashMap;
use std::fs;
use std::process::Command;

use cargo_metadata::{Artifact, Message};

use crate::{Args, Failure, Task, process, workspace};

/// The task.
pub const TASK: Task = Task {
    name: "coverage",
    usage: "",
    about: "checks that docs/coverage.md, docs/vault.md and docs/sync.md name only tests and files that exist",
    run: task,
};

/// The pages, from the root of the workspace.
const PAGES: [&str; 3] = ["docs/coverage.md", "docs/vault.md", "docs/sync.md"];
/// The packages whose tests they name.
const PACKAGES: [&str; 9] = [
    "envschema",
    "envctl-dotenv",
    "envctl-resolver",
    "envctl-sync",
    "envctl-vault",
    "envctl-aws",
    "envctl-ffi",
    "envctl",
    "envctl-cloud",
];

fn task(args: Args) -> Result<(), Failure> {
    args.end()?;
    check()
}

/// That every name on the pages exists.
///
/// # Errors
/// [`Failure::Problems`] with every name that does not; [`Failure::File`] and the failures of `cargo`.
pub fn check() -> Result<(), Failure> {
    let lists = lists()?;
    let mut problems = String::new();
    let mut count = 0;
    for page in PAGES {
        let path = workspace::root().join(page);
        let text = fs::read_to_string(&path).map_err(|source| Failure::File {
            doing: "read",
            path: path.clone(),
            source,
        })?;
        count += missing(page, &names(&text), &lists, &mut problems);
    }
    if problems.is_empty() {
        println!("names of tests and files: {count}, all exist");
        return Ok(());
    }
    Err(Failure::Problems(problems.trim_end().to_owned()))
}

/// Adds what one page names and does not exist; how many names it has.
fn missing(page: &str, named: &[&str], lists: &HashMap<String, String>, problems: &mut String) -> usize {
    for name in named {
        let exists = match package(name) {
            Some((package, test)) => lists
                .get(package)
                .is_some_and(|list| list.lines().any(|line| line == format!("{test}: test"))),
            None => workspace::root().join(name).exists(),
        };
        if !exists {
            problems.push_str(&format!("{page} names `{name}`, which does not exist\n"));
        }
    }
    named.len()
}

/// The texts in backticks that are a test (`package::module::test`) or a file with a folder.
pub fn names(page: &str) -> Vec<&str> {
    let quoted = page.split('`').skip(1).step_by(2);
    quoted.filter(|text| package(text).is_some() || is_file(text)).collect()
}

fn package(name: &str) -> Option<(&'static str, &str)> {
    let (first, test) = name.split_once("::")?;
    PACKAGES.iter().find(|package| **package == first).map(|package| (*package, test))
}

fn is_file(text: &str) -> bool {
    ["tests/", "schema/", "docs/", "crates/"].iter().any(|folder| text.starts_with(folder))
        && !text.contains(' ')
}

/// What the tests of each package print with `--list`. They are built as the tests are that run after this, so that nothing is
/// built twice.
fn lists() -> Result<HashMap<String, String>, Failure> {
    let arguments = ["test", "--workspace", "--all-features", "--no-run", "--message-format=json"];
    let built = process::output(&mut process::cargo(&arguments))?;
    let packages = workspace::metadata()?.packages;
    let mut lists = HashMap::new();
    for message in Message::parse_stream(built.as_bytes()).flatten() {
        let Message::CompilerArtifact(Artifact { package_id, target, executable: Some(program), .. }) =
            message
        else {
            continue;
        };
        let package = packages.iter().find(|package| package.id == package_id);
        let Some(package) = package.filter(|_| target.name == "runner") else { continue };
        let list = process::output(Command::new(program).arg("--list"))?;
        lists.insert(package.name.to_string(), list);
    }
    Ok(lists)
}
