//! Carrying a resolution to targets, and reading what they hold.
//!
//! - `chosen`: which targets the words of `--to` mean; `records`: what each calls its records and keys
//! - `open`: a target of the settings as something to be observed and written; `storage`: files for those that are files
//! - `stored`: what targets hold, as layers
//! - `references`: what refers to records from outside, such as ARNs
//! - `stage`: resolved for each target, planned, and grouped by where it goes
//! - `before`: what comes before a plan is carried out
//! - `state`: what this machine keeps of runs
//! - `report`: drift as Markdown; `journal`: how far a run got
//! - `text` and `ending`: a plan and what became of it, for people

mod before;
mod chosen;
mod ending;
mod error;
mod journal;
mod open;
mod records;
mod references;
mod report;
mod stage;
mod state;
mod storage;
mod stored;
mod text;

pub(crate) use before::Before;
pub(crate) use chosen::{Chosen, chosen, of_kind, reach, settle};
pub(crate) use ending::{Ending, ending_text};
pub(crate) use error::SyncError;
pub(crate) use journal::{JournalFile, Kept};
pub(crate) use open::{Opened, account};
pub(crate) use records::{has_vault, records};
pub(crate) use references::references;
pub(crate) use report::drift_report;
pub(crate) use stage::{Stage, Staging, Wish};
pub(crate) use state::State;
pub(crate) use stored::{all_held, stored};
pub(crate) use text::plan_text;
