//! What a plan says and what carrying it out does, against a target in memory.

mod apply;
mod bundle;
mod decisions;
mod plans;
mod support;
mod tokens;
