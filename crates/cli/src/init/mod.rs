//! A first contract from what a project has already: reading an input, drafting the contract, writing it.
//!
//! An input is read into [`Notes`], which know nothing of contracts; [`draft`](draft::draft) infers types and
//! visibilities from them; [`contract_text`](write::contract_text) writes the result. Another input is another reader.

mod comment;
mod draft;
mod env_example;
mod kind;
mod made_up;
mod masked;
mod real;
mod review;
mod visibility;
mod write;

pub(crate) use draft::draft;
pub(crate) use env_example::read;
pub(crate) use review::review;
pub(crate) use write::contract_text;

/// What an input says.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Headings, in order.
    pub(crate) headings: Vec<String>,
    /// Variables, in order, each name once.
    pub(crate) variables: Vec<Noted>,
    /// Lines that say nothing that a contract could hold, from 1.
    pub(crate) unread: Vec<u32>,
}

/// What an input says of one variable. It may hold a secret that should not be there, and so has no `Debug` of its value.
#[derive(Default)]
pub(crate) struct Noted {
    pub(crate) name: String,
    /// The value that it shows; empty if there is none.
    pub(crate) value: zeroize::Zeroizing<String>,
    /// What people wrote beside it, a line for each line.
    pub(crate) comments: Vec<String>,
    /// The place of its heading.
    pub(crate) heading: Option<usize>,
    /// Whether it is there as a suggestion only.
    pub(crate) suggested: bool,
}

impl std::fmt::Debug for Noted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Noted").field("name", &self.name).finish_non_exhaustive()
    }
}
