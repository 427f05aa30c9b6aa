//! A first contract from what a project has already: reading an input, drafting the contract, writing it.
//!
//! An input is read into [`Notes`], which know nothing of contracts; [`draft`](draft::draft) infers types and
//! visibilities from them; [`contract_text`](write::contract_text) writes the result. Another input is another reader.

mod comment;
mod draft;
mod env_example;
mod kind;
mod made_up;
mod manifest;
mod masked;
mod real;
mod review;
mod visibility;
mod write;

pub(crate) use draft::draft;
pub(crate) use manifest::{Broken, Manifest, USUAL};
pub(crate) use review::review;
pub(crate) use write::contract_text;

/// What an input says.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// What the system is called.
    pub(crate) name: Option<String>,
    /// Headings, in order.
    pub(crate) headings: Vec<String>,
    /// Variables, in order, each name once.
    pub(crate) variables: Vec<Noted>,
    /// Lines that say nothing that a contract could hold, from 1.
    pub(crate) unread: Vec<u32>,
    /// What was understood and no contract can hold.
    pub(crate) left: Vec<Left>,
}

/// Something that is not carried over. It names things, and never holds a value.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    /// Its line, from 1.
    pub(crate) line: u32,
    pub(crate) what: String,
    pub(crate) why: &'static str,
}

impl Notes {
    fn left(&mut self, line: u32, what: impl Into<String>, why: &'static str) {
        let what = what.into().chars().filter(|c| !c.is_control()).collect();
        self.left.push(Left { line, what, why });
    }

    /// Notes a variable, or that it is there already.
    fn first(&mut self, mut noted: Noted, line: u32) {
        noted.said.line = line;
        // What is no name may be a value that stands in the wrong place.
        let of_name = |c: char| c.is_ascii_alphanumeric() || "_-.".contains(c);
        if noted.name.is_empty() || !noted.name.chars().all(of_name) {
            return self.left(line, "a variable", "no contract can have such a name");
        }
        match self.variables.iter_mut().find(|known| known.name == noted.name) {
            None => self.variables.push(noted),
            Some(known) => {
                // What is a secret in one place is a secret.
                if noted.said.sensitive == Some(true) {
                    known.said.sensitive = Some(true);
                }
                if known.value != noted.value {
                    self.left(line, format!("another value of {}", noted.name), "a contract has one default");
                }
            }
        }
    }
}

/// What an input says outright of a variable; the rest is inferred.
#[derive(Default)]
pub(crate) struct Said {
    pub(crate) kind: Option<kind::DraftKind>,
    /// Further parameters of the type, by the contract's key.
    pub(crate) limits: Vec<(&'static str, Limit)>,
    pub(crate) required: Option<bool>,
    pub(crate) sensitive: Option<bool>,
    pub(crate) example: Option<zeroize::Zeroizing<String>>,
    pub(crate) line: u32,
}

/// A parameter's value.
#[derive(Clone, Debug)]
pub(crate) enum Limit {
    Number(String),
    Text(String),
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
    pub(crate) said: Said,
}

impl std::fmt::Debug for Noted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Noted").field("name", &self.name).finish_non_exhaustive()
    }
}
