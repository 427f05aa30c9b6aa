//! `envctl schema fmt`: contracts in the one layout.

use std::path::{Path, PathBuf};

use crate::arguments::{ProjectArguments, SchemaFmtArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::layout::laid_out;
use crate::project::{own_file, settings};
use crate::read;
use crate::write::write_shared;

/// The tables that contracts are made of. A part that others extend has some of them only.
const TABLES: &[&str] =
    &["schema", "environments", "groups", "conditions", "vars", "rules", "removed", "profiles"];

pub(super) fn fmt(arguments: &SchemaFmtArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let files = if arguments.files.is_empty() {
        let project = ProjectArguments { project: arguments.project.clone(), ..ProjectArguments::default() };
        vec![own_file(edge, &settings(edge, &project, None)?, &project)?]
    } else {
        arguments.files.clone()
    };
    let mut exit = Exit::Yes;
    // Every file is looked at before the answer is given.
    for file in &files {
        match one(file, arguments.check, edge) {
            Ok(Exit::Yes) => {}
            Ok(answer) if exit == Exit::Yes => exit = answer,
            Ok(_) => {}
            Err(error) => {
                edge.tell_error(&error);
                exit = error.exit();
            }
        }
    }
    Ok(exit)
}

fn one(file: &Path, check: bool, edge: &mut Edge) -> Result<Exit, CliError> {
    let path = edge.path(file);
    let bytes = read::file(&path).map_err(|error| CliError::Unreadable { path: file.to_owned(), error })?;
    let text = std::str::from_utf8(&bytes).map_err(|_| CliError::NotText { path: file.to_owned() })?;
    // The layout has plain line ends, in values of several lines too.
    let plain = text.replace("\r\n", "\n");
    let plain = plain.strip_prefix('\u{feff}').unwrap_or(&plain);
    let meaning: Result<toml::Table, _> = toml::from_str(plain);
    if let Ok(tables) = &meaning
        && !tables.is_empty()
        && !tables.keys().any(|table| TABLES.contains(&table.as_str()))
    {
        return Err(CliError::NotAContract { path: file.to_owned() });
    }
    let same = |laid_out: &String| toml::from_str::<toml::Table>(laid_out) == meaning;
    let Some(laid_out) = laid_out(text).ok().filter(same) else {
        // What is wrong is told as `schema check` tells it.
        envctl_engine::contract(&path, file, Ok(bytes))?;
        return Err(CliError::Layout { path: PathBuf::from(file) });
    };
    if laid_out == text {
        return Ok(Exit::Yes);
    }
    if check {
        writeln!(edge.output, "{}", file.display())?;
        return Ok(Exit::No);
    }
    write_shared(&path, file, laid_out.as_bytes(), true)?;
    edge.tell(&format!("{} laid out", file.display()));
    Ok(Exit::Yes)
}
