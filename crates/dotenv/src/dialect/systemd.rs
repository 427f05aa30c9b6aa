//! `EnvironmentFile=` of systemd: words as in a shell without expansion. Quoted and bare parts stand beside each other, a
//! backslash takes the next character as it is (in double quotes only `"`, `\`, `` ` `` and `$`), one at the end of a line
//! joins it with the next. There are no comments beside values. Names that a shell would not take are passed over.

use super::{Outside, Rules, portable, shell};
use crate::portable::is_no_character;
use crate::reading::{Effect, Reading};

pub(super) const RULES: Rules = Rules {
    name: "systemd",
    title: "systemd",
    checked: "systemd 252",
    read,
    spellings: shell::spellings,
    takes_name: portable::RULES.takes_name,
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    BeforeName,
    Name,
    BeforeValue,
    Value,
    Escape,
    Single,
    Double,
    DoubleEscape,
    Comment,
    CommentEscape,
}

/// The variable that is being read.
#[derive(Default)]
struct Current {
    name: String,
    value: String,
    /// The length of the value without the white space at its end, while that is bare.
    bare_end: Option<usize>,
    line: u32,
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn read(text: &str, _outside: Outside<'_>) -> Reading {
    if let Some(at) = text.find('\0') {
        let line = text[..at].matches('\n').count();
        let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1);
        return Reading::refused(line, "there is a NUL character");
    }
    let mut reading = Reading::default();
    let mut current = Current::default();
    let mut state = State::BeforeName;
    let mut line = 1;
    for c in text.chars() {
        let ends = matches!(c, '\n' | '\r');
        state = match state {
            State::BeforeName if matches!(c, '#' | ';') => State::Comment,
            State::BeforeName if is_space(c) => State::BeforeName,
            State::BeforeName => {
                current.line = line;
                current.name.push(c);
                State::Name
            }
            State::Name if ends => {
                reading.remark(current.line, Effect::Skips, "there is no `=`");
                current = Current::default();
                State::BeforeName
            }
            State::Name if c == '=' => State::BeforeValue,
            State::Name => {
                current.name.push(c);
                State::Name
            }
            State::BeforeValue | State::Value if ends => {
                if let Err(refused) = current.push_to(&mut reading, state == State::Value) {
                    return refused;
                }
                current = Current::default();
                State::BeforeName
            }
            State::BeforeValue if c == '\'' => State::Single,
            State::BeforeValue if c == '"' => State::Double,
            State::BeforeValue | State::Value if c == '\\' => {
                if state == State::Value {
                    current.bare_end = None;
                }
                State::Escape
            }
            State::BeforeValue if is_space(c) => State::BeforeValue,
            State::BeforeValue => {
                current.value.push(c);
                State::Value
            }
            State::Value => {
                if !is_space(c) {
                    current.bare_end = None;
                } else if current.bare_end.is_none() {
                    current.bare_end = Some(current.value.len());
                }
                current.value.push(c);
                State::Value
            }
            State::Escape => {
                if !ends {
                    current.value.push(c);
                }
                State::Value
            }
            State::Single if c == '\'' => State::BeforeValue,
            State::Double if c == '"' => State::BeforeValue,
            State::Double if c == '\\' => State::DoubleEscape,
            State::Single | State::Double => {
                current.value.push(c);
                state
            }
            State::DoubleEscape => {
                if !matches!(c, '"' | '\\' | '`' | '$' | '\n') {
                    current.value.push('\\');
                }
                if c != '\n' {
                    current.value.push(c);
                }
                State::Double
            }
            State::Comment if c == '\\' => State::CommentEscape,
            State::Comment if ends => State::BeforeName,
            State::Comment | State::CommentEscape => State::Comment,
        };
        if c == '\n' {
            line += 1;
        }
    }
    let has_value = !matches!(state, State::BeforeName | State::Name | State::Comment | State::CommentEscape);
    let last = if has_value { current.push_to(&mut reading, state == State::Value) } else { Ok(()) };
    last.err().unwrap_or(reading)
}

impl Current {
    fn push_to(&mut self, reading: &mut Reading, is_bare: bool) -> Result<(), Reading> {
        if let Some(end) = self.bare_end.filter(|_| is_bare) {
            self.value.truncate(end);
        }
        let name = self.name.trim_end_matches(is_space);
        if name.contains(is_no_character) || self.value.contains(is_no_character) {
            return Err(Reading::refused(self.line, "it holds a code point that is no character"));
        }
        if (RULES.takes_name)(name) {
            reading.set(name, self.value.as_str(), self.line);
        } else {
            reading.remark(self.line, Effect::Skips, "what stands before the `=` is no name");
        }
        Ok(())
    }
}
