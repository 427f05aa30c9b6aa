//! What is wrong with a text, and where. No message here ever holds a value.

/// How much a [`Problem`] matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The line gave no entry.
    Error,
    /// The line gave an entry, but real readers disagree on where its value ends.
    Warning,
}

/// The kinds of [`Problem`]. Each prints as one sentence without the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ProblemKind {
    /// A line that is neither empty nor a comment has no `=`. A name alone gives no value.
    #[error("the line has no `=`")]
    NoEquals,
    /// What stands before the `=` is no name: letters, digits, `_`, `.` and `-`, after an optional `export`.
    #[error("the text before the `=` is not a name")]
    BadName,
    /// A quote opens the value and nothing closes it.
    #[error("the quote that opens the value is never closed")]
    UnterminatedQuote,
    /// Something other than a comment follows the closing quote.
    #[error("there is text after the closing quote")]
    TextAfterQuote,
    /// The line holds a NUL, which no environment can carry.
    #[error("the line holds a NUL character")]
    Nul,
    /// A comment begins right after the value. Some readers make it part of the value.
    #[error("a `#` with no space before it ends the value here, but not for every reader")]
    HashWithoutBlank,
    /// A backslash stands right before a closing quote. Some readers read on to the next quote.
    #[error("a backslash stands before the closing quote, which some readers then do not see")]
    BackslashBeforeQuote,
}

impl ProblemKind {
    /// Why the line gives no variable, as part of a sentence.
    pub(crate) const fn reason(self) -> &'static str {
        match self {
            Self::NoEquals => "there is no `=`",
            Self::BadName => "what stands before the `=` is no name",
            Self::UnterminatedQuote => "a quote is never closed",
            Self::TextAfterQuote => "there is text after the closing quote",
            Self::Nul => "there is a NUL character",
            Self::HashWithoutBlank => "a `#` follows the value directly",
            Self::BackslashBeforeQuote => "a backslash stands before the closing quote",
        }
    }

    /// A stable name for programs, such as `no-equals`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoEquals => "no-equals",
            Self::BadName => "bad-name",
            Self::UnterminatedQuote => "unterminated-quote",
            Self::TextAfterQuote => "text-after-quote",
            Self::Nul => "nul",
            Self::HashWithoutBlank => "hash-without-blank",
            Self::BackslashBeforeQuote => "backslash-before-quote",
        }
    }

    /// What to do about it, in one sentence.
    #[must_use]
    pub const fn help(self) -> &'static str {
        match self {
            Self::NoEquals => "write `NAME=value`, or begin the line with `#`",
            Self::BadName => "use letters, digits and `_`; a value of several lines needs quotes",
            Self::UnterminatedQuote => "close the quote, or put the value in another kind of quotes",
            Self::TextAfterQuote => {
                "put the whole value in one pair of quotes, and a space and `#` before a comment"
            }
            Self::Nul => "remove the NUL character, or save the file as UTF-8",
            Self::HashWithoutBlank => "put the value in quotes, or a space before the comment",
            Self::BackslashBeforeQuote => "double quotes with `\\\\` at the end are safer for most readers",
        }
    }

    /// Whether the line gave an entry all the same.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::HashWithoutBlank | Self::BackslashBeforeQuote => Severity::Warning,
            Self::NoEquals | Self::BadName | Self::UnterminatedQuote | Self::TextAfterQuote | Self::Nul => {
                Severity::Error
            }
        }
    }

    /// Whether it is unclear where the value ends, so that a change elsewhere could change this line's meaning.
    #[must_use]
    pub const fn breaks_a_quote(self) -> bool {
        matches!(self, Self::UnterminatedQuote | Self::TextAfterQuote)
    }
}

/// Something wrong with one line of a text. It holds a place and at most a name, never a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {}{kind}", .name.as_deref().map(|name| format!("{name}: ")).unwrap_or_default())]
pub struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) line: u32,
    pub(crate) column: u32,
    pub(crate) name: Option<Box<str>>,
}

impl Problem {
    /// What is wrong.
    #[must_use]
    pub const fn kind(&self) -> ProblemKind {
        self.kind
    }

    /// The stable name of the kind, see [`ProblemKind::code`].
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.kind.code()
    }

    /// What to do about it, see [`ProblemKind::help`].
    #[must_use]
    pub const fn help(&self) -> &'static str {
        self.kind.help()
    }

    /// Whether the line gave no entry ([`Severity::Error`]) or one that readers differ on.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.kind.severity()
    }

    /// The line, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// The column, from 1, in characters.
    #[must_use]
    pub const fn column(&self) -> u32 {
        self.column
    }

    /// The variable that the line is about, when the line has a good name.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }
}

/// The bytes are not UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: the text is not UTF-8 from here on; save the file as UTF-8")]
pub struct NotUtf8 {
    /// The line of the first bad byte, from 1.
    pub line: u32,
    /// The column of the first bad byte, from 1, in characters.
    pub column: u32,
}
