//! Plans what a target lacks of a resolved environment, and carries it out without losing anybody's write.
//!
//! A [`Target`] is a place that values go to: a secret store, a vault, a file. What it is to hold is [`Wanted`], what it
//! holds is [`Observed`], and [`prepare`] makes a [`Plan`] of both: data without values, to be shown, saved and compared.
//! [`apply()`] carries it out. Three values decide about each key: the one that is wanted, the one that is there, and the
//! one that envctl wrote last. So a key that somebody else changed is told as drift, and is not overwritten.
//!
//! ```
//! use envctl_sync::{Choices, Pace, Wanted, WantedEntry, apply, prepare, token::Key};
//! use envctl_testkit::MemoryTarget;
//! use envschema::Place;
//!
//! let target = MemoryTarget::new().ours("web", r#"{"PORT":"3000","theirs":1.0}"#);
//! let path = ".env.prod".into();
//! let port = WantedEntry {
//!     key: "PORT".to_owned(),
//!     variable: "WEB_PORT".into(),
//!     value: "8080".into(),
//!     place: Place::File { path, line: 3, column: 1 },
//! };
//! let (unset, aside, remove) = (Vec::new(), Vec::new(), Vec::new());
//! let web = Wanted { name: "web".to_owned(), entries: vec![port], unset, aside, remove, open: false };
//! let key = Key::new([7; Key::LENGTH]); // random in earnest, and kept
//!
//! let prepared = prepare(&target, "production", Some("prod"), &[web], &Choices::default(), &key)?;
//! assert_eq!(prepared.plan.writes().count(), 1);
//! let reports = apply(&target, &prepared, Pace::default(), &|_| {});
//! assert!(reports.iter().all(|report| report.outcome.is_done()));
//! assert_eq!(target.content("web"), Some(r#"{"PORT":"8080","theirs":1.0}"#.into()));
//! # Ok::<(), envctl_sync::TargetError>(())
//! ```
//!
//! # Map
//! - [`Target`], [`Observed`], [`Change`]: what a target tells and does; `aws` and `vault` are crates of their own
//! - [`Wanted`], [`prepare`], [`Plan`], [`Choices`]: deciding, pure once the target was looked at
//! - [`Mismatch`], [`PlanError`]: a saved plan that no longer fits, or is none
//! - [`apply()`]: carrying out, reading back, reporting
//! - [`FileTarget`]: an env file; [`Storage`] is how it is read and replaced
//! - [`CommandTarget`]: a program of the user's own, for every other place
//! - [`Journal`]: how far a run got, for the run after one that was killed
//! - [`Cloud`]: what opens targets that need an account
//! - [`Bundle`]: a JSON object that others write to as well
//! - [`token`]: what a plan says of values without telling them

mod apply;
mod at_once;
mod bundle;
mod change;
mod cloud;
mod document;
mod journal;
mod plan;
mod storage;
mod target;
mod targets;
pub mod token;
mod wanted;

pub use apply::{Outcome, Pace, Progress, RecordReport, apply};
pub use at_once::each_at_once;
pub use bundle::{Bundle, BundleError, new_bundle};
pub use change::{Applied, ApplyError, Change, ChangeKind, New};
pub use cloud::{Account, Cloud, CloudTarget, Mark, Service, Tier};
pub use document::Document;
#[cfg(feature = "json-schema")]
pub use document::json_schema;
pub use journal::{Journal, JournalError, Run};
pub use plan::{
    Action, Choices, FORMAT, KeyChange, KeyPlan, Mismatch, Plan, PlanError, Prepared, RecordPlan, Seen,
    prepare, prepare_seen,
};
pub use storage::Storage;
pub use target::{
    Details, Edits, Failure, Held, HeldEntry, Identity, Observed, Owner, Refused, Shape, Target, TargetError,
};
pub use targets::{CommandTarget, FileTarget};
pub use wanted::{Wanted, WantedEntry};
