//! AWS Secrets Manager as a target: one secret is one record, a JSON object of keys or one value.
//!
//! Writing is a compare-and-swap. The new content is put as a version that carries [`LABEL`] and is not current; then
//! `AWSCURRENT` moves to it from the version that was read, and from no other. Whoever wrote between has the current
//! version, and keeps it.
//!
//! - `calls`: the operations of the service, one request each
//! - `observe`: what is there, by batches, and singly where a batch does not tell
//! - `content`: from what a secret holds to entries and back; limits
//! - `versions`: which version we wrote last, by labels and by the form of our tokens
//! - `details`: whose it is, and what we wrote last
//! - `create`, `replace`, `remove`: changes
//! - `marked`: what carries our tags

mod calls;
mod content;
mod create;
mod details;
mod marked;
mod observe;
mod remove;
mod replace;
mod versions;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use envctl_sync::{
    Applied, ApplyError, Change, ChangeKind, CloudTarget, Details, Edits, Failure, Held, Identity, Mark,
    Observed, Refused, Shape, Target, TargetError,
};
use envschema::SecretValue;

use crate::connection::Connection;
use calls::Calls;

/// The staging label that the version carries which we wrote last. It is the same for all projects, because a secret has room
/// for 20 labels; it also keeps the version from being deleted as deprecated.
const LABEL: &str = "envctl";
const CURRENT: &str = "AWSCURRENT";
const PREVIOUS: &str = "AWSPREVIOUS";
/// How many staging labels the versions of a secret have together at most.
const MOST_LABELS: usize = 20;
/// Days in which a removed secret can be brought back if the settings do not say: as many as the service allows.
const RECOVERY_DAYS: u8 = 30;

/// Secrets of one account and region that belong to one project and environment.
#[derive(Debug)]
pub(crate) struct SecretsManager {
    calls: Calls,
    shape: Shape,
    replicas: Vec<String>,
    recovery_days: u8,
    mark: Mark,
    kms_key: Option<String>,
    description: Option<String>,
    tags: BTreeMap<String, String>,
    /// Whether who asks may not read by batches: then they are not tried again.
    is_batch_denied: AtomicBool,
}

impl SecretsManager {
    /// A target as the settings describe it.
    ///
    /// # Errors
    /// `Settings` for days that the service does not know.
    pub(crate) fn new(
        connection: Arc<Connection>,
        wiring: &CloudTarget,
        shape: Shape,
        replicas: &[String],
        recovery_days: Option<u8>,
    ) -> Result<Self, TargetError> {
        let recovery_days = recovery_days.unwrap_or(RECOVERY_DAYS);
        if !(7..=30).contains(&recovery_days) {
            return Err(TargetError {
                kind: Failure::Settings,
                code: None,
                message: format!("a removed secret cannot be kept for {recovery_days} days"),
                help: Some("give 7 to 30 days".to_owned()),
            });
        }
        Ok(Self {
            calls: Calls::new(connection),
            shape,
            replicas: replicas.to_vec(),
            recovery_days,
            mark: wiring.mark.clone(),
            kms_key: wiring.kms_key.clone(),
            description: wiring.description.clone(),
            tags: wiring.tags.clone(),
            is_batch_denied: AtomicBool::new(false),
        })
    }
}

impl Target for SecretsManager {
    fn identity(&self) -> Result<Identity, TargetError> {
        self.calls.connection().identity("secretsmanager", "Secrets Manager")
    }

    fn shape(&self) -> Shape {
        self.shape
    }

    fn observe(&self, names: &[&str]) -> Vec<Observed> {
        self.look_at(names)
    }

    fn details(&self, name: &str, held: &Held) -> Result<Details, TargetError> {
        self.ask_details(name, held)
    }

    fn render(&self, name: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
        content::render(name, self.shape, held, edits)
    }

    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        self.calls.connection().admit().map_err(ApplyError::Unchanged)?;
        match &change.kind {
            ChangeKind::Create(new) => self.create(change.name, new),
            ChangeKind::Replace { held, new, adopt } => self.replace(change.name, held, new, *adopt),
            ChangeKind::Restore => self.restore(change.name),
            ChangeKind::Remove { held } => self.remove(change.name, held),
        }
    }

    fn marked(&self) -> Result<Vec<String>, TargetError> {
        self.names_with_our_mark()
    }
}
