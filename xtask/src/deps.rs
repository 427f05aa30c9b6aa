//! `deps`: how many crates come along with ours, for someone who embeds them.

use std::collections::BTreeSet;

use crate::{Failure, Task, process};

/// The task.
pub const TASK: Task = Task {
    name: "deps",
    usage: "",
    about: "counts the crates an embedder builds, and fails above the ceiling",
    run: |args| {
        args.end()?;
        check()
    },
};

/// A crate that others embed, and the most crates that may come along with it.
///
/// Ceilings are a little above what is there, so that an update of a dependency passes and a new dependency
/// that drags in ten others does not. Raise one in the change that needs it, and say there why.
pub struct Ceiling {
    /// The package.
    pub package: &'static str,
    /// The most crates cargo may build beside it: default features, this platform, macros and build scripts
    /// counted, tests not.
    pub built: usize,
}

/// The ceilings.
pub const CEILINGS: &[Ceiling] = &[
    Ceiling { package: "envschema", built: 45 },
    Ceiling { package: "envctl-resolver", built: 60 },
    Ceiling { package: "envctl-engine", built: 64 },
    // age brings SSH keys, post-quantum recipients and translated messages, whether they are used or not.
    Ceiling { package: "envctl-vault", built: 200 },
    Ceiling { package: "envctl-ffi", built: 92 },
];

/// Prints the counts and compares them with the ceilings.
///
/// # Errors
/// [`Failure::Problems`] with every package above its ceiling; [`Failure::Command`] if cargo fails.
pub fn check() -> Result<(), Failure> {
    let mut problems = Vec::new();
    println!("{:<16} {:>6} {:>6} {:>8}", "crate", "built", "linked", "ceiling");
    for Ceiling { package, built: ceiling } in CEILINGS {
        let built = tree(package, "normal,build")?;
        let linked = tree(package, "normal,no-proc-macro")?.len();
        println!("{package:<16} {:>6} {linked:>6} {ceiling:>8}", built.len());
        if built.len() > *ceiling {
            problems.push(format!(
                "{package} builds {} other crates, more than {ceiling}; \
                 find out why with `cargo tree -p {package} -e normal,build`",
                built.len()
            ));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::Problems(problems.join("\n"))) }
}

fn tree(package: &str, edges: &str) -> Result<BTreeSet<String>, Failure> {
    let args = ["tree", "--quiet", "--package", package, "--edges", edges, "--prefix", "none"];
    Ok(crates(&process::output(&mut process::cargo(&args))?, package))
}

/// The crates of a flat `cargo tree`, each version once, without `package` itself.
#[must_use]
pub fn crates(tree: &str, package: &str) -> BTreeSet<String> {
    let named = tree.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (name, version) = (words.next()?, words.next()?);
        (name != package).then(|| format!("{name} {version}"))
    });
    named.collect()
}
