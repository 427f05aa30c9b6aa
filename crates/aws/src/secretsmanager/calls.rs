//! The operations of the service that are used: one request each, with what is needed for it.

use std::sync::{Arc, OnceLock};

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::batch_get_secret_value::BatchGetSecretValueOutput as Batch;
use aws_sdk_secretsmanager::operation::create_secret::CreateSecretOutput as Created;
use aws_sdk_secretsmanager::operation::describe_secret::DescribeSecretOutput as Description;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput as Value;
use aws_sdk_secretsmanager::operation::list_secret_version_ids::ListSecretVersionIdsOutput as VersionsPage;
use aws_sdk_secretsmanager::operation::list_secrets::ListSecretsOutput as SecretsPage;
use aws_sdk_secretsmanager::types::{Filter, FilterNameStringType, ReplicaRegionType, Tag};
use envctl_sync::TargetError;
use envschema::SecretValue;

use super::{CURRENT, LABEL};
use crate::connection::Connection;
use crate::error::{CallError, Request};

/// The service has the name, or the token with another content.
pub(super) const EXISTS: &[&str] = &["ResourceExistsException"];
/// The state of the secret forbids it, such as being scheduled for deletion.
pub(super) const STATE: &[&str] = &["InvalidRequestException"];
/// How many secrets a batch has at most.
pub(super) const BATCH: usize = 20;

/// Makes the requests. The client is built when it is first needed.
#[derive(Debug)]
pub(super) struct Calls {
    connection: Arc<Connection>,
    client: OnceLock<Client>,
}

/// What a new secret gets besides its content.
pub(super) struct Making<'a> {
    pub(super) tags: Vec<(String, String)>,
    pub(super) kms_key: Option<&'a str>,
    pub(super) description: Option<&'a str>,
    pub(super) replicas: &'a [String],
}

impl Calls {
    pub(super) fn new(connection: Arc<Connection>) -> Self {
        Self { connection, client: OnceLock::new() }
    }

    pub(super) fn connection(&self) -> &Connection {
        &self.connection
    }

    fn client(&self) -> Result<&Client, CallError> {
        let unsent = |error: TargetError| CallError { error, may_be_done: false };
        let config = self.connection.config().map_err(unsent)?;
        Ok(self.client.get_or_init(|| Client::new(config)))
    }

    /// A page of what the secrets hold.
    pub(super) fn batch(&self, names: &[&str], page: Option<&str>) -> Result<Batch, CallError> {
        let on = match names {
            [one] => (*one).to_owned(),
            _ => format!("{} and {} more", names.first().unwrap_or(&""), names.len().saturating_sub(1)),
        };
        let request = Request::with_key("secretsmanager:BatchGetSecretValue", &on, "kms:Decrypt");
        let call = self.client()?.batch_get_secret_value();
        let ids = Some(names.iter().map(|name| (*name).to_owned()).collect());
        let call = call.set_secret_id_list(ids).set_next_token(page.map(str::to_owned));
        self.connection.call(request, || call.clone().send())
    }

    /// What a secret holds: its current version, or another one.
    pub(super) fn value(&self, name: &str, version: Option<&str>) -> Result<Value, CallError> {
        let call = self.client()?.get_secret_value().secret_id(name);
        let call = call.set_version_id(version.map(str::to_owned));
        self.connection.call(reading(name), || call.clone().send())
    }

    pub(super) fn describe(&self, name: &str) -> Result<Description, CallError> {
        let call = self.client()?.describe_secret().secret_id(name);
        let request = Request::new("secretsmanager:DescribeSecret", name);
        self.connection.call(request, || call.clone().send())
    }

    /// A page of all versions, also of those that have lost their labels.
    pub(super) fn versions(&self, name: &str, page: Option<&str>) -> Result<VersionsPage, CallError> {
        let call = self.client()?.list_secret_version_ids().secret_id(name);
        let call = call.include_deprecated(true).max_results(100).set_next_token(page.map(str::to_owned));
        let request = Request::new("secretsmanager:ListSecretVersionIds", name);
        self.connection.call(request, || call.clone().send())
    }

    /// A page of the secrets that have a tag of this name and one of this value. It may be minutes old.
    pub(super) fn tagged(
        &self,
        key: &str,
        value: &str,
        page: Option<&str>,
    ) -> Result<SecretsPage, CallError> {
        let filter = |name, text: &str| Filter::builder().key(name).values(text).build();
        let call = self
            .client()?
            .list_secrets()
            .filters(filter(FilterNameStringType::TagKey, key))
            .filters(filter(FilterNameStringType::TagValue, value))
            .max_results(100)
            .set_next_token(page.map(str::to_owned));
        self.connection.call(Request::new("secretsmanager:ListSecrets", ""), || call.clone().send())
    }

    /// Makes a secret. With the same token and content it may be asked twice.
    pub(super) fn create(
        &self,
        name: &str,
        token: &str,
        content: &SecretValue,
        making: &Making<'_>,
    ) -> Result<Created, CallError> {
        let replica = |region: &String| ReplicaRegionType::builder().region(region).build();
        let replicas: Vec<_> = making.replicas.iter().map(replica).collect();
        let call = self
            .client()?
            .create_secret()
            .name(name)
            .client_request_token(token)
            .set_tags(Some(tags(&making.tags)))
            .set_kms_key_id(making.kms_key.map(str::to_owned))
            .set_description(making.description.map(str::to_owned))
            .set_add_replica_regions((!replicas.is_empty()).then_some(replicas));
        let request = Request::with_key("secretsmanager:CreateSecret", name, "kms:GenerateDataKey");
        #[expect(clippy::disallowed_methods, reason = "it is what the secret is to hold")]
        self.connection.call(request, || call.clone().secret_string(content.expose()).send())
    }

    /// Puts a version that carries our label and is not current. With the same token and content it may be asked twice.
    pub(super) fn put(&self, name: &str, token: &str, content: &SecretValue) -> Result<(), CallError> {
        let call = self
            .client()?
            .put_secret_value()
            .secret_id(name)
            .client_request_token(token)
            .version_stages(LABEL);
        let request = Request::with_key("secretsmanager:PutSecretValue", name, "kms:GenerateDataKey");
        #[expect(clippy::disallowed_methods, reason = "it is what the secret is to hold")]
        self.connection.call(request, || call.clone().secret_string(content.expose()).send()).map(|_| ())
    }

    /// Makes a version the current one, if the current one is `from`.
    pub(super) fn swap(&self, name: &str, from: &str, to: &str) -> Result<(), CallError> {
        self.move_label(name, CURRENT, from, Some(to))
    }

    /// Moves a label from one version to another, or takes it off.
    pub(super) fn move_label(
        &self,
        name: &str,
        label: &str,
        from: &str,
        to: Option<&str>,
    ) -> Result<(), CallError> {
        let call = self
            .client()?
            .update_secret_version_stage()
            .secret_id(name)
            .version_stage(label)
            .remove_from_version_id(from)
            .set_move_to_version_id(to.map(str::to_owned));
        let request = Request::new("secretsmanager:UpdateSecretVersionStage", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }

    pub(super) fn tag(&self, name: &str, own: &[(String, String)]) -> Result<(), CallError> {
        let call = self.client()?.tag_resource().secret_id(name).set_tags(Some(tags(own)));
        let request = Request::new("secretsmanager:TagResource", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }

    pub(super) fn restore(&self, name: &str) -> Result<(), CallError> {
        let call = self.client()?.restore_secret().secret_id(name);
        let request = Request::new("secretsmanager:RestoreSecret", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }

    /// Schedules a secret for deletion in so many days.
    pub(super) fn delete(&self, name: &str, days: u8) -> Result<(), CallError> {
        let call = self.client()?.delete_secret().secret_id(name).recovery_window_in_days(days.into());
        let request = Request::new("secretsmanager:DeleteSecret", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }
}

/// The request that reads one secret, which is also what a batch does for each.
pub(super) fn reading(name: &str) -> Request<'_> {
    Request::with_key("secretsmanager:GetSecretValue", name, "kms:Decrypt")
}

fn tags(pairs: &[(String, String)]) -> Vec<Tag> {
    pairs.iter().map(|(key, value)| Tag::builder().key(key).value(value).build()).collect()
}
