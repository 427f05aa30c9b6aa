//! The tests of the contract.

mod contracts;
#[cfg(feature = "json-schema")]
mod json_schema;
mod support;
mod types;
