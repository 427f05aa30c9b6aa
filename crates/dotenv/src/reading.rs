//! [`Reader`] and [`Reading`]: what one real reader makes of a text.

use std::collections::HashMap;
use std::fmt;

use crate::Dialect;

/// Reads text as one real reader does, mistakes and all.
///
/// What the reader would expand is expanded: that is what naming it asks for. Nothing is ever executed; where the reader
/// would run a command, the value is [`Outcome::Unknown`].
#[derive(Clone, Copy)]
pub struct Reader<'e> {
    dialect: Dialect,
    environment: &'e dyn Fn(&str) -> Option<String>,
}

impl Reader<'static> {
    /// The reader, in a process without variables.
    #[must_use]
    pub const fn new(dialect: Dialect) -> Self {
        Self { dialect, environment: &|_| None }
    }
}

impl Reader<'_> {
    /// The same reader in a process with these variables. Readers that expand references look them up.
    #[must_use]
    pub fn environment(self, environment: &dyn Fn(&str) -> Option<String>) -> Reader<'_> {
        Reader { dialect: self.dialect, environment }
    }

    /// What the reader makes of `text`.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        (self.dialect.rules().read)(text, self.environment)
    }
}

impl fmt::Debug for Reader<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Reader").field("dialect", &self.dialect).finish_non_exhaustive()
    }
}

/// What a reader makes of a text: its variables, and what it does with the lines that give none.
///
/// `Debug` shows names and places, never a value.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    variables: Vec<Variable>,
    index: HashMap<String, usize>,
    remarks: Vec<Remark>,
    refused: bool,
    /// Whether nothing can be told of other names either.
    is_lost: bool,
}

/// A variable as a reader sees it.
///
/// `Debug` shows the name and the place, never the value.
#[derive(Clone)]
pub struct Variable {
    name: String,
    value: Option<String>,
    line: u32,
}

/// What a reader makes of one name.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome<'r> {
    /// It gets this value.
    Value(&'r str),
    /// It gets none.
    Absent,
    /// It gets none, because the reader refuses the text.
    Refused,
    /// It gets what a command prints that the reader would run, or something else that cannot be told.
    Unknown,
}

/// What a reader does at a line, beside giving variables. It never holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The line, from 1.
    pub line: u32,
    /// What the reader does.
    pub effect: Effect,
    /// Why, as part of a sentence.
    pub reason: &'static str,
}

/// What a reader does with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Effect {
    /// It passes over the line, or over a part of it.
    Skips,
    /// It refuses the text.
    Refuses,
    /// It would run a command.
    Runs,
    /// What it does is not told here.
    Unknown,
}

impl Reading {
    /// The variables, each once, in order of their first line.
    pub fn variables(&self) -> impl ExactSizeIterator<Item = &Variable> {
        self.variables.iter()
    }

    /// What the reader makes of `name`.
    #[must_use]
    pub fn outcome(&self, name: &str) -> Outcome<'_> {
        match self.index.get(name) {
            Some(&index) => self.variables[index].outcome(),
            None if self.refused => Outcome::Refused,
            None if self.is_lost => Outcome::Unknown,
            None => Outcome::Absent,
        }
    }

    /// What the reader does at lines, in their order, beside giving variables.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    /// Whether the reader refuses the text. A remark says why. Then there are no variables, but for readers such as
    /// dotenvy, which load what comes before the bad line.
    #[must_use]
    pub const fn is_refused(&self) -> bool {
        self.refused
    }

    /// Whether nothing can be told of what the reader makes of the text, as a line in it is beyond these rules. A remark
    /// says which.
    #[must_use]
    pub const fn is_untold(&self) -> bool {
        self.is_lost
    }

    /// The text is refused because of this line.
    pub(crate) fn refused(line: u32, reason: &'static str) -> Self {
        let remarks = vec![Remark { line, effect: Effect::Refuses, reason }];
        Self { remarks, refused: true, ..Self::default() }
    }

    /// The text is refused because of this line, by a reader that keeps the variables before it.
    pub(crate) fn refuse(&mut self, line: u32, reason: &'static str) {
        self.remark(line, Effect::Refuses, reason);
        self.refused = true;
    }

    /// A variable gets its value; one that it had is lost.
    pub(crate) fn set(&mut self, name: &str, value: impl Into<String>, line: u32) {
        self.put(name, Some(value.into()), line);
    }

    /// A variable gets its value, or what cannot be told for a reason.
    pub(crate) fn set_told(&mut self, name: &str, value: Option<String>, line: u32, reason: &'static str) {
        if value.is_none() {
            self.remark(line, Effect::Unknown, reason);
        }
        self.put(name, value, line);
    }

    /// A variable gets what cannot be told.
    pub(crate) fn set_unknown(&mut self, name: &str, line: u32) {
        self.put(name, None, line);
    }

    fn put(&mut self, name: &str, value: Option<String>, line: u32) {
        let variable = Variable { name: name.to_owned(), value, line };
        match self.index.get(name) {
            Some(&index) => self.variables[index] = variable,
            None => {
                self.index.insert(name.to_owned(), self.variables.len());
                self.variables.push(variable);
            }
        }
    }

    /// What the variables get cannot be told after all.
    pub(crate) fn lose_all(&mut self) {
        for variable in &mut self.variables {
            variable.value = None;
        }
        self.is_lost = true;
    }

    /// What the reader does at a line.
    pub(crate) fn remark(&mut self, line: u32, effect: Effect, reason: &'static str) {
        self.remarks.push(Remark { line, effect, reason });
    }
}

impl Variable {
    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value, if it can be told.
    #[must_use]
    pub fn value(&self) -> Option<&str> {
        self.value.as_deref()
    }

    /// The line that the value is from, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    fn outcome(&self) -> Outcome<'_> {
        self.value().map_or(Outcome::Unknown, Outcome::Value)
    }
}

impl fmt::Debug for Variable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Variable")
            .field("name", &self.name)
            .field("line", &self.line)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Outcome<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Value(_) => "Value",
            Self::Absent => "Absent",
            Self::Refused => "Refused",
            Self::Unknown => "Unknown",
        })
    }
}
