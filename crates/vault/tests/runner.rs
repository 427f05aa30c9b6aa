//! The tests of the crate, in one program.

mod format;
mod identities;
mod interop;
mod merges;
mod properties;
mod recipients;
mod secrecy;
mod support;
mod values;
