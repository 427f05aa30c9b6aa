//! [`AwsStandIn`]: AWS on loopback, which `tests/aws` makes of moto and a stricter front.
//!
//! One process answers many tests at a time: each takes an [`AwsAccount`] of its own, with its own state, faults, journal
//! and canaries.

mod account;
mod http;
mod process;

pub use account::{AwsAccount, Call};
pub use process::AwsStandIn;
