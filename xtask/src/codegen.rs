//! `codegen`: the files that are written by the code they describe.
//!
//! A generated file is one line of [`FILES`]. The test command runs `codegen --check`, so that a file which no
//! longer says what the code says is found at once.

use std::fs;
use std::path::Path;

use serde::Serialize;

use crate::{Args, Failure, Task, workspace};

/// The task.
pub const TASK: Task = Task {
    name: "codegen",
    usage: "[--check]",
    about: "writes the generated files; with --check only says which are stale",
    run: task,
};

/// A file and the function that knows its content.
pub struct Generated {
    /// Where it is, from the root of the workspace, with `/`.
    pub path: &'static str,
    /// Its whole content.
    pub produce: fn() -> Result<String, Failure>,
}

impl Generated {
    const fn new(path: &'static str, produce: fn() -> Result<String, Failure>) -> Self {
        Self { path, produce }
    }
}

/// Every generated file.
pub const FILES: &[Generated] = &[
    Generated::new("schema/json/envschema.schema.json", || pretty(&envschema::json_schema())),
    Generated::new("schema/json/ffi.schema.json", || pretty(&envctl_engine::call::json_schema())),
    Generated::new("schema/json/sync.schema.json", || pretty(&envctl_sync::json_schema())),
    Generated::new("crates/ffi/include/envctl.h", header),
    Generated::new("docs/codes.md", || Ok(codes())),
    Generated::new("docs/readers.md", || Ok(readers())),
];

/// The header of the C interface.
fn header() -> Result<String, Failure> {
    let config = cbindgen::Config {
        language: cbindgen::Language::C,
        cpp_compat: true,
        include_guard: Some("ENVCTL_H".to_owned()),
        no_includes: true,
        sys_includes: vec!["stdbool.h".to_owned(), "stdint.h".to_owned()],
        header: Some("/* The C interface of envctl; docs/embedding.md tells how it is used. Written by `cargo xtask codegen`. */".to_owned()),
        documentation_style: cbindgen::DocumentationStyle::C99,
        ..cbindgen::Config::default()
    };
    let source = workspace::root().join("crates/ffi/src/lib.rs");
    let bindings = cbindgen::Builder::new().with_config(config).with_src(&source).generate();
    let bindings = bindings.map_err(|error| Failure::Problems(format!("{}: {error}", source.display())))?;
    let mut text = Vec::new();
    bindings.write(&mut text);
    String::from_utf8(text).map_err(|error| Failure::Problems(format!("the header is not UTF-8: {error}")))
}

/// The readers of .env text that there are rules for.
fn readers() -> String {
    let mut text = String::from(
        "# Readers\n\nThe readers of `.env` text that `--dialect`, `--reader` and `dialect` in envctl.toml name. What is promised \
         of them is in [dotenv.md](dotenv.md). This page is written by `cargo xtask codegen`.\n\n\
         | name | also | reader | checked against |\n|---|---|---|---|\n",
    );
    for dialect in envctl_dotenv::Dialect::ALL {
        let also: Vec<_> = dialect.other_names().iter().map(|name| format!("`{name}`")).collect();
        let (title, checked) = (dialect.title(), dialect.checked());
        text.push_str(&format!("| `{dialect}` | {} | {title} | {checked} |\n", also.join(", ")));
    }
    text
}

/// The reference of codes: what `validate` can find, and what can be wrong with a contract.
fn codes() -> String {
    let mut text = String::from(
        "# Codes\n\nCodes are stable: scripts may depend on them. This page is written by `cargo xtask codegen`.\n\n\
         ## Findings\n\nWhat `envctl validate`, `envctl scan` and `envctl lint` tell of an environment or a file.\n\n| code | means |\n|---|---|\n",
    );
    for code in envschema::Code::ALL {
        text.push_str(&format!("| `{code}` | {} |\n", code.about()));
    }
    text.push_str(
        "\n## Mistakes in a contract\n\nWhat `envctl schema check` tells of a contract.\n\n| code | means |\n|---|---|\n",
    );
    for code in envschema::DiagnosticCode::ALL {
        text.push_str(&format!("| `{code}` | {} |\n", code.about()));
    }
    text.push_str(
        "\n## What is proven of a contract\n\nWhat `envctl schema check` tells of a contract without mistakes.\n\n\
         | code | means |\n|---|---|\n",
    );
    for code in envschema::proof::ProofCode::ALL {
        text.push_str(&format!("| `{code}` | {} |\n", code.about()));
    }
    text
}

/// A JSON file for people: indented, with a line end.
///
/// # Errors
/// [`Failure::Json`] if the value has a map whose keys are not text.
pub fn pretty(value: &impl Serialize) -> Result<String, Failure> {
    Ok(serde_json::to_string_pretty(value)? + "\n")
}

fn task(mut args: Args) -> Result<(), Failure> {
    let only_check = args.flag("--check");
    args.end()?;
    if only_check {
        return check(workspace::root(), FILES);
    }
    for path in write(workspace::root(), FILES)? {
        println!("wrote {path}");
    }
    println!("generated files: {}, all fresh", FILES.len());
    Ok(())
}

/// That every file under `root` is what its producer says.
///
/// # Errors
/// [`Failure::Problems`] with every stale or missing file and the command that refreshes them.
pub fn check(root: &Path, files: &[Generated]) -> Result<(), Failure> {
    let mut problems = String::new();
    for (file, _) in stale(root, files)? {
        problems.push_str(&format!("{} is stale\n", file.path));
    }
    if problems.is_empty() {
        return Ok(());
    }
    Err(Failure::Problems(problems + "run `cargo xtask codegen` and commit what it wrote"))
}

/// Writes the files under `root` that are stale or missing and returns their paths.
///
/// # Errors
/// [`Failure::File`] if one cannot be written, or what its producer failed with.
pub fn write(root: &Path, files: &[Generated]) -> Result<Vec<&'static str>, Failure> {
    let mut written = Vec::new();
    for (file, content) in stale(root, files)? {
        let path = root.join(file.path);
        let folder = path.parent().unwrap_or(root);
        fs::create_dir_all(folder)
            .and_then(|()| fs::write(&path, content))
            .map_err(|source| Failure::File { doing: "write", path, source })?;
        written.push(file.path);
    }
    Ok(written)
}

/// The files that are not what their producers say, with what they should be.
fn stale<'a>(root: &Path, files: &'a [Generated]) -> Result<Vec<(&'a Generated, String)>, Failure> {
    let mut found = Vec::new();
    for file in files {
        let fresh = (file.produce)()?;
        if fs::read_to_string(root.join(file.path)).ok().as_ref() != Some(&fresh) {
            found.push((file, fresh));
        }
    }
    Ok(found)
}
