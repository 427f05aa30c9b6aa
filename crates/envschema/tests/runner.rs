//! The tests of the contract.

mod any_text;
mod asks;
mod builder;
mod canary;
mod conditions;
mod contracts;
mod dome;
mod engine;
mod extends;
mod findings;
#[cfg(feature = "json-schema")]
mod json_schema;
mod keys;
mod proliferate;
mod proofs;
mod selection;
mod support;
mod tally;
mod templates;
mod types;
