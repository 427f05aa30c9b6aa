//! How it is told what readers see.

use std::fmt;

use envctl_dotenv::{Dialect, Divergence, Outcome};

/// The most characters of a value that are shown.
const MOST_SHOWN: usize = 60;

/// Readers that have an outcome in common are named up to this many; more are "elsewhere" when they are the most.
const MOST_NAMED: usize = 3;

/// What became of a value on its way to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Whole,
    Empty,
    Beginning,
    End,
    Part,
    Quoted,
    Longer,
    Other,
    Absent,
    Unknown,
}

/// What a reader sees, measured by the value that we read.
pub(super) fn shape(outcome: Outcome<'_>, ours: Option<&str>) -> Shape {
    let Outcome::Value(value) = outcome else {
        return if outcome == Outcome::Unknown { Shape::Unknown } else { Shape::Absent };
    };
    let ours = ours.unwrap_or_default();
    let inner = value.strip_prefix(['\'', '"', '`']).and_then(|rest| rest.strip_suffix(['\'', '"', '`']));
    match value {
        _ if value == ours => Shape::Whole,
        "" => Shape::Empty,
        _ if inner == Some(ours) => Shape::Quoted,
        _ if ours.starts_with(value) => Shape::Beginning,
        _ if ours.ends_with(value) => Shape::End,
        _ if !ours.is_empty() && value.starts_with(ours) => Shape::Longer,
        _ if is_part(value, ours) => Shape::Part,
        _ => Shape::Other,
    }
}

/// Whether a value is another one with something in its middle left out.
fn is_part(value: &str, whole: &str) -> bool {
    let alike = |(one, other): &(char, char)| one == other;
    let before = value.chars().zip(whole.chars()).take_while(alike).count();
    let after = value.chars().rev().zip(whole.chars().rev()).take_while(alike).count();
    let (length, most) = (value.chars().count(), whole.chars().count());
    length < most && before + after >= length
}

impl Shape {
    /// For programs.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Empty => "empty",
            Self::Beginning => "beginning",
            Self::End => "end",
            Self::Part => "part",
            Self::Quoted => "quoted",
            Self::Longer => "longer",
            Self::Other => "other",
            Self::Absent => "absent",
            Self::Unknown => "unknown",
        }
    }

    /// After "reads".
    fn words(self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Empty => "empty",
            Self::Beginning => "cut short",
            Self::End => "without its beginning",
            Self::Part => "with a part of it missing",
            Self::Quoted => "with its quotes",
            Self::Longer => "with more behind it",
            Self::Absent | Self::Unknown | Self::Other => "changed",
        }
    }
}

/// `DB_PASSWORD reads as "pa" in vite and next, "pa$word" elsewhere`
pub(super) fn sentence(
    subject: &str,
    divergence: &Divergence<'_>,
    ours: Option<&str>,
    shows: &dyn Fn(&str) -> bool,
) -> String {
    let mut clauses = Vec::new();
    let mut reads = false;
    let last = divergence.outcomes.len() - 1;
    for (index, (outcome, readers)) in divergence.outcomes.iter().enumerate() {
        let who = if index == last && readers.len() > MOST_NAMED {
            "elsewhere".to_owned()
        } else {
            format!("in {}", List(readers))
        };
        let what = match (outcome, shape(*outcome, ours)) {
            (Outcome::Value(value), _) if shows(value) => format!("as {}", quoted(value)),
            (Outcome::Value(_), _) if ours.is_none() => {
                clauses.push(format!("is set {who}"));
                reads = false;
                continue;
            }
            (Outcome::Value(_), shape) => shape.words().to_owned(),
            (_, shape) => {
                let is = if shape == Shape::Unknown { "depends on a command" } else { "is not set" };
                clauses.push(format!("{is} {who}"));
                reads = false;
                continue;
            }
        };
        let verb = if reads { "" } else { "reads " };
        clauses.push(format!("{verb}{what} {who}"));
        reads = true;
    }
    format!("{subject} {}", clauses.join(", "))
}

/// A value in quotes, in one line, and no longer than one can take in.
fn quoted(value: &str) -> String {
    let mut shown: String = value.chars().take(MOST_SHOWN).collect();
    if shown.len() < value.len() {
        shown.push('\u{2026}');
    }
    format!("{shown:?}")
}

/// `vite, next and bun`; the portable reading is ours.
pub(super) struct List<'a>(pub(super) &'a [Dialect]);

impl fmt::Display for List<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let last = self.0.len().saturating_sub(1);
        for (index, reader) in self.0.iter().enumerate() {
            let before = match index {
                0 => "",
                _ if index == last => " and ",
                _ => ", ",
            };
            let name = if *reader == Dialect::Portable { "envctl" } else { reader.name() };
            write!(formatter, "{before}{name}")?;
        }
        Ok(())
    }
}
