//! AWS Systems Manager Parameter Store as a target: one parameter is one record of one value.
//!
//! The service makes a parameter atomically, and cannot compare and swap. So what is replaced is looked at right before, and
//! the version that a write gets tells whether somebody was faster: then theirs is put back, and told. Runs of envctl that
//! share a lock table exclude each other. `docs/decisions/0013-parameter-store.md` tells what remains.
//!
//! - `calls`: the operations of the service, one request each
//! - `names`, `content`: what the service takes, with numbers; from what a parameter holds to entries
//! - `observe`: what is there, in tens
//! - `details`: whose it is, and what we wrote last
//! - `create`, `replace`, `put_back`, `remove`: changes
//! - `lock`: one writer at a time, among runs that share a table
//! - `marked`: what carries our tags

mod calls;
mod content;
mod create;
mod details;
mod lock;
mod marked;
mod names;
mod observe;
mod put_back;
mod remove;
mod replace;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use envctl_sync::{
    Applied, ApplyError, Change, ChangeKind, CloudTarget, Details, Edits, Failure, Held, Identity, Mark,
    Observed, Refused, Shape, Target, TargetError, Tier,
};
use envschema::SecretValue;

use crate::connection::Connection;
use crate::tags;
use calls::Calls;
use content::Parameter;
use lock::Locks;

/// The label of the version that we wrote last, if it is not the first one.
const LABEL: &str = "envctl";

/// Parameters of one account and region that belong to one project and environment.
#[derive(Debug)]
pub(crate) struct ParameterStore {
    calls: Calls,
    locks: Option<Locks>,
    mark: Mark,
    tier: Option<Tier>,
    kms_key: Option<String>,
    description: Option<String>,
    tags: BTreeMap<String, String>,
    /// What an observation tells and [`Held`] has no room for.
    seen: Mutex<HashMap<String, Seen>>,
}

/// Of the version that was read.
#[derive(Clone, Debug)]
struct Seen {
    version: String,
    since: Option<String>,
    is_encrypted: bool,
}

impl ParameterStore {
    /// A target as the settings describe it.
    pub(crate) fn new(
        connection: &Arc<Connection>,
        wiring: &CloudTarget,
        tier: Option<Tier>,
        lock_table: Option<&str>,
    ) -> Self {
        Self {
            calls: Calls::new(Arc::clone(connection)),
            locks: lock_table.map(|table| Locks::new(Arc::clone(connection), table.to_owned())),
            mark: wiring.mark.clone(),
            tier,
            kms_key: wiring.kms_key.clone(),
            description: wiring.description.clone(),
            tags: wiring.tags.clone(),
            seen: Mutex::default(),
        }
    }

    /// What there is under a name, and what else was told of it is kept for [`Target::details`].
    fn observed(&self, name: &str, parameter: Parameter) -> Observed {
        let seen = Seen {
            version: parameter.version.to_string(),
            since: parameter.since.clone(),
            is_encrypted: parameter.is_encrypted(),
        };
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), seen);
        content::observed(parameter)
    }

    /// What was told of the version that was read; nothing if another one was read since.
    fn seen(&self, name: &str, held: &Held) -> Option<Seen> {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        seen.get(name).filter(|seen| seen.version == held.version).cloned()
    }

    /// The tags of a new parameter: our own, which make it ours, and those of the settings.
    fn new_tags(&self) -> Vec<(String, String)> {
        let given = self.tags.iter().map(|(key, value)| (key.clone(), value.clone()));
        tags::own(&self.mark).into_iter().chain(given).collect()
    }
}

impl Target for ParameterStore {
    fn identity(&self) -> Result<Identity, TargetError> {
        self.calls.connection().identity("ssm", "SSM")
    }

    fn shape(&self) -> Shape {
        Shape::Single
    }

    fn observe(&self, names: &[&str]) -> Vec<Observed> {
        self.look_at(names)
    }

    fn details(&self, name: &str, held: &Held) -> Result<Details, TargetError> {
        self.ask_details(name, held)
    }

    fn render(&self, name: &str, held: Option<&Held>, edits: &Edits<'_>) -> Result<SecretValue, Refused> {
        let region = self.calls.connection().region().ok().flatten().unwrap_or_default();
        content::render(name, &region, self.tier, held, edits)
    }

    fn apply(&self, change: &Change<'_>) -> Result<Applied, ApplyError> {
        self.calls.connection().admit().map_err(ApplyError::Unchanged)?;
        match &change.kind {
            ChangeKind::Create(new) => self.create(change.name, new),
            ChangeKind::Replace { held, new, adopt } => self.replace(change.name, held, new, *adopt),
            ChangeKind::Remove { held } => self.remove(change.name, held),
            ChangeKind::Restore => Err(ApplyError::Unchanged(TargetError {
                kind: Failure::Rejected,
                code: None,
                message: format!("`{}`: Parameter Store keeps nothing of what is deleted", change.name),
                help: Some("run it again to make it anew".to_owned()),
            })),
        }
    }

    fn marked(&self) -> Result<Vec<String>, TargetError> {
        self.names_with_our_mark()
    }
}
