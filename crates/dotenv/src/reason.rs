//! [`Reason`]: why a value, or a name, has no spelling. It says nothing of the value but what kind of characters it holds.

use crate::portable::is_no_character;

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
