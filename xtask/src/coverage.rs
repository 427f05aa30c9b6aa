//! `coverage`: that `docs/coverage.md` names only tests and files that exist.

use std::collections::HashMap;
use std::fs;

use crate::{Args, Failure, Task, process, workspace};

/// The task.
pub const TASK: Task = Task {
    name: "coverage",
    usage: "",
    about: "checks that docs/coverage.md names only tests and files that exist",
    run: task,
};

/// The page, from the root of the workspace.
const PAGE: &str = "docs/coverage.md";
/// The packages whose tests it names.
const PACKAGES: [&str; 5] = ["envschema", "envctl-dotenv", "envctl-resolver", "envctl-ffi", "envctl"];

fn task(args: Args) -> Result<(), Failure> {
    args.end()?;
    check()
}

/// That every name on the page exists.
///
/// # Errors
/// [`Failure::Problems`] with every name that does not; [`Failure::File`] and the failures of `cargo`.
pub fn check() -> Result<(), Failure> {
    let path = workspace::root().join(PAGE);
    let page = fs::read_to_string(&path).map_err(|source| Failure::File {
        doing: "read",
        path: path.clone(),
        source,
    })?;
    let named = names(&page);
    let mut lists: HashMap<&str, String> = HashMap::new();
    let mut problems = String::new();
    for name in &named {
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
            problems.push_str(&format!("{PAGE} names `{name}`, which does not exist\n"));
        }
    }
    if problems.is_empty() {
        println!("names of tests and files: {}, all exist", named.len());
        return Ok(());
    }
    Err(Failure::Problems(problems.trim_end().to_owned()))
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
