//! Plans what a target lacks of a resolved environment, and carries it out without losing anybody's write.
//!
//! A [`Target`] is a place that values go to: a secret store, a vault, a file. What it is to hold is [`Wanted`], what it
//! holds is [`Observed`], and [`prepare`] makes a [`Plan`] of both: data without values, to be shown, saved and compared.
//! [`apply()`] carries it out. Three values decide about each key: the one that is wanted, the one that is there, and the
//! one that envctl wrote last. So a key that somebody else changed is told as drift, and is not overwritten.
//!
//! # Map
//! - [`Target`], [`Observed`], [`Change`]: what a target tells and does; `aws` and `vault` are crates of their own
//! - [`Wanted`], [`prepare`], [`Plan`], [`Choices`]: deciding, pure once the target was looked at
//! - [`apply()`]: carrying out, reading back, reporting
//! - [`Cloud`]: what opens targets that need an account
//! - [`Bundle`]: a JSON object that others write to as well
//! - [`token`]: what a plan says of values without telling them

mod apply;
mod bundle;
mod change;
mod cloud;
mod plan;
mod target;
pub mod token;
mod wanted;

pub use apply::{Outcome, Pace, Progress, RecordReport, apply};
pub use bundle::{Bundle, BundleError, new_bundle};
pub use change::{Applied, ApplyError, Change, ChangeKind, New};
pub use cloud::{Account, Cloud, CloudTarget, Mark, Service, Tier};
pub use plan::{Action, Choices, FORMAT, KeyChange, KeyPlan, Plan, Prepared, RecordPlan, prepare};
pub use target::{
    Details, Edits, Failure, Held, HeldEntry, Identity, Observed, Owner, Refused, Shape, Target, TargetError,
};
pub use wanted::{Wanted, WantedEntry};
