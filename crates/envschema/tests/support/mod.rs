//! Test data files, and answers that are compared with files.
//!
//! `UPDATE=1 cargo test` writes the answers anew; read the difference before keeping it.

use std::fs;
use std::path::{Path, PathBuf};

use envschema::{Code, Findings, Schema, SourceText};

/// A path below this crate.
pub(crate) fn path(relative: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(relative)
}

/// The text of a file below this crate.
pub(crate) fn read(relative: &str) -> String {
    let path = path(relative);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files of a folder that end in `extension`, sorted.
pub(crate) fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(path(folder)).expect(folder);
    let paths = entries.map(|entry| entry.expect("a readable folder").path());
    let mut found: Vec<_> =
        paths.filter(|path| path.extension().is_some_and(|one| one == extension)).collect();
    found.sort();
    found
}

/// The name of a file without its folder and its extension.
pub(crate) fn name(path: &Path) -> String {
    path.file_stem().expect("a file").to_string_lossy().into_owned()
}

/// Answers that differ from their files, gathered so that one run tells all.
#[derive(Default)]
pub(crate) struct Answers {
    wrong: Vec<String>,
}

impl Answers {
    pub(crate) fn compare(&mut self, file: &Path, answer: &str) {
        let answer = format!("{}\n", answer.trim_end());
        if fs::read_to_string(file).is_ok_and(|expected| expected == answer) {
            return;
        }
        if update() {
            fs::write(file, answer).expect("a writable test folder");
        } else {
            self.wrong.push(format!("---- {}\n{answer}", file.display()));
        }
    }

    pub(crate) fn finish(self) {
        assert!(self.wrong.is_empty(), "answers differ from their files:\n\n{}", self.wrong.join("\n"));
    }
}

#[expect(clippy::disallowed_methods, reason = "a switch of the tests, not of the program")]
fn update() -> bool {
    std::env::var_os("UPDATE").is_some()
}

/// A contract of `schema`, with the files that it extends.
pub(crate) fn shipped(file: &str) -> Schema {
    let text = |file: &str| read(&format!("../../schema/{file}"));
    Schema::read(file, &text(file), &mut |_, path| Ok(SourceText::new(path, &text(path))))
        .unwrap_or_else(|errors| panic!("{errors}"))
}

/// What was found: codes and variables.
pub(crate) fn found(findings: &Findings) -> Vec<(Code, &str)> {
    let found = findings.iter().map(|one| (one.code, one.variable.as_deref().unwrap_or_default()));
    found.collect()
}
