//! The lines of a file that a shell reads.

use super::Known;
use super::word::{Beyond, Cursor, is_plain, name_at};
use super::{SHELLS_DEFAULTS, is_shells_own};
use crate::dialect::Outside;
use crate::dialect::references::Room;

/// A line: up to a line end that is in no quotes.
pub(super) enum Line<'t> {
    /// Assignments; those without a value depend on what only the shell knows.
    Assignments(Vec<(&'t str, Option<String>)>),
    /// A command.
    Command,
    /// Something that only the shell itself can follow.
    Beyond,
    End,
}

/// Words that mean something to a shell itself; a line that begins with one is not a command like any other.
const OF_THE_SHELL: &[&str] = &[
    ".",
    ":",
    "alias",
    "bg",
    "break",
    "builtin",
    "case",
    "cd",
    "command",
    "compgen",
    "continue",
    "coproc",
    "declare",
    "do",
    "done",
    "elif",
    "else",
    "enable",
    "esac",
    "eval",
    "exec",
    "exit",
    "export",
    "fc",
    "fg",
    "fi",
    "for",
    "function",
    "getopts",
    "hash",
    "if",
    "in",
    "jobs",
    "kill",
    "let",
    "local",
    "logout",
    "mapfile",
    "popd",
    "pushd",
    "read",
    "readarray",
    "readonly",
    "return",
    "select",
    "set",
    "shift",
    "shopt",
    "source",
    "suspend",
    "test",
    "then",
    "time",
    "times",
    "trap",
    "type",
    "typeset",
    "ulimit",
    "umask",
    "unalias",
    "unset",
    "until",
    "wait",
    "while",
];

pub(super) struct Lines<'t> {
    text: &'t str,
    cursor: Cursor<'t>,
    /// How far lines were counted, and how many.
    counted: (usize, u32),
    room: Room,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, cursor: Cursor { rest: text }, counted: (0, 1), room: Room::new() }
    }

    /// The number of the next line that is not empty, from 1.
    pub(super) fn number(&mut self) -> u32 {
        self.skip_empty();
        let at = self.text.len() - self.cursor.rest.len();
        let bytes = &self.text.as_bytes()[self.counted.0..at];
        let more = memchr::memchr_iter(b'\n', bytes).fold(0, |count: u32, _| count.saturating_add(1));
        self.counted = (at, self.counted.1.saturating_add(more));
        self.counted.1
    }

    fn skip_empty(&mut self) {
        loop {
            self.cursor.skip_blanks();
            if self.cursor.rest.starts_with('#') {
                self.skip_comment();
            }
            match self.cursor.rest.strip_prefix('\n') {
                Some(rest) => self.cursor.rest = rest,
                None => return,
            }
        }
    }

    fn skip_comment(&mut self) {
        let end = self.cursor.rest.find('\n').unwrap_or(self.cursor.rest.len());
        self.cursor.take(end);
    }

    /// The next line; `known` learns what it assigns.
    pub(super) fn next(&mut self, known: &mut Known, outside: Outside<'_>) -> Line<'t> {
        self.skip_empty();
        if self.cursor.rest.is_empty() {
            return Line::End;
        }
        let mut learnt = Known::new();
        match self.words(known, &mut learnt, outside) {
            Ok(Some(assignments)) => {
                known.extend(learnt);
                Line::Assignments(assignments)
            }
            Ok(None) => Line::Command,
            Err(Beyond) => Line::Beyond,
        }
    }

    /// The assignments of the line, which are `learnt`; none if a command follows them.
    #[expect(clippy::type_complexity, reason = "said in the line above")]
    fn words(
        &mut self,
        known: &Known,
        learnt: &mut Known,
        outside: Outside<'_>,
    ) -> Result<Option<Vec<(&'t str, Option<String>)>>, Beyond> {
        let mut assignments = Vec::new();
        let exported = self.cursor.rest.strip_prefix("export").filter(|rest| rest.starts_with([' ', '\t']));
        if let Some(rest) = exported {
            self.cursor.rest = rest;
        }
        let mut is_command = false;
        loop {
            self.cursor.skip_blanks();
            match self.cursor.rest.chars().next() {
                None | Some('\n') => break,
                Some('#') => {
                    self.skip_comment();
                    break;
                }
                Some(_) => {}
            }
            let of = |name: &str| match learnt.get(name).or_else(|| known.get(name)) {
                Some(value) => self.room.take(value.as_deref()).map(str::to_owned),
                None => outside(name).or_else(|| (!SHELLS_DEFAULTS.contains(&name)).then(String::new)),
            };
            let of = |name: &str| if is_shells_own(name) { None } else { of(name) };
            let name = name_at(self.cursor.rest);
            if !is_command && !name.is_empty() && self.cursor.rest[name.len()..].starts_with('=') {
                if is_shells_own(name) {
                    return Err(Beyond);
                }
                self.cursor.take(name.len() + 1);
                let word = self.cursor.word(&of)?;
                // Shells do not agree on whether such a word is one.
                if exported.is_some() && word.is_split {
                    return Err(Beyond);
                }
                let value = word.value();
                learnt.insert(name.to_owned(), value.clone());
                assignments.push((name, value));
                continue;
            }
            let first = self.cursor.rest;
            self.cursor.word(&of)?;
            let raw = &first[..first.len() - self.cursor.rest.len()];
            let is_name = raw.chars().all(|c| is_plain(c) || !c.is_ascii());
            let is_shells = OF_THE_SHELL.contains(&raw) || raw.contains("+=");
            if exported.is_some() || (!is_command && (!is_name || is_shells)) {
                return Err(Beyond);
            }
            is_command = true;
        }
        Ok((!is_command).then_some(assignments))
    }
}
