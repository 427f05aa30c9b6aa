//! The tests of the command line with AWS, in one program.
//!
//! They run the real programs against an account of the stand-in, count its calls, and search everything for values.

mod bundles;
mod careful;
mod drift;
mod exits;
mod handed;
mod layouts;
#[cfg(target_os = "linux")]
mod progress;
mod proliferate;
mod records;
mod rotation;
mod saved;
mod stopped;
mod support;
mod systems;
#[cfg(target_os = "linux")]
#[path = "../../cli/tests/support/terminal.rs"]
mod terminal;
mod trouble;
mod writers;
