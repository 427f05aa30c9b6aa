//! Conditions: a small typed expression language over variables, and why it came out as it did.
//!
//! [`parser`] reads text, [`check`] looks names up, [`compare`] types comparisons, [`evaluate`] judges values and
//! [`why`] tells the reason as a tree, [`asks`] what is asked, for other languages.

mod asks;
mod ast;
mod check;
mod compare;
mod error;
mod evaluate;
mod lexer;
mod parser;
mod why;

pub use asks::Asks;
pub use ast::{Condition, ConditionId, VariableId};
pub use why::{Shown, Why};

pub(crate) use ast::{Asked, AtomKind, Expression, Literal, Operand, Operator, Sort, Syntax};
pub(crate) use check::{Names, check};
pub(crate) use evaluate::{Facts, holds};
pub(crate) use parser::parse;
pub(crate) use why::{Telling, why};
