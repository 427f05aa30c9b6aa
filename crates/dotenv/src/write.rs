//! Writing values so that real readers read them back alike, or saying why that cannot be done.

use std::borrow::Cow;

use crate::portable;

/// Why a value, or a name, has no portable spelling. It says nothing about the rest of the value.
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
            Self::DoubleBackslash | Self::TrailingBackslash | Self::MixedQuotes => {
                "choose a value without it, or encode it, for example as base64"
            }
        }
    }
}

/// A variable that was not written, because no spelling of it is read alike by real readers.
///
/// It names the variable and never shows the value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} has no portable spelling: {reason}; {}", .name.escape_debug(), .reason.help())]
pub struct Unwritable {
    /// The name of the variable.
    pub name: String,
    /// Why it has no portable spelling.
    pub reason: Reason,
}

/// The spelling of `value` for the right side of `NAME=`. Borrowed when it needs no quotes.
///
/// # Errors
///
/// The [`Reason`] why no spelling is read alike by real readers.
pub fn write_value(value: &str) -> Result<Cow<'_, str>, Reason> {
    let quote = portable::spelling(value, None)?;
    if quote.mark().is_none() {
        return Ok(Cow::Borrowed(value));
    }
    let mut spelled = String::with_capacity(value.len() + 2);
    portable::push(&mut spelled, value, quote);
    Ok(Cow::Owned(spelled))
}

/// The line `NAME=value`, without a line end. A value with line feeds makes it several lines.
///
/// # Errors
///
/// [`Unwritable`] with the name, when the name or the value has no portable spelling.
pub fn write_entry(name: &str, value: &str) -> Result<String, Unwritable> {
    let mut line = String::with_capacity(name.len() + value.len() + 3);
    push_entry(&mut line, name, value)?;
    Ok(line)
}

/// Adds the line `NAME=value` to `out`, without a line end; adds nothing when it is refused.
pub(crate) fn push_entry(out: &mut String, name: &str, value: &str) -> Result<(), Unwritable> {
    let refuse = |reason| Unwritable { name: name.to_owned(), reason };
    if !portable::is_name(name) {
        return Err(refuse(Reason::BadName));
    }
    let quote = portable::spelling(value, None).map_err(refuse)?;
    out.push_str(name);
    out.push('=');
    portable::push(out, value, quote);
    Ok(())
}
