//! The tests of the command line, in one program.
//!
//! Whole command lines with all that they print are data: see `tests/cli` at the root of the repository, and
//! `transcripts` here for the form of these files. `UPDATE=1 cargo test -p envctl` writes what was printed into
//! them; read the difference before keeping it.

mod ci;
mod completions;
mod conformance;
mod ecs;
mod export;
mod generated;
mod init;
mod layout;
mod manual;
mod outside;
mod page;
mod read_back;
mod readme;
mod redactor;
mod reports;
mod run;
mod scan;
mod special;
mod stack_keys;
mod stack_script;
mod streams;
mod support;
mod transcripts;
mod vault;
mod workflows;
