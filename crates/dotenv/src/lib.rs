#![doc = include_str!("../README.md")]
//!
//! # Map of the crate
//!
//! | module | idea |
//! |---|---|
//! | `dialect` | [`Dialect`]: one small file for each real reader, with its rules for reading and its spellings |
//! | `reading` | [`Reader`] and [`Reading`]: what one real reader makes of a text |
//! | `portability` | [`portability()`]: where several readers of one text do not agree |
//! | `respell` | [`respell`]: old values in spellings that several readers read alike |
//! | `spell` | which spelling a value gets: the shortest one that reads back |
//! | `portable` | the default reading and spelling: where the parts of a line are, and what a quoted text stands for |
//! | `scan`, `bytes` | what a scan of one line gives (offsets, no copies), and the byte searches under it |
//! | `lines` | [`lines()`] and [`entries()`]: the text line by line, nothing kept |
//! | `document` | [`Document`]: the text read once, with duplicates and problems |
//! | `entry`, `place` | [`Entry`]: borrowed parts; lines and columns, worked out when asked for |
//! | `edit` | [`Edit`]: new values in the old text |
//! | `write` | [`write_value`], [`write_entry`], [`write_entries`], and what is refused |
//! | `reason` | [`Reason`]: why a value has no spelling |
//! | `problem` | [`Problem`]: what is wrong and where, never with a value |

mod bytes;
mod dialect;
mod document;
mod edit;
mod entry;
mod lines;
mod place;
mod portability;
mod portable;
mod problem;
mod reading;
mod reason;
mod respell;
mod scan;
mod spell;
mod write;

pub use dialect::{Dialect, UnknownDialect};
pub use document::{Document, Duplicate};
pub use edit::{Edit, EditError, Refused};
pub use entry::{Entry, Quote};
pub use lines::{Entries, Line, LineKind, Lines, entries, lines};
pub use place::decode;
pub use portability::{Divergence, Portability, portability};
pub use problem::{NotUtf8, Problem, ProblemKind, Severity};
pub use reading::{Effect, Outcome, Reader, Reading, Remark, Variable};
pub use reason::{Feature, Reason};
pub use respell::{Left, Respelt, Why, respell};
pub use spell::common_spelling;
pub use write::{Unwritable, write_entries, write_entry, write_value};
