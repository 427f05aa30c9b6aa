//! Writing values so that real readers read them back alike, or saying why that cannot be done.

use std::borrow::Cow;
use std::fmt;

use crate::portable::is_no_character;
use crate::{Dialect, Outcome, Reader, Refused, spell};

/// Why a value, or a name, has no spelling. It says nothing about the rest of the value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Reason {
    /// Not a letter or `_` followed by letters, digits and `_`.
    #[error("the name is not one that every reader takes")]
    BadName,
    /// No environment can carry a NUL.
    #[error("the value holds a NUL character")]
    Nul,
    /// Readers drop a carriage return or turn it into a line end.
    #[error("the value holds a carriage return, which readers drop or change")]
    CarriageReturn,
    /// `$NAME` or `${`: Vite, Next.js and Bun expand it in any quotes; other readers keep the backslash that would
    /// stop them.
    #[error("the value holds `$` and a name, which some readers expand in any quotes")]
    Reference,
    /// `\$`: Vite, Next.js and Bun drop the backslash, in any quotes.
    #[error("the value holds a backslash before a `$`, which some readers drop in any quotes")]
    EscapedDollar,
    /// `\\`: python-dotenv reads one backslash, in single quotes too.
    #[error("the value holds two backslashes in a row, which some readers make one in any quotes")]
    DoubleBackslash,
    /// A backslash at the end hides the closing quote from some readers.
    #[error("the value ends in a backslash, which hides the closing quote from some readers")]
    TrailingBackslash,
    /// A single quote needs double quotes around the value, and what else it holds is special in those.
    #[error("the value holds a single quote together with a double quote, a backslash, a `$` or a backtick")]
    MixedQuotes,
    /// One reader has no spelling for values with this in them.
    #[error("the value holds {0}, which this reader does not read back in any spelling")]
    Holds(Feature),
    /// One reader has a spelling for each part of the value, but none for all of them together.
    #[error("the value holds characters that this reader does not read back together in any spelling")]
    Together,
}

/// Something in a value that a reader may not be able to hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum Feature {
    /// `\n`
    #[error("a line feed")]
    LineFeed,
    /// `\r`
    #[error("a carriage return")]
    CarriageReturn,
    /// `$`
    #[error("a `$`")]
    Dollar,
    /// A backslash.
    #[error("a backslash")]
    Backslash,
    /// `'`
    #[error("a single quote")]
    SingleQuote,
    /// `"`
    #[error("a double quote")]
    DoubleQuote,
    /// A backtick.
    #[error("a backtick")]
    Backtick,
    /// `#`
    #[error("a `#`")]
    Hash,
    /// White space other than line ends.
    #[error("white space")]
    Space,
    /// A control character other than white space.
    #[error("a control character")]
    Control,
    /// A code point that Unicode has for no character, such as U+FFFF.
    #[error("a code point that is no character")]
    NoCharacter,
    /// A character beyond ASCII.
    #[error("a character beyond ASCII")]
    BeyondAscii,
}

impl Feature {
    /// Every feature, in the order in which they are blamed.
    const ALL: [Self; 12] = [
        Self::LineFeed,
        Self::CarriageReturn,
        Self::Control,
        Self::Dollar,
        Self::Backslash,
        Self::SingleQuote,
        Self::DoubleQuote,
        Self::Backtick,
        Self::Hash,
        Self::Space,
        Self::NoCharacter,
        Self::BeyondAscii,
    ];

    /// Whether the character is one.
    fn is(self, c: char) -> bool {
        match self {
            Self::LineFeed => c == '\n',
            Self::CarriageReturn => c == '\r',
            Self::Dollar => c == '$',
            Self::Backslash => c == '\\',
            Self::SingleQuote => c == '\'',
            Self::DoubleQuote => c == '"',
            Self::Backtick => c == '`',
            Self::Hash => c == '#',
            Self::Space => c.is_whitespace() && !matches!(c, '\n' | '\r'),
            Self::Control => c.is_control() && !c.is_whitespace(),
            Self::NoCharacter => is_no_character(c),
            Self::BeyondAscii => !c.is_ascii(),
        }
    }

    /// What it is about the value that a reader cannot hold: the first feature without which it can.
    pub(crate) fn blamed(value: &str, holds: impl Fn(&str) -> bool) -> Reason {
        if value.contains('\0') {
            return Reason::Nul;
        }
        let found = Self::ALL.into_iter().filter(|feature| value.contains(|c| feature.is(c)));
        let mut blamed = found.filter(|feature| holds(&value.replace(|c| feature.is(c), "")));
        blamed.next().map_or(Reason::Together, Reason::Holds)
    }
}

impl Reason {
    /// A stable name for programs, such as `carriage-return`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadName => "bad-name",
            Self::Nul => "nul",
            Self::CarriageReturn => "carriage-return",
            Self::Reference => "reference",
            Self::EscapedDollar => "escaped-dollar",
            Self::DoubleBackslash => "double-backslash",
            Self::TrailingBackslash => "trailing-backslash",
            Self::MixedQuotes => "mixed-quotes",
            Self::Holds(_) => "unholdable",
            Self::Together => "unholdable-together",
        }
    }

    /// What to do about it, in one sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::BadName => "use a letter or `_`, then letters, digits and `_`",
            Self::Nul => "encode binary data, for example as base64",
            Self::CarriageReturn => "use plain line feeds, or encode the value, for example as base64",
            Self::Reference | Self::EscapedDollar => {
                "choose a value without `$`, or encode it: no spelling is read alike by node and by Vite or Next.js"
            }
            Self::DoubleBackslash
            | Self::TrailingBackslash
            | Self::MixedQuotes
            | Self::Holds(_)
            | Self::Together => "choose a value without it, or encode it, for example as base64",
        }
    }
}

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
