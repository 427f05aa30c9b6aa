//! `coverage`: that `docs/coverage.md`, `docs/vault.md` and `docs/sync.md` name only tests and files that exist.

use std::collections::HashMap;
use std::fs;

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
    let mut lists: HashMap<&str, String> = HashMap::new();
    let mut problems = String::new();
    let mut count = 0;
    for page in PAGES {
        let path = workspace::root().join(page);
        let text = fs::read_to_string(&path).map_err(|source| Failure::File {
            doing: "read",
            path: path.clone(),
            source,
        })?;
        count += missing(page, &names(&text), &mut lists, &mut problems)?;
    }
    if problems.is_empty() {
        println!("names of tests and files: {count}, all exist");
        return Ok(());
    }
    Err(Failure::Problems(problems.trim_end().to_owned()))
}

/// Adds what one page names and does not exist; how many names it has.
fn missing(
    page: &str,
    named: &[&str],
    lists: &mut HashMap<&str, String>,
    problems: &mut String,
) -> Result<usize, Failure> {
    for name in named {
        let exists = match package(name) {
            Some((package, test)) => {
                if !lists.contains_key(package) {
                    lists.insert(package, tests(package)?);
                }
                lists
                    .get(package)
                    .is_some_and(|list| list.lines().any(|line| line == format!("{test}: test")))
            }
            None => workspace::root().join(name).exists(),
        };
        if !exists {
            problems.push_str(&format!("{page} names `{name}`, which does not exist\n"));
        }
    }
    Ok(named.len())
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

/// What `cargo test -- --list` prints for a package.
fn tests(package: &str) -> Result<String, Failure> {
    let arguments = ["test", "-q", "-p", package, "--all-features", "--test", "runner", "--", "--list"];
    process::output(&mut process::cargo(&arguments))
}
