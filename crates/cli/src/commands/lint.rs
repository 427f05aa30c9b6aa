//! `envctl lint`: what env files mean to their readers.

use std::path::{Path, PathBuf};

use envctl_dotenv::{Dialect, Document, respell};
use envschema::Contract;
use zeroize::Zeroizing;

use crate::arguments::{InputArguments, LintArguments};
use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::project::{Project, own_schema, settings};
use crate::read;
use crate::render::counted;
use crate::report::{self, Report, Run};
use crate::write::{Written, write_file};
use envctl_engine::lint::{Linted, Looked, readers, with_ours};

/// A file that is looked at.
struct Text {
    /// Where it is; none for standard input.
    path: Option<PathBuf>,
    /// Its path for people.
    shown: String,
    /// Whose rules we read it by ourselves.
    ours: Dialect,
    bytes: Zeroizing<Vec<u8>>,
}

pub(crate) fn lint(arguments: &LintArguments, edge: &mut Edge) -> Result<Exit, CliError> {
    let (contract, files) = what_is_asked(arguments, edge)?;
    let named: Vec<_> = arguments.readers.iter().copied().chain(arguments.dialect).collect();
    let readers = readers(&named);
    let mut texts = Vec::with_capacity(files.len());
    for file in files {
        let text = Text::read(edge, file)?;
        text.as_str()?;
        texts.push(text);
    }
    if arguments.fix {
        texts.iter_mut().try_for_each(|text| text.fix(&readers, edge))?;
    }
    let mut linted = Vec::with_capacity(texts.len());
    for text in &texts {
        let (path, contract) = (&text.shown, contract.as_ref());
        let looked = Looked { path, text: text.as_str()?, readers: &readers, ours: text.ours, contract };
        linted.push(Linted::new(&looked));
    }
    let runs = linted.iter().map(|linted| linted as &dyn Run).collect();
    let beside = texts.first().map_or("", |text| &text.shown);
    report::print(arguments.report.form(), &Report { command: "lint", contract: beside, runs }, edge)?;
    let is_alike = linted.iter().all(|linted| linted.findings().is_valid());
    Ok(if is_alike { Exit::Yes } else { Exit::No })
}

/// A file, its path for people, and whose rules we read it by.
type File = (PathBuf, String, Dialect);

/// The contract, if there is one, and the files.
type Asked = (Option<Contract>, Vec<File>);

fn what_is_asked(arguments: &LintArguments, edge: &mut Edge) -> Result<Asked, CliError> {
    let named = |file: &PathBuf| (file.clone(), file.to_string_lossy().into_owned(), Dialect::Portable);
    let given: Vec<_> = arguments.files.iter().map(named).collect();
    let input = InputArguments { project: arguments.project.clone(), ..InputArguments::default() };
    if !given.is_empty() {
        let loaded = settings(edge, &arguments.project, None)?;
        return match own_schema(edge, &loaded, &arguments.project) {
            Ok((_, schema)) => Ok((Some(schema.base().clone()), given)),
            Err(CliError::NoContract { .. }) => Ok((None, given)),
            Err(error) => Err(error),
        };
    }
    let projects = match Project::open_each(edge, &input) {
        Err(CliError::NoContract { .. }) => {
            return Ok((None, vec![(PathBuf::from(".env"), ".env".to_owned(), Dialect::Portable)]));
        }
        projects => projects?,
    };
    let mut files = Vec::new();
    for project in &projects {
        for relative in project.env_files() {
            let (path, shown) = project.path(&relative);
            let file = (path, shown, project.dialect());
            if file.0.exists() && !files.contains(&file) {
                files.push(file);
            }
        }
    }
    if files.is_empty() {
        let relative = projects.first().map(Project::env_files).unwrap_or_default();
        return Err(CliError::NothingToLint { path: relative.into_iter().next().unwrap_or_default() });
    }
    Ok((projects.into_iter().next().map(|project| project.contract), files))
}

impl Text {
    fn read(edge: &mut Edge, (path, shown, ours): File) -> Result<Self, CliError> {
        if path == Path::new("-") {
            let bytes = edge.read_input().map_err(|error| CliError::Input { option: "-", error })?;
            return Ok(Self { path: None, shown, ours, bytes });
        }
        let unreadable = |error| CliError::Unreadable { path: shown.clone().into(), error };
        let bytes = read::file(&edge.path(&path)).map_err(unreadable)?;
        Ok(Self { path: Some(path), shown, ours, bytes })
    }

    fn as_str(&self) -> Result<&str, CliError> {
        std::str::from_utf8(&self.bytes).map_err(|_| CliError::NotText { path: self.shown.clone().into() })
    }

    /// Spells anew what a reader does not see as it is written, and says what became of it.
    fn fix(&mut self, readers: &[Dialect], edge: &mut Edge) -> Result<(), CliError> {
        let Some(path) = &self.path else { return Err(CliError::FixInput) };
        let text = self.as_str()?;
        let respelt =
            respell(&Document::parse(text), &with_ours(Dialect::Portable, &with_ours(self.ours, readers)));
        let bytes = Zeroizing::new(respelt.text.into_bytes());
        let shown = Path::new(&self.shown);
        let count = counted(respelt.changed.len(), "variable");
        match write_file(&edge.path(path), shown, &bytes, true)? {
            Written::Unchanged => {}
            _ => edge.tell(&format!("{}: {count} spelt anew", self.shown)),
        }
        self.bytes = bytes;
        Ok(())
    }
}
