//! Chooses a spelling by reading each one back: what survives is right, whatever rule it came from.

use std::borrow::Cow;

use crate::dialect::Rules;
use crate::reason::{Feature, Reason};
use crate::{Dialect, Outcome, Quote, Reader, portable};

/// A variable before and one after, whose values must not be touched by what stands between them.
const BEFORE: (&str, &str) = ("ENVCTL_BEFORE", "before");
const AFTER: (&str, &str) = ("ENVCTL_AFTER", "after");
const NAME: &str = "ENVCTL_VALUE";

/// Comments that close a quote which a spelling leaves open: for most readers what follows would be part of the value.
const CLOSING: &str = "# '\n# \"\n# `\n# \\'\n# \\\"\n# \\`\n";

/// The shortest spelling of `value` that survives; of those in the quotes `kept`, if one does.
pub(crate) fn spelling(value: &str, dialect: Dialect, kept: Option<Quote>) -> Result<Cow<'_, str>, Reason> {
    if dialect == Dialect::Portable {
        return portable::write(value, kept);
    }
    find(value, dialect, kept)
        .map(Cow::Owned)
        .ok_or_else(|| Feature::blamed(value, |part| find(part, dialect, None).is_some()))
}

/// Whether a spelling of `value` survives.
pub(crate) fn holds(value: &str, dialect: Dialect) -> bool {
    if dialect == Dialect::Portable {
        return portable::write(value, None).is_ok();
    }
    find(value, dialect, None).is_some()
}

fn find(value: &str, dialect: Dialect, kept: Option<Quote>) -> Option<String> {
    if value.contains('\0') {
        return None;
    }
    let Rules { spellings, .. } = dialect.rules();
    let mut candidates = spellings(value);
    let in_kept = |spelling: &String| kept.is_some_and(|kept| Quote::of(spelling) == kept);
    // What we read back ourselves goes first: the file may be ours to read again.
    let is_ours = |spelling: &String| survives(spelling, value, Dialect::Portable);
    candidates.sort_by_cached_key(|spelling| (!is_ours(spelling), !in_kept(spelling), spelling.len()));
    candidates.into_iter().find(|spelling| survives(spelling, value, dialect))
}

/// The shortest spelling of `value` that each of the readers reads back as it is, if there is one.
#[must_use]
pub fn common_spelling(value: &str, readers: &[Dialect]) -> Option<String> {
    let mut candidates: Vec<_> =
        readers.iter().flat_map(|reader| (reader.rules().spellings)(value)).collect();
    candidates.sort_by_key(String::len);
    candidates.dedup();
    candidates.into_iter().find(|spelling| readers.iter().all(|reader| survives(spelling, value, *reader)))
}

/// Whether the reader reads the spelling as the value.
fn survives(spelling: &str, value: &str, dialect: Dialect) -> bool {
    gives(&format!("{NAME}={spelling}"), (NAME, value), dialect)
}

/// Whether the reader finds the variable in these lines, and nothing else, whatever variables it has; and reads
/// everything around them as before.
pub(crate) fn gives(lines: &str, variable: (&str, &str), dialect: Dialect) -> bool {
    let text = format!("{}={}\n{lines}\n{CLOSING}{}={}\n", BEFORE.0, BEFORE.1, AFTER.0, AFTER.1);
    // Some readers leave a variable alone that the process has, whatever the file says.
    let ours = [BEFORE.0, variable.0, AFTER.0];
    let everything_set = |name: &str| (!ours.contains(&name)).then(|| "outside".to_owned());
    [Reader::new(dialect), Reader::new(dialect).environment(&everything_set)].iter().all(|reader| {
        let reading = reader.read(&text);
        let reads = |(name, value)| reading.outcome(name) == Outcome::Value(value);
        reading.remarks().is_empty()
            && reading.variables().len() == 3
            && [BEFORE, variable, AFTER].into_iter().all(reads)
    })
}
