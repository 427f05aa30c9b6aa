//! That a library neither prints nor reads the process environment.
//!
//! Clippy knows these rules as well, but one line of `#[allow]` turns it off. Tests are left out.

use std::fs;
use std::path::{Path, PathBuf};

use super::Problem;
use super::code::{Token, tokens};
use crate::Failure;

/// Macros that print.
const PRINTING: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];
/// Names in `std::io` that print.
const STREAMS: &[&str] = &["stdout", "stderr", "*"];
/// Names in `std::env` that read or change the process.
const PROCESS: &[&str] = &[
    "var",
    "var_os",
    "vars",
    "vars_os",
    "set_var",
    "remove_var",
    "args",
    "args_os",
    "current_dir",
    "set_current_dir",
    "current_exe",
    "home_dir",
    "temp_dir",
    "*",
];

/// The breaches in the sources of one crate; `folder` holds its `src`, `root` is what paths are shown from.
///
/// # Errors
/// [`Failure::File`] if a source cannot be read.
pub fn breaches(package: &str, folder: &Path, root: &Path) -> Result<Vec<Problem>, Failure> {
    let mut problems = Vec::new();
    let mut only_tests = Vec::new();
    for path in rust_files(&folder.join("src"))? {
        if only_tests.iter().any(|test: &PathBuf| path.starts_with(test) || path == test.with_extension("rs"))
        {
            continue;
        }
        let text = fs::read_to_string(&path).map_err(|source| Failure::File {
            doing: "read",
            path: path.clone(),
            source,
        })?;
        let found = in_text(&text);
        only_tests.extend(found.test_modules.iter().map(|name| module_folder(&path).join(name)));
        let file = path.strip_prefix(root).unwrap_or(&path).display().to_string().replace('\\', "/");
        problems.extend(found.breaches.into_iter().map(|(line, what)| {
            let message = format!("`{package}` is a library and must not {what}; let its caller do that");
            Problem { file: file.clone(), line, message }
        }));
    }
    Ok(problems)
}

/// What one source file does.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Lines and what is wrong there.
    pub breaches: Vec<(usize, String)>,
    /// Modules in other files that are compiled for tests only.
    pub test_modules: Vec<String>,
}

/// Looks through one source file; test code in it is passed over.
#[must_use]
pub fn in_text(text: &str) -> Found {
    let tokens = tokens(text);
    let mut found = Found::default();
    let mut rest = tokens.as_slice();
    let mut before: &[Token<'_>] = &[];
    while let [token, after @ ..] = rest {
        if let Some(item) = after_test_attribute(rest) {
            let (name, end) = skip_item(item);
            found.test_modules.extend(name.map(str::to_owned));
            (before, rest) = (&[], end);
            continue;
        }
        found.breaches.extend(breach(before, *token, after).map(|what| (token.line, what)));
        before = &tokens[..tokens.len() - after.len()];
        rest = after;
    }
    found
}

fn breach(before: &[Token<'_>], token: Token<'_>, after: &[Token<'_>]) -> Option<String> {
    let previous = before.last().map_or("", |token| token.text);
    let next = after.first().map_or("", |token| token.text);
    let listed = |known: &[&str]| path_names(after).into_iter().find(|name| known.contains(name));
    match token.text {
        name if next == "!" && PRINTING.contains(&name) => Some(format!("print (`{name}!`)")),
        name @ ("stdout" | "stderr") if next == "(" && !matches!(previous, "." | "fn" | "::") => {
            let call = after.get(1).is_some_and(|token| token.text == ")");
            call.then(|| format!("print (`{name}()`)"))
        }
        "io" => listed(STREAMS).map(|name| format!("print (`io::{name}`)")),
        "env" if previous != "::" || before.iter().rev().nth(1).is_some_and(|token| token.text == "std") => {
            listed(PROCESS).map(|name| format!("read the process environment (`env::{name}`)"))
        }
        _ => None,
    }
}

/// The names that a path goes on with: one, or all those between braces.
fn path_names<'t>(after: &[Token<'t>]) -> Vec<&'t str> {
    match after {
        [colons, open, inside @ ..] if colons.text == "::" && open.text == "{" => {
            inside.iter().map(|token| token.text).take_while(|text| *text != "}").collect()
        }
        [colons, name, ..] if colons.text == "::" => vec![name.text],
        _ => Vec::new(),
    }
}

/// What follows an attribute such as `#[cfg(test)]`, if `tokens` begin with one.
fn after_test_attribute<'a, 't>(tokens: &'a [Token<'t>]) -> Option<&'a [Token<'t>]> {
    let [hash, open, name, ..] = tokens else { return None };
    if hash.text != "#" || open.text != "[" || !matches!(name.text, "cfg" | "test") {
        return None;
    }
    let end = group_end(&tokens[1..]) + 1;
    let inside = &tokens[2..end];
    let has = |word: &str| inside.iter().any(|token| token.text == word);
    (has("test") && !has("not")).then(|| &tokens[end..])
}

/// Passes over an item. If it is a module in another file, also returns its name.
fn skip_item<'a, 't>(tokens: &'a [Token<'t>]) -> (Option<&'t str>, &'a [Token<'t>]) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token.text {
            ";" => {
                let module = match &tokens[..at] {
                    [.., keyword, name] if keyword.text == "mod" => Some(name.text),
                    _ => None,
                };
                return (module, &tokens[at + 1..]);
            }
            "{" => return (None, &tokens[at + group_end(&tokens[at..])..]),
            "(" | "[" => at += group_end(&tokens[at..]),
            _ => at += 1,
        }
    }
    (None, &[])
}

/// How many tokens the bracketed group at the beginning of `tokens` takes, brackets included.
fn group_end(tokens: &[Token<'_>]) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate() {
        match token.text {
            "(" | "[" | "{" => depth += 1,
            ")" | "]" | "}" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

/// The folder in which the modules of a source file are.
fn module_folder(file: &Path) -> PathBuf {
    let stem = file.file_stem().unwrap_or_default();
    let folder = file.parent().unwrap_or(file);
    if ["lib", "main", "mod"].iter().any(|root| stem == *root) {
        folder.to_owned()
    } else {
        folder.join(stem)
    }
}

/// The Rust files of a folder and below: a file always before the folder with its modules.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failure = |source| Failure::File { doing: "read", path: folder.to_owned(), source };
    let mut files = Vec::new();
    let mut folders = Vec::new();
    for entry in fs::read_dir(folder).map_err(failure)? {
        let path = entry.map_err(failure)?.path();
        if path.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    // The crate's root and `mod.rs` say which of the files beside them are tests.
    files.sort_by_key(|file| (module_folder(file) != folder, file.clone()));
    folders.sort();
    for folder in folders {
        files.extend(rust_files(&folder)?);
    }
    Ok(files)
}
