//! [`EnvFile`] and [`Examples`]: `.env` files as layers.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use envctl_dotenv::{Dialect, Document, Effect, Entry, Reader, Remark, Severity};
use envschema::{Place, SecretValue};
use zeroize::Zeroizing;

use super::{FileRef, SourceError, read};
use crate::{Candidate, Layer, LayerKind};

/// An environment's own file, such as `.env.prod`: its values, and what is wrong with its lines.
#[derive(Clone, Debug)]
pub struct EnvFile {
    /// The values, the last one where a name is repeated.
    pub layer: Layer,
    /// The lines that give no value, or one that readers differ on, in order.
    pub problems: Vec<Problem>,
    /// The names that are given more than once, in order of their first line.
    pub duplicates: Vec<Duplicate>,
    /// Whose rules it was read by.
    pub dialect: Dialect,
}

/// Something wrong with a line of a file. It never holds a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line and column.
    pub place: Place,
    /// A stable name for programs, such as `no-equals`.
    pub code: &'static str,
    /// Whether the line gave no value, or one that readers differ on.
    pub severity: Severity,
    /// The variable that the line is about, when it has a good name.
    pub name: Option<String>,
    /// What is wrong, without the place.
    pub message: String,
    /// What to do about it.
    pub help: &'static str,
}

/// A name that a file gives more than once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The name.
    pub name: String,
    /// Every place, in order. The last one wins.
    pub places: Vec<Place>,
}

impl EnvFile {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`, `NotUtf8`.
    pub fn read<'f>(file: impl Into<FileRef<'f>>) -> Result<Self, SourceError> {
        let file = file.into();
        Ok(Self::parse(&read::text(&file)?, file.name()))
    }

    /// Reads a file as one real reader does, its expansion of references included; commands are never run.
    ///
    /// # Errors
    ///
    /// As [`read`](Self::read).
    pub fn read_as<'f>(file: impl Into<FileRef<'f>>, dialect: Dialect) -> Result<Self, SourceError> {
        let file = file.into();
        Ok(Self::parse_as(&read::text(&file)?, file.name(), dialect))
    }

    /// Reads bytes that came another way, as from standard input; `name` is what places call it, such as `-`.
    ///
    /// # Errors
    ///
    /// `NotUtf8`.
    pub fn from_bytes(bytes: Zeroizing<Vec<u8>>, name: &str, dialect: Dialect) -> Result<Self, SourceError> {
        Ok(Self::parse_as(&read::utf8(bytes, name)?, name, dialect))
    }

    /// Reads a text; `name` is what places call it.
    #[must_use]
    pub fn parse(text: &str, name: &str) -> Self {
        let document = Document::parse(text);
        let path: Arc<str> = name.into();
        let mut layer = Layer::new(LayerKind::Existing, Arc::clone(&path));
        layer.reserve(document.entries().len());
        for entry in document.entries() {
            let Candidate { value, place } = candidate(&path, entry);
            layer.insert(entry.name(), value, place);
        }
        // As many values as entries: no name is given twice, and nothing has to be searched for one.
        let duplicates =
            if layer.len() == document.entries().len() { Vec::new() } else { duplicates(&path, &document) };
        Self { layer, problems: problems(&path, &document), duplicates, dialect: Dialect::Portable }
    }

    /// Reads a text as one real reader does; `name` is what places call it.
    #[must_use]
    pub fn parse_as(text: &str, name: &str, dialect: Dialect) -> Self {
        if dialect == Dialect::Portable {
            return Self::parse(text, name);
        }
        let document = Document::parse(text);
        let reading = Reader::new(dialect).read(text);
        let path: Arc<str> = name.into();
        let mut layer = Layer::new(LayerKind::Existing, Arc::clone(&path));
        for variable in reading.variables() {
            let own = document.get(variable.name()).filter(|entry| entry.line() == variable.line());
            let place =
                Place::file(Arc::clone(&path), variable.line(), own.map_or(1, |entry| entry.column()));
            if let Some(value) = variable.value() {
                layer.insert(variable.name(), SecretValue::from(value), place);
            }
        }
        let problem = |remark: &Remark| Problem {
            place: Place::file(Arc::clone(&path), remark.line, 1),
            code: effect_code(remark.effect),
            severity: Severity::Error,
            name: None,
            message: format!("{}: {}", effect_text(remark.effect, dialect), remark.reason),
            help: "write the line so that this reader takes it, or name another one with `dialect`",
        };
        let mut problems: Vec<_> = reading.remarks().iter().map(problem).collect();
        // What the reader passes over in silence is seldom meant to be.
        let told = |line| reading.remarks().iter().any(|remark| remark.line == line);
        let unread = self::problems(&path, &document).into_iter().zip(document.problems());
        let silent = unread.filter(|(problem, of)| problem.severity == Severity::Error && !told(of.line()));
        problems.extend(silent.map(|(problem, _)| Problem { severity: Severity::Warning, ..problem }));
        Self { layer, problems, duplicates: duplicates(&path, &document), dialect }
    }
}

fn effect_code(effect: Effect) -> &'static str {
    match effect {
        Effect::Skips => "skipped",
        Effect::Refuses => "refused",
        Effect::Runs => "runs",
        Effect::Unknown => "untold",
    }
}

fn effect_text(effect: Effect, dialect: Dialect) -> String {
    match effect {
        Effect::Skips => format!("{dialect} passes over the line"),
        Effect::Refuses => format!("{dialect} refuses the file here"),
        Effect::Runs => format!("{dialect} would run a command here, so the value is not known"),
        Effect::Unknown => format!("what {dialect} makes of the line is not known"),
    }
}

/// The values of a `.env.example`, which a prompt may offer. They are no layer: an example is never a value
/// by itself.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    values: HashMap<String, Candidate>,
    /// What is wrong with the file's lines.
    pub problems: Vec<Problem>,
}

impl Examples {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// `NotFound`, `IsDirectory`, `Unreadable`, `TooLarge`, `NotUtf8`.
    pub fn read<'f>(file: impl Into<FileRef<'f>>) -> Result<Self, SourceError> {
        let file = file.into();
        Ok(Self::parse(&read::text(&file)?, file.name()))
    }

    /// Reads a text; `name` is what places call it.
    #[must_use]
    pub fn parse(text: &str, name: &str) -> Self {
        let document = Document::parse(text);
        let path: Arc<str> = name.into();
        let filled = document.entries().filter(|entry| !entry.raw_value().is_empty());
        let values = filled.map(|entry| (entry.name().to_owned(), candidate(&path, entry))).collect();
        Self { values, problems: problems(&path, &document) }
    }

    /// The example of a variable with its place; none when it is not there or empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Candidate> {
        self.values.get(name)
    }

    /// The names that have an example, in no order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }
}

fn candidate(path: &Arc<str>, entry: Entry<'_>) -> Candidate {
    let value = match entry.value() {
        Cow::Borrowed(text) => SecretValue::from(text),
        Cow::Owned(text) => SecretValue::from(Zeroizing::new(text).as_str()),
    };
    Candidate { value, place: Place::file(Arc::clone(path), entry.line(), entry.column()) }
}

fn problems(path: &Arc<str>, document: &Document<'_>) -> Vec<Problem> {
    let problems = document.problems().iter().map(|problem| Problem {
        place: Place::file(Arc::clone(path), problem.line(), problem.column()),
        code: problem.code(),
        severity: problem.severity(),
        name: problem.name().map(str::to_owned),
        message: problem.kind().to_string(),
        help: problem.help(),
    });
    problems.collect()
}

fn duplicates(path: &Arc<str>, document: &Document<'_>) -> Vec<Duplicate> {
    let mut duplicates = Vec::new();
    for duplicate in document.duplicates() {
        let entries = document.entries().filter(|entry| entry.name() == duplicate.name);
        let places = entries.map(|entry| Place::file(Arc::clone(path), entry.line(), entry.column()));
        duplicates.push(Duplicate { name: duplicate.name.to_owned(), places: places.collect() });
    }
    duplicates
}
