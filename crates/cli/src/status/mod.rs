//! `envctl status`: environments seen as a whole.
//!
//! - `overview`: the state of one environment as data, without values; `concern`: what deserves attention in it
//! - `dashboard`: one environment for people; `matrix`: several beside each other
//! - `what_if` and `difference`: another value, and all that it would change
//! - `page`: everything as one file for a browser

mod concern;
mod dashboard;
mod difference;
mod matrix;
mod overview;
mod page;
mod what_if;

pub(crate) use dashboard::dashboard_text;
pub(crate) use difference::{Difference, difference_text};
pub(crate) use matrix::matrix_text;
pub(crate) use overview::Overview;
pub(crate) use page::{MARK, page};
pub(crate) use what_if::what_if;
