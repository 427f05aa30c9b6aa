//! One writer at a time, among runs of envctl that share a table of `DynamoDB`. Others do not know of it.
//!
//! A lock is one item, whose key is `LockID`, as in the tables that Terraform uses. It is held while one parameter is
//! written, some seconds, and has an end after which it is nobody's: a run that is killed blocks others for that long.

use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::types::{AttributeValue, ReturnValuesOnConditionCheckFailure};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::date_time::{DateTime, Format};
use envctl_sync::{ApplyError, Failure, TargetError};

use super::ParameterStore;
use crate::connection::Connection;
use crate::error::Request;

/// When a lock that was not released is nobody's.
const LEASE: Duration = Duration::from_secs(180);
/// How long after it was taken a write may begin. What remains is for the write itself, and for clocks that differ.
const WRITES: Duration = Duration::from_secs(90);

const KEY: &str = "LockID";
const HOLDER: &str = "Holder";
const TOKEN: &str = "Token";
/// Seconds since 1970, so that the table can let `DynamoDB` delete what is over.
const EXPIRES: &str = "Expires";

/// The table, and who asks.
#[derive(Debug)]
pub(super) struct Locks {
    connection: Arc<Connection>,
    client: OnceLock<Client>,
    table: String,
}

/// A lock that is ours.
struct Lease {
    key: String,
    token: String,
    /// When no further write may begin.
    until: Instant,
}

/// What became of a request to take a lock.
enum Taken {
    Ours,
    Held { holder: Option<String>, token: Option<String>, expires: Option<i64> },
}

impl ParameterStore {
    /// Does some work while nobody else with this table writes to a parameter. The work is told when it may begin no further
    /// write.
    pub(super) fn locked<T>(
        &self,
        name: &str,
        work: impl FnOnce(Option<Instant>) -> Result<T, ApplyError>,
    ) -> Result<T, ApplyError> {
        let Some(locks) = &self.locks else { return work(None) };
        let lease = locks.take(name).map_err(ApplyError::Unchanged)?;
        let done = work(Some(lease.until));
        locks.release(name, &lease);
        done
    }
}

impl Locks {
    pub(super) fn new(connection: Arc<Connection>, table: String) -> Self {
        Self { connection, client: OnceLock::new(), table }
    }

    fn client(&self) -> Result<&Client, TargetError> {
        let config = self.connection.config()?;
        Ok(self.client.get_or_init(|| Client::new(config)))
    }

    fn take(&self, name: &str) -> Result<Lease, TargetError> {
        let who = self.connection.who()?;
        let region = self.connection.region()?.unwrap_or_default();
        let key = format!("envctl/ssm/{}/{region}/{name}", who.account);
        let token = token()?;
        let (begun, now) = (Instant::now(), seconds(SystemTime::now()));
        let number = |seconds: i64| AttributeValue::N(seconds.to_string());
        let expires = now.saturating_add(i64::try_from(LEASE.as_secs()).unwrap_or(i64::MAX));
        let call = self
            .client()?
            .put_item()
            .table_name(&self.table)
            .item(KEY, AttributeValue::S(key.clone()))
            .item(HOLDER, AttributeValue::S(who.principal))
            .item(TOKEN, AttributeValue::S(token.clone()))
            .item(EXPIRES, number(expires))
            .condition_expression("attribute_not_exists(#key) OR #expires < :now")
            .expression_attribute_names("#key", KEY)
            .expression_attribute_names("#expires", EXPIRES)
            .expression_attribute_values(":now", number(now))
            .return_values_on_condition_check_failure(ReturnValuesOnConditionCheckFailure::AllOld);
        let request = Request::new("dynamodb:PutItem", &self.table);
        let taken = self.connection.call(request, || {
            let sent = call.clone().send();
            async move {
                match sent.await {
                    Ok(_) => Ok(Taken::Ours),
                    Err(error) => held(&error).ok_or(error),
                }
            }
        })?;
        match taken {
            Taken::Ours => {}
            // An attempt of ours whose answer was lost.
            Taken::Held { token: Some(theirs), .. } if theirs == token => {}
            Taken::Held { holder, expires, .. } => return Err(is_held(name, holder, expires)),
        }
        Ok(Lease { key, token, until: begun + WRITES })
    }

    /// If it does not succeed the lock ends by itself, so nothing is told.
    fn release(&self, name: &str, lease: &Lease) {
        let Ok(client) = self.client() else { return };
        let call = client
            .delete_item()
            .table_name(&self.table)
            .key(KEY, AttributeValue::S(lease.key.clone()))
            .condition_expression("#token = :token")
            .expression_attribute_names("#token", TOKEN)
            .expression_attribute_values(":token", AttributeValue::S(lease.token.clone()));
        let request = Request::new("dynamodb:DeleteItem", name);
        let _ = self.connection.call(request, || call.clone().send());
    }
}

/// That the condition does not hold is an answer: who has it.
fn held(error: &SdkError<PutItemError, HttpResponse>) -> Option<Taken> {
    let SdkError::ServiceError(service) = error else { return None };
    let PutItemError::ConditionalCheckFailedException(failed) = service.err() else { return None };
    let text = |key| failed.item()?.get(key)?.as_s().ok().cloned();
    let number = |key: &str| failed.item()?.get(key)?.as_n().ok()?.parse().ok();
    Some(Taken::Held { holder: text(HOLDER), token: text(TOKEN), expires: number(EXPIRES) })
}

fn is_held(name: &str, holder: Option<String>, expires: Option<i64>) -> TargetError {
    let holder = holder.unwrap_or_else(|| "somebody".to_owned());
    let end = expires.and_then(|seconds| DateTime::from_secs(seconds).fmt(Format::DateTime).ok());
    let until = end.map_or_else(String::new, |end| format!(", until {end} at the latest"));
    TargetError {
        kind: Failure::Rejected,
        code: None,
        message: format!("`{name}` is locked by {holder}{until}"),
        help: Some(
            "run it again when that run is over: a lock that was left behind ends by itself".to_owned(),
        ),
    }
}

/// The lock may be somebody else's before another write has ended.
pub(super) fn too_late(name: &str) -> TargetError {
    TargetError {
        kind: Failure::Deadline,
        code: None,
        message: format!("`{name}` was not written in the {} s for which its lock is safe", WRITES.as_secs()),
        help: Some("run it again, with less `--concurrency` if AWS asks to slow down".to_owned()),
    }
}

/// What tells one taking of a lock from another.
fn token() -> Result<String, TargetError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random).map_err(|_| TargetError {
        kind: Failure::Outage,
        code: None,
        message: "the system gives no random numbers".to_owned(),
        help: None,
    })?;
    Ok(format!("{:032x}", u128::from_be_bytes(random)))
}

fn seconds(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
