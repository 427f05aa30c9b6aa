//! The tests of the command line with AWS, in one program.
//!
//! They run the real programs against an account of the stand-in, count its calls, and search everything for values.

mod bundles;
mod handed;
mod layouts;
mod proliferate;
mod records;
mod saved;
mod stopped;
mod support;
mod trouble;
mod writers;
