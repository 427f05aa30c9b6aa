//! The tests of the crate, in one program.

mod check;
mod derive;
mod extract;
mod fill;
mod precedence;
mod producers;
mod sources;
mod support;
mod systems;
