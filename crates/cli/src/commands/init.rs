//! `envctl init`: a first contract from what a project has already.

use std::path::{Path, PathBuf};

use crate::arguments::InitArguments;
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::init::{self, Broken, Manifest, USUAL, contract_text, review};
use crate::read;
use crate::render::counted;
use crate::write::{Written, write_shared};

pub(crate) fn init(arguments: &InitArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let (given, others) = match &arguments.from {
        Some(given) => (given.clone(), Vec::new()),
        None => best(edge),
    };
    let given = &given;
    let from_stdin = given.as_os_str() == "-";
    let bytes = if from_stdin {
        edge.read_input().map_err(|error| CliError::Input { option: "--from", error })?
    } else {
        read::file(&edge.path(given)).map_err(|error| CliError::Unreadable { path: given.clone(), error })?
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: given.clone() })?;
    let kind = Manifest::of(given, text);
    let notes = kind.read(text).map_err(|Broken { line, what }| CliError::BrokenManifest {
        path: given.clone(),
        line,
        what,
    })?;
    let name = match arguments.name.as_ref().or(notes.name.as_ref()) {
        Some(name) => name.clone(),
        // A file that was looked for stands below the folder of the system.
        None if arguments.from.is_none() => folder_name(&edge.path(Path::new(".env.example"))),
        None => folder_name(&edge.path(given)),
    };
    let draft = init::draft(&name, &notes);
    if draft.variables.is_empty() {
        return Err(CliError::NothingToDraft { path: given.clone() });
    }
    let contract = contract_text(&draft);
    let to_stdout = arguments.output.as_os_str() == "-";
    let written = if to_stdout {
        edge.output.write_all(contract.as_bytes())?;
        None
    } else {
        let path = edge.path(&arguments.output);
        Some(write_shared(&path, &arguments.output, contract.as_bytes(), arguments.yes)?)
    };
    edge.tell(&review(&draft, &given.display().to_string()));
    if !others.is_empty() {
        let file = given.display();
        edge.tell(&format!(
            "\nread {file}; also here, and not read: {}\nhelp: `--from FILE` reads another",
            others.join(", ")
        ));
    }
    if kind == Manifest::EnvExample && !from_stdin && !is_example(given) {
        let file = given.display();
        edge.tell(&format!(
            "\nwarning: {file} is no example by its name: each value above is copied from it\n\
             help: take out what is not for everybody who reads the contract"
        ));
    }
    if let Some(written) = written {
        let what = match written {
            Written::Created => "written",
            Written::Replaced { .. } => "replaced",
            Written::Unchanged => "unchanged",
        };
        let file = arguments.output.display();
        let variables = counted(draft.variables.len(), "variable");
        edge.tell(&format!("\n{file} {what}: {variables}. Look it over, then run `envctl validate`"));
    }
    Ok(Exit::Yes)
}

/// The file that says the most of those that are here, and the others.
fn best(edge: &Edge) -> (PathBuf, Vec<String>) {
    let mut found: Vec<String> =
        USUAL.iter().filter(|file| edge.path(Path::new(file)).is_file()).map(ToString::to_string).collect();
    let folder = ".github/workflows";
    let workflows = std::fs::read_dir(edge.path(Path::new(folder))).into_iter().flatten().flatten();
    let mut workflows: Vec<String> = workflows
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| [".yml", ".yaml"].iter().any(|ending| name.ends_with(ending)))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    workflows.sort();
    found.append(&mut workflows);
    if found.is_empty() {
        return (PathBuf::from(".env.example"), found);
    }
    let first = found.remove(0);
    (PathBuf::from(first), found)
}

/// Whether a file says in its name that its values are made up.
pub(super) fn is_example(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
    ["example", "sample", "template", "dist"].iter().any(|word| name.contains(word))
}

/// Folders that are named for what is in them, not for the system that they belong to.
const NAMED_FOR_FILES: [&str; 3] = [".github", "workflows", "src"];

/// The name of the folder of the system that a file belongs to.
fn folder_name(path: &Path) -> String {
    let absolute = std::path::absolute(path).unwrap_or_default();
    let names = absolute.ancestors().skip(1).filter_map(Path::file_name).map(|name| name.to_string_lossy());
    let mut own = names.filter(|name| !NAMED_FOR_FILES.contains(&name.as_ref()));
    own.next().map(std::borrow::Cow::into_owned).unwrap_or_default()
}
