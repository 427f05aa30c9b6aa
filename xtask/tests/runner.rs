//! The tests of the workspace tasks.

mod arguments;
mod bench;
mod codegen;
mod coverage;
mod deps;
mod graph;
mod installed;
mod readers;
mod scripted;
mod silence;
mod suite;
mod sync_bench;
mod table;
mod tokens;
