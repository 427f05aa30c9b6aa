//! `ffi`: the C library, built so that a panic becomes an answer, with its header and its pkg-config file.

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::fs;
use std::path::{Path, PathBuf};

use crate::{Args, Failure, Task, process, workspace};

/// The task.
pub const TASK: Task = Task {
    name: "ffi",
    usage: "[--prefix DIR]",
    about: "builds the C library and installs it with its header and pkg-config file; under target/ffi/installed by default",
    run: task,
};

/// What a static library of Rust needs of the system.
const PRIVATE: &str = if cfg!(target_os = "linux") { "-lgcc_s -lutil -lrt -lpthread -lm -ldl" } else { "" };

fn task(mut args: Args) -> Result<(), Failure> {
    let prefix = args.text("--prefix")?.map_or_else(default_prefix, PathBuf::from);
    args.end()?;
    for file in install(&prefix)? {
        println!("{}", file.display());
    }
    Ok(())
}

fn default_prefix() -> PathBuf {
    workspace::root().join("target/ffi/installed")
}

/// Builds the library with the profile that unwinds. Gives the folder that it is in.
///
/// # Errors
/// [`Failure::Start`] and [`Failure::Command`] of cargo.
pub fn build() -> Result<PathBuf, Failure> {
    // With the crate type for Rust left out, the whole library is optimized as one.
    let args = [
        "rustc",
        "--quiet",
        "-p",
        "envctl-ffi",
        "--lib",
        "--profile",
        "ffi",
        "--crate-type",
        "cdylib,staticlib",
    ];
    process::run(&mut process::cargo(&args))?;
    Ok(workspace::root().join("target/ffi"))
}

/// Builds and installs. Gives every file that was written.
///
/// # Errors
/// As [`build`]; [`Failure::File`] if a file cannot be copied or written.
pub fn install(prefix: &Path) -> Result<Vec<PathBuf>, Failure> {
    // The pkg-config file tells it to programs that are compiled in other folders.
    let prefix = &std::path::absolute(prefix).map_err(|source| Failure::File {
        doing: "find",
        path: prefix.to_owned(),
        source,
    })?;
    let built = build()?;
    let source = workspace::root().join("crates/ffi");
    let mut written = Vec::new();
    let libraries = [format!("{DLL_PREFIX}envctl_ffi{DLL_SUFFIX}"), static_library().to_owned()];
    for library in libraries {
        written.push((prefix.join("lib").join(&library), read(&built.join(library))?));
    }
    written.push((prefix.join("include/envctl.h"), read(&source.join("include/envctl.h"))?));
    let template = String::from_utf8_lossy(&read(&source.join("envctl.pc.in"))?).into_owned();
    let file = template
        .replace("@prefix@", &prefix.display().to_string())
        .replace("@version@", &version()?)
        .replace("@private@", PRIVATE);
    written.push((prefix.join("lib/pkgconfig/envctl.pc"), file.into_bytes()));
    let write = |(path, bytes): (PathBuf, Vec<u8>)| {
        let folder = path.parent().unwrap_or(prefix);
        let written = fs::create_dir_all(folder).and_then(|()| fs::write(&path, bytes));
        written.map_err(|source| Failure::File { doing: "write", path: path.clone(), source })?;
        Ok(path)
    };
    written.into_iter().map(write).collect()
}

fn version() -> Result<String, Failure> {
    let metadata = workspace::metadata()?;
    let library = metadata.workspace_packages().into_iter().find(|package| *package.name == "envctl-ffi");
    Ok(library.map(|library| library.version.to_string()).unwrap_or_default())
}

fn static_library() -> &'static str {
    if cfg!(windows) { "envctl_ffi.lib" } else { "libenvctl_ffi.a" }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(path).map_err(|source| Failure::File { doing: "read", path: path.to_owned(), source })
}
