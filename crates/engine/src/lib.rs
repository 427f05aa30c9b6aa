//! The answers of envctl, as a library: what the command line prints as JSON and exports, in values and texts.
//!
//! `envctl-resolver` finds the values of a contract; this crate says what there is to tell of them. It prints nothing,
//! reads no environment and knows no command line, so that the command line and the C interface give the same answers.
//!
//! # Map
//! - [`Judgement`]: what `validate` finds about one environment; [`report`]: findings as one document
//! - [`Explanation`]: all about one variable
//! - [`format`](mod@format): the forms in which values leave
//! - [`lint`]: what env files mean to their readers
//! - [`contract`]: a contract from its file, with the files that it extends; [`read`](mod@read): files within a limit
//! - [`call`]: one request as JSON in, one answer as JSON out
//! - [`words`]: the few words and spellings that all of them share

pub mod call;
mod contract_files;
mod explanation;
pub mod format;
mod judgement;
pub mod lint;
pub mod read;
pub mod report;
mod typed;
mod wiped;
pub mod words;

pub use contract_files::{ContractError, contract};
pub use explanation::{Example, Explanation, LayerLine};
pub use judgement::{Counts, Judgement, unchosen};
