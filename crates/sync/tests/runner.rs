//! What a plan says and what carrying it out does, against a target in memory.

mod apply;
mod bundle;
mod command;
mod decisions;
mod file;
mod journal;
mod plans;
mod saved;
mod storage;
mod support;
mod tokens;
