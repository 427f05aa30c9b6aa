//! The one test binary of this crate. It talks to the stand-in for AWS over HTTP with the real SDK, counts the calls that were
//! made, and searches all that was told for the values.

mod account;
mod lost;
mod payloads;
mod races;
mod reading;
mod schedule;
mod ssm;
mod trouble;
mod world;
mod writing;
