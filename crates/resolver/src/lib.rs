//! Resolves every variable of a contract through layers of sources.
//!
//! A deployment's values live in many places: an old `.env.prod`, the outputs of a stack, the cloud account, a
//! generator, somebody's head. A [`Resolver`] takes what each source gave as a [`Layer`], lets the layers win
//! in one documented order ([`LayerKind`]), and gives a [`Resolution`]: one value for each variable, where it
//! came from, and what lost against it. [`check`] then tells what is wrong.
//!
//! ```
//! use envctl_resolver::{CheckOptions, Resolver, check, sources::{EnvFile, Outputs}};
//! use envschema::Schema;
//!
//! let schema = Schema::parse("envschema.toml", r#"
//!     [schema]
//!     name = "shop"
//!
//!     [vars.REDIS_URL]
//!     type   = "url"
//!     output = "redisUrl"
//!     derive = "redis://${output.redisEndpoint}:6379"
//!
//!     [vars.PORT]
//!     type = "port"
//!     visibility = "plain"
//! "#)?;
//!
//! let file = EnvFile::parse("PORT=http\n", ".env.prod");
//! let outputs = Outputs::from_json(r#"{"redisEndpoint": "cache.internal"}"#, "outputs.json")?;
//! let resolution = Resolver::new(schema.base()).layer(file.layer).outputs(&outputs).resolve();
//!
//! let (_, _, redis) = resolution.get("REDIS_URL").expect("in the contract");
//! let place = redis.chosen.as_ref().expect("derived").place.to_string();
//! assert_eq!(place, "template redis://${output.redisEndpoint}:6379");
//!
//! let findings = check(&resolution, &CheckOptions::default());
//! let messages: Vec<_> = findings.iter().map(|finding| finding.message.as_str()).collect();
//! assert_eq!(messages, ["PORT is not valid: expected a port from 1 to 65535, found \"http\""]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Map
//! - [`sources`] read what exists; [`producers`] make what is missing, and [`fill`] says for what
//! - [`Layer`] and [`LayerKind`]: values of one source, and the precedence
//! - [`Resolver`] and [`Resolution`]: deciding, without I/O
//! - [`check`]: findings, to be shown or counted
//! - [`Resolution::extract`] and `figment::Provider`: the result as a program's configuration
//! - [`runner`]: outside commands behind one trait

mod check;
mod derive;
mod extract;
mod fill;
mod layer;
pub mod producers;
mod resolution;
mod resolver;
pub mod runner;
pub mod sources;

pub use check::{CheckOptions, check};
pub use derive::Facts;
pub use extract::ExtractError;
pub use fill::{fill, resolve_filled};
pub use layer::{Candidate, Layer, LayerKind};
pub use resolution::{Chosen, Lost, Resolution, Resolved, Shadowed, Undeclared};
pub use resolver::Resolver;
