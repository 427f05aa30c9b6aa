#![doc = include_str!("../README.md")]
//!
//! # Map of the crate
//!
//! | module | idea |
//! |---|---|
//! | `portable` | the one place that knows syntax: where the parts of a line are, what a quoted text stands for, and which spelling a value gets |
//! | `scan`, `bytes` | what a scan of one line gives (offsets, no copies), and the byte searches under it |
//! | `lines` | [`lines()`] and [`entries()`]: the text line by line, nothing kept |
//! | `document` | [`Document`]: the text read once, with duplicates and problems |
//! | `entry`, `place` | [`Entry`]: borrowed parts; lines and columns, worked out when asked for |
//! | `edit` | [`Edit`]: new values in the old text |
//! | `write` | [`write_value`], [`write_entry`], and why a value is refused |
//! | `problem` | [`Problem`]: what is wrong and where, never with a value |

mod bytes;
mod document;
mod edit;
mod entry;
mod lines;
mod place;
mod portable;
mod problem;
mod scan;
mod write;

pub use document::{Document, Duplicate};
pub use edit::{Edit, EditError, Refused};
pub use entry::{Entry, Quote};
pub use lines::{Entries, Line, LineKind, Lines, entries, lines};
pub use place::decode;
pub use problem::{NotUtf8, Problem, ProblemKind, Severity};
pub use write::{Reason, Unwritable, write_entry, write_value};
