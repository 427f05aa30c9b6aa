//! AWS as [`Target`](envctl_sync::Target)s, and facts of the account.
//!
//! [`Aws`] is the door: it opens targets and tells facts, and asks nothing before it is needed. This crate alone has an async
//! runtime and the SDK; nothing of either is seen from outside.
//!
//! ```no_run
//! use envctl_aws::Aws;
//! use envctl_sync::{Account, Cloud};
//!
//! let facts = Aws::new().facts(&Account::default());
//! println!("{:?}", facts.account()?);
//! # Ok::<_, envctl_resolver::sources::SourceError>(())
//! ```
//!
//! # Map
//! - `connection`: one account: its configuration, who asks, and the one way to make a request
//! - `batches`: looking at many names
//! - `engine`: what all connections share: the runtime, the HTTP client, the pace
//! - `retry`: which requests are repeated, how often, how long
//! - `error`: from what the SDK says to what a person reads; decided by codes, never by texts
//! - `tags`: whose a record is
//! - `secretsmanager`: secrets as a target
//! - `ssm`: parameters as a target
//! - `facts`, `servers`: region and account, and where databases and caches listen

mod batches;
mod cloud;
mod connection;
mod engine;
mod error;
mod facts;
mod retry;
mod secretsmanager;
mod servers;
mod ssm;
mod tags;

pub use cloud::Aws;
pub use retry::Pace;
