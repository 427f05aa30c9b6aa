//! Changing `.env` text for one reader: values set, names taken out, everything else as it is.

use std::collections::HashSet;

use envctl_dotenv::{
    Dialect, Document, EditError, Effect, LineKind, Outcome, Reader, Reading, Variable, lines,
};
use zeroize::Zeroizing;

use crate::target::{Edits, Refused};

/// What some editors put before the first line.
const BOM: char = '\u{feff}';

/// What the reader makes of a text.
///
/// # Errors
/// [`Refused`], with the line, for a text that the reader does not take.
pub(super) fn read(text: &str, dialect: Dialect) -> Result<Reading, Refused> {
    let reading = Reader::new(dialect).read(text);
    if !reading.is_refused() && !reading.is_untold() {
        return Ok(reading);
    }
    let stops = |effect| matches!(effect, Effect::Refuses | Effect::Unknown);
    let remark = reading.remarks().iter().find(|remark| stops(remark.effect));
    let place = remark.map(|remark| format!("line {}: {}", remark.line, remark.reason));
    Err(Refused {
        why: match place {
            Some(place) => format!("{} does not take it: {place}", dialect.title()),
            None => format!("{} does not take it", dialect.title()),
        },
        help: "correct it first".to_owned(),
    })
}

/// The text with the edits, read back by the rules of its reader.
///
/// # Errors
/// [`Refused`], with the names, for what the reader would not find as it is meant.
pub(super) fn edited(text: &str, edits: &Edits<'_>, dialect: Dialect) -> Result<Zeroizing<String>, Refused> {
    let broken = Document::parse(text).problems().iter().find(|it| it.kind().breaks_a_quote()).cloned();
    if let Some(problem) = broken {
        return Err(refused(&EditError::BrokenQuote(problem)));
    }
    let set: HashSet<&str> = edits.set.iter().map(|(name, _)| *name).collect();
    let gone: HashSet<&str> = edits.remove.iter().copied().filter(|name| !set.contains(name)).collect();
    let kept = without(text, &gone);
    let document = Document::parse(&kept);
    let mut edit = document.edit();
    edit.dialect(dialect);
    for (name, value) in &edits.set {
        #[expect(clippy::disallowed_methods, reason = "written to the file that the user chose as a target")]
        edit.set(name, value.expose());
    }
    let new = Zeroizing::new(edit.finish().map_err(|error| refused(&error))?);
    match misread(text, &new, &set, &gone, dialect) {
        None => Ok(new),
        Some(name) => Err(Refused {
            why: format!("without the keys that go, {} would read `{name}` in another way", dialect.title()),
            help: "take them out by hand".to_owned(),
        }),
    }
}

/// The text without the lines of these names.
fn without(text: &str, gone: &HashSet<&str>) -> Zeroizing<String> {
    let mut kept = Zeroizing::new(String::with_capacity(text.len()));
    for line in lines(text) {
        match line.kind() {
            LineKind::Entry(entry) if gone.contains(entry.name()) => {
                kept.extend(line.text().chars().next().filter(|first| *first == BOM));
            }
            _ => kept.push_str(line.text()),
        }
    }
    kept
}

/// A name that is to stay as it was and does not, or that is to go and does not.
fn misread(
    text: &str,
    new: &str,
    set: &HashSet<&str>,
    gone: &HashSet<&str>,
    dialect: Dialect,
) -> Option<String> {
    let reader = Reader::new(dialect);
    let (before, after) = (reader.read(text), reader.read(new));
    let stays = |name: &str| match gone.contains(name) {
        true => after.outcome(name) == Outcome::Absent,
        false => set.contains(name) || after.outcome(name) == before.outcome(name),
    };
    let name = before.variables().map(Variable::name).find(|name| !stays(name));
    name.map(str::to_owned)
}

fn refused(error: &EditError) -> Refused {
    let help = match error {
        EditError::BrokenQuote(problem) => problem.help(),
        EditError::Unwritable(_) => "give the target another `dialect`, or leave these keys out of it",
        _ => "correct the line by hand",
    };
    Refused { why: error.to_string(), help: help.to_owned() }
}
