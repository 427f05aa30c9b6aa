//! All tests of the crate in one binary. Cases are in the data files beside this one.

mod agreement;
mod cases;
mod conformance;
mod dialects;
mod document;
mod properties;
mod secrecy;
