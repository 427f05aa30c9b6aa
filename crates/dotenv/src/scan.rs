//! What a dialect's scan of one line gives: offsets into the text, and no copies.

use crate::ProblemKind;

/// One entry as offsets into the text. Everything else about an entry is worked out when asked for.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    pub(crate) name_start: usize,
    pub(crate) name_end: usize,
    /// Inside the quotes, when there are any.
    pub(crate) value_start: usize,
    pub(crate) value_end: usize,
    /// The end of the line's content, before its line end.
    pub(crate) end: usize,
    /// The line of the name, from 1.
    pub(crate) line: u32,
    pub(crate) warning: Option<ProblemKind>,
}

/// A line that gives no entry, and where its fault is.
pub(crate) struct Fault {
    pub(crate) kind: ProblemKind,
    pub(crate) at: usize,
    /// The offsets of the name, when the line has a good one.
    pub(crate) name: Option<(usize, usize)>,
}

/// What a line is.
pub(crate) enum What {
    Blank,
    Comment,
    Entry(Span),
    Fault(Fault),
}

/// One line of the document; a quoted value may make it span several lines of the text.
pub(crate) struct Scanned {
    pub(crate) what: What,
    /// Where the next line begins; the length of the text when there is none.
    pub(crate) next: usize,
    /// How many lines of the text this one spans, at least 1.
    pub(crate) lines: u32,
}
