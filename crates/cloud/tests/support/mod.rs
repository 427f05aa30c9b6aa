//! A project and an account of AWS, and the program run between them.
//!
//! Every value of a project is a canary. After each run, what it printed, every file but the env files, and the calls
//! that the account saw are searched for them.

mod account;
mod programs;
mod site;

pub(crate) use account::{labels, reads, writes};
pub(crate) use programs::{lean, lean_alone, linked};
pub(crate) use site::Site;
