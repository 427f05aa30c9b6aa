//! What is looked for in order to find a value.

use zeroize::Zeroizing;

use crate::spelling::{Spelling, decoded, password, spell, wrapped};

/// What a pattern is of a value.
#[derive(Clone, Copy)]
pub(super) struct Form {
    part: Part,
    spelling: Spelling,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// A line of a value with several, or of its encoded form.
    Line,
    /// The password of a URL.
    Password,
}

impl Form {
    /// As it follows "the value is here".
    pub(super) fn told(self) -> String {
        match (self.part, self.spelling) {
            (Part::Whole, spelling) => spelling.told().to_owned(),
            (Part::Line, Spelling::Plain) => "a line of it".to_owned(),
            (Part::Line, spelling) => format!("a line of it {}", spelling.told()),
            (Part::Password, Spelling::Plain) => "its password".to_owned(),
            (Part::Password, spelling) => format!("its password {}", spelling.told()),
        }
    }
}

/// More of a value is not looked for: so much of it is proof enough, and the automaton stays small.
const LONGEST: usize = 1024;

/// A line is looked for by itself from this length on.
const LEAST_LINE: usize = 32;

/// Every form of a value, each once, the value itself first.
pub(super) fn forms(value: &str) -> Vec<(Form, Zeroizing<Vec<u8>>)> {
    let mut forms: Vec<(Form, Zeroizing<Vec<u8>>)> = Vec::new();
    let mut add = |part, spelling, text: String| {
        let mut text = Zeroizing::new(text.into_bytes());
        text.truncate(LONGEST);
        if !forms.iter().any(|(_, form)| *form == text) {
            forms.push((Form { part, spelling }, text));
        }
    };
    spell(value, |spelling, text| add(Part::Whole, spelling, text));
    wrapped(value, |spelling, lines| {
        // A full one from the middle, since keys of a kind begin alike; never the last, which may be short.
        if let Some(line) = lines.get((lines.len() - 1) / 2) {
            add(Part::Line, spelling, (*line).to_owned());
        }
    });
    if let Some(line) = telling_line(value) {
        add(Part::Line, Spelling::Plain, line.to_owned());
    }
    if let Some(password) = password(value) {
        let decoded = Zeroizing::new(decoded(password));
        for password in [&*decoded, password] {
            if !is_common(password) {
                spell(password, |spelling, text| add(Part::Password, spelling, text));
            }
        }
    }
    forms
}

/// Of a value with several lines one that is found by itself, as in an indented block: one from the middle, since
/// keys of a kind begin alike.
fn telling_line(value: &str) -> Option<&str> {
    let lines: Vec<_> = value.lines().map(str::trim).collect();
    let telling = |line: &&str| line.len() >= LEAST_LINE && !line.starts_with("-----");
    let telling: Vec<_> = lines.iter().copied().filter(telling).collect();
    telling.get(telling.len() / 2).copied().filter(|_| lines.len() > 1)
}

/// Whether a value would be found everywhere: it is shorter than 8 characters, has fewer than 5 different ones, or is
/// shorter than 12 and a word or a number.
pub(super) fn is_common(value: &str) -> bool {
    let mut different: Vec<char> = value.chars().collect();
    let length = different.len();
    different.sort_unstable();
    different.dedup();
    let rest = value.get(1..).unwrap_or_default();
    let word = value.starts_with(|c: char| c.is_ascii_alphabetic())
        && (rest.bytes().all(|byte| byte.is_ascii_lowercase())
            || rest.bytes().all(|byte| byte.is_ascii_uppercase()));
    let number = value.bytes().all(|byte| byte.is_ascii_digit());
    length < 8 || different.len() < 5 || (length < 12 && (word || number))
}
