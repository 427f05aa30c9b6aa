//! Writing values so that real readers read them back alike, or saying why that cannot be done.

use std::borrow::Cow;
use std::fmt;

use crate::{Dialect, Outcome, Reader, Reason, Refused, spell};

/// A variable that was not written, because no spelling of it reads back as it is.
///
/// It names the variable and never shows the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritable {
    /// The name of the variable.
    pub name: String,
    /// Whom it was to be written for.
    pub dialect: Dialect,
    /// Why it has no spelling.
    pub reason: Reason,
    /// The readers that could be given it.
    pub readers: Vec<Dialect>,
}

impl fmt::Display for Unwritable {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, dialect, reason, readers } = self;
        let name = name.escape_debug();
        match dialect {
            Dialect::Portable => write!(formatter, "{name} has no portable spelling: {reason}; ")?,
            other if *reason == Reason::BadName => {
                write!(
                    formatter,
                    "{name} cannot be written for {}: it does not take the name; ",
                    other.title()
                )?;
            }
            other => write!(formatter, "{name} cannot be written for {}: {reason}; ", other.title())?,
        }
        formatter.write_str(reason.help())?;
        if !readers.is_empty() {
            let names: Vec<_> = readers.iter().map(|reader| reader.name()).collect();
            write!(formatter, "; it could be written for {}", names.join(", "))?;
        }
        Ok(())
    }
}

impl std::error::Error for Unwritable {}

/// The shortest spelling of `value` for the right side of `NAME=` that the reader reads back as it is. Borrowed when it
/// needs no quotes.
///
/// # Errors
///
/// The [`Reason`] why there is none.
pub fn write_value(value: &str, dialect: Dialect) -> Result<Cow<'_, str>, Reason> {
    spell::spelling(value, dialect, None)
}

/// The line `NAME=value`, without a line end. A value with line feeds can make it several lines.
///
/// # Errors
///
/// [`Unwritable`] with the name, when the name or the value has no spelling that the reader reads back.
pub fn write_entry(name: &str, value: &str, dialect: Dialect) -> Result<String, Unwritable> {
    let mut line = String::with_capacity(name.len() + value.len() + 3);
    push_entry(&mut line, name, value, dialect)?;
    Ok(line)
}

/// A text with a line for each variable, in this order, that the reader reads back as it is.
///
/// # Errors
///
/// [`Refused`] with every variable that has no spelling.
pub fn write_entries<'v>(
    variables: impl IntoIterator<Item = (&'v str, &'v str)>,
    dialect: Dialect,
) -> Result<String, Refused> {
    let mut text = String::new();
    let mut refused = Vec::new();
    let mut written = Vec::new();
    for (name, value) in variables {
        match push_entry(&mut text, name, value, dialect) {
            Ok(()) => {
                text.push('\n');
                written.push((name, value));
            }
            Err(unwritable) => refused.push(unwritable),
        }
    }
    // Each line alone is read back; here all of them together.
    let reading = Reader::new(dialect).read(&text);
    for (name, value) in written {
        if reading.outcome(name) != Outcome::Value(value) {
            refused.push(refusal(name, value, dialect, Reason::Together));
        }
    }
    if refused.is_empty() { Ok(text) } else { Err(Refused::new(refused)) }
}

/// Adds the line `NAME=value` to `out`, without a line end; adds nothing when it is refused.
pub(crate) fn push_entry(
    out: &mut String,
    name: &str,
    value: &str,
    dialect: Dialect,
) -> Result<(), Unwritable> {
    if !(dialect.rules().takes_name)(name) {
        return Err(refusal(name, value, dialect, Reason::BadName));
    }
    let spelling = write_value(value, dialect).map_err(|reason| refusal(name, value, dialect, reason))?;
    out.push_str(name);
    out.push('=');
    out.push_str(&spelling);
    Ok(())
}

/// The refusal with the readers that could be given this variable.
pub(crate) fn refusal(name: &str, value: &str, dialect: Dialect, reason: Reason) -> Unwritable {
    let holds = |other: &Dialect| {
        *other != dialect && (other.rules().takes_name)(name) && spell::holds(value, *other)
    };
    let readers = Dialect::ALL.iter().copied().filter(holds).collect();
    Unwritable { name: name.to_owned(), dialect, reason, readers }
}
