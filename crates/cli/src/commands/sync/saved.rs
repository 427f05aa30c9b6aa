//! A plan that is kept in a file, and carried out later: just that, or nothing.

use std::collections::BTreeSet;
use std::path::Path;

use envctl_sync::{Choices, Mismatch, Plan};
use serde::{Deserialize, Serialize};

use crate::edge::Edge;
use crate::error::CliError;
use crate::exit::Exit;
use crate::read;
use crate::render::{Tone, shown};
use crate::sync::{Stage, SyncError, Wish};
use crate::write::write_file;

/// The version of the format.
const FORMAT: u32 = 1;

/// Plans with what was asked for when they were made. It holds no value.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Saved {
    envctl_plan: u32,
    pub(super) environment: Option<String>,
    pub(super) to: Vec<String>,
    pub(super) only: BTreeSet<String>,
    pub(super) plans: Vec<Plan>,
}

impl Saved {
    /// What was decided when the plan was made.
    pub(super) fn choices(&self) -> Choices {
        self.plans.first().map(|plan| plan.choices.clone()).unwrap_or_default()
    }
}

/// Keeps plans in a file, which replaces one of before.
pub(super) fn write(edge: &mut Edge, path: &Path, wish: &Wish, stages: &[Stage]) -> Result<(), CliError> {
    let saved = Saved {
        envctl_plan: FORMAT,
        environment: stages.first().and_then(|stage| stage.prepared.plan.environment.clone()),
        to: wish.chosen.iter().map(|chosen| chosen.name.clone()).collect(),
        only: wish.only.clone(),
        plans: stages.iter().map(|stage| stage.prepared.plan.clone()).collect(),
    };
    if let Ok(there) = read::file(&edge.path(path))
        && !is_plan(&there)
    {
        return Err(SyncError::NotAPlan { path: path.to_owned() }.into());
    }
    let mut text = serde_json::to_vec_pretty(&saved).map_err(std::io::Error::from)?;
    text.push(b'\n');
    write_file(&edge.path(path), path, &text, true)?;
    edge.tell(&format!("the plan is in {}", shown(path)));
    Ok(())
}

/// Whether a file holds plans that were kept.
fn is_plan(bytes: &[u8]) -> bool {
    serde_json::from_slice::<serde_json::Value>(bytes).is_ok_and(|value| value.get("envctl_plan").is_some())
}

/// Reads plans from a file.
///
/// # Errors
///
/// `Unreadable` and `NotText` for the file, `SavedPlan` for what is in it.
pub(super) fn read(edge: &Edge, path: &Path) -> Result<Saved, CliError> {
    let unreadable = |error| CliError::Unreadable { path: path.to_owned(), error };
    let bytes = read::file(&edge.path(path)).map_err(unreadable)?;
    let wrong = |what: &str| SyncError::SavedPlan(format!("{} {what}", shown(path)));
    let value: serde_json::Value = serde_json::from_slice(&bytes).map_err(|_| wrong("holds no plan"))?;
    match value.get("envctl_plan").and_then(serde_json::Value::as_u64) {
        Some(format) if format == u64::from(FORMAT) => {}
        Some(_) => return Err(wrong("was made by another release of envctl").into()),
        None => return Err(wrong("holds no plan").into()),
    }
    Ok(serde_json::from_value(value).map_err(|_| wrong("is no plan that envctl has made"))?)
}

/// Compares what was planned with what would be planned now; an exit code if that is not the same.
pub(super) fn check(edge: &mut Edge, saved: &Saved, stages: &[Stage]) -> Option<Exit> {
    let mut mismatches = Vec::new();
    if saved.plans.len() != stages.len() {
        edge.tell("error: the project has other targets than when the plan was made");
        return Some(Exit::Refused);
    }
    for (plan, stage) in saved.plans.iter().zip(stages) {
        mismatches.extend(plan.check_still(&stage.prepared.plan).err().unwrap_or_default());
    }
    (!mismatches.is_empty()).then(|| refuse(edge, &mismatches))
}

/// Tells why a plan is not carried out.
pub(super) fn refuse(edge: &mut Edge, mismatches: &[Mismatch]) -> Exit {
    let error = edge.messages_look.paint(Tone::Error, "error").to_string();
    for mismatch in mismatches {
        edge.tell(&format!("{error}: {mismatch}"));
    }
    edge.tell("nothing was written: make the plan again with `--plan --out`");
    if mismatches.iter().any(Mismatch::is_conflict) { Exit::Conflict } else { Exit::Refused }
}
