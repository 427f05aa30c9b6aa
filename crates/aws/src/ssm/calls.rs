//! The operations of the service that are used: one request each, with what is needed for it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

use aws_sdk_ssm::operation::describe_parameters::DescribeParametersOutput as Page;
use aws_sdk_ssm::operation::get_parameters::GetParametersOutput as Batch;
use aws_sdk_ssm::types::{
    Parameter as Answer, ParameterStringFilter, ParameterTier, ParameterType, ResourceTypeForTagging, Tag,
};
use aws_sdk_ssm::{Client, Error};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use envctl_sync::{Failure, TargetError};
use envschema::SecretValue;

use super::LABEL;
use super::content::Parameter;
use crate::connection::Connection;
use crate::error::{CallError, Request};

/// The service has a parameter of that name.
pub(super) const EXISTS: &[&str] = &["ParameterAlreadyExists"];
/// The service has no parameter of that name. Where a resource is asked for by its id, it says so in other words.
pub(super) const MISSING: &[&str] = &["ParameterNotFound", "InvalidResourceId"];
/// The oldest of 100 versions cannot go, because it has a label.
pub(super) const NO_ROOM: &[&str] = &["ParameterMaxVersionLimitExceeded"];
/// How many parameters are read at once at most.
pub(super) const BATCH: usize = 10;

/// Makes the requests. The client is built when it is first needed.
#[derive(Debug)]
pub(super) struct Calls {
    connection: Arc<Connection>,
    client: OnceLock<Client>,
}

/// What a parameter is to be.
#[derive(Debug)]
pub(super) struct Put<'a> {
    pub(super) name: &'a str,
    pub(super) value: &'a SecretValue,
    pub(super) kind: ParameterType,
    pub(super) tier: Option<ParameterTier>,
    /// The KMS key; for what is encrypted only.
    pub(super) key: Option<&'a str>,
}

/// What a new parameter gets besides.
#[derive(Debug)]
pub(super) struct Making<'a> {
    pub(super) tags: Vec<(String, String)>,
    pub(super) description: Option<&'a str>,
}

/// How a request to replace ended that had an answer.
#[derive(Debug)]
pub(super) enum Replaced {
    /// It was carried out, and made this version.
    Written(i64),
    /// It was not made again after an answer got lost, because this is there by now.
    Found(Box<Batch>),
    /// It was not made, because the lock might end meanwhile.
    TooLate,
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

    /// What up to [`BATCH`] parameters hold, and which of them are not there.
    pub(super) fn batch(&self, names: &[&str]) -> Result<Batch, CallError> {
        let on = match names {
            [one] => (*one).to_owned(),
            _ => format!("{} and {} more", names.first().unwrap_or(&""), names.len().saturating_sub(1)),
        };
        let names = names.iter().map(|name| (*name).to_owned()).collect();
        let call = self.client()?.get_parameters().set_names(Some(names)).with_decryption(true);
        self.connection.call(reading(&on), || call.clone().send())
    }

    /// What one parameter holds; nothing if it is not there. `name` may end in `:` and a version or a label.
    pub(super) fn one(&self, name: &str) -> Result<Option<Parameter>, CallError> {
        only(name, self.batch(&[name])?)
    }

    /// Makes a parameter, unless there is one.
    pub(super) fn create(&self, put: &Put<'_>, making: &Making<'_>) -> Result<i64, CallError> {
        let call = self
            .client()?
            .put_parameter()
            .name(put.name)
            .r#type(put.kind.clone())
            .overwrite(false)
            .set_tier(put.tier.clone())
            .set_key_id(put.key.map(str::to_owned))
            .set_description(making.description.map(str::to_owned))
            .set_tags(Some(tags(&making.tags)));
        #[expect(clippy::disallowed_methods, reason = "it is what the parameter is to hold")]
        let answer = self.connection.call(writing(put), || call.clone().value(put.value.expose()).send())?;
        Ok(answer.version)
    }

    /// Replaces what a parameter holds. Each further attempt looks first whether the version `parent` is still there: the
    /// one before may have been carried out, or somebody may have written while AWS asked to wait. No attempt begins
    /// after `until`.
    pub(super) fn replace(
        &self,
        put: &Put<'_>,
        parent: i64,
        until: Option<Instant>,
    ) -> Result<Replaced, CallError> {
        let read = self.client()?.get_parameters().names(put.name).with_decryption(true);
        let write = self
            .client()?
            .put_parameter()
            .name(put.name)
            .r#type(put.kind.clone())
            .overwrite(true)
            .set_tier(put.tier.clone())
            .set_key_id(put.key.map(str::to_owned));
        let is_again = AtomicBool::new(false);
        self.connection.call(writing(put), || {
            let (read, write) = (read.clone(), write.clone());
            let is_again = is_again.swap(true, Ordering::Relaxed);
            async move {
                if is_again {
                    let now = read.send().await.map_err(any)?;
                    let parameters = now.parameters();
                    if !(parameters.len() == 1 && parameters[0].version == parent) {
                        return Ok(Replaced::Found(Box::new(now)));
                    }
                }
                if until.is_some_and(|until| Instant::now() >= until) {
                    return Ok(Replaced::TooLate);
                }
                #[expect(clippy::disallowed_methods, reason = "it is what the parameter is to hold")]
                let written = write.value(put.value.expose()).send().await.map_err(any)?;
                Ok::<_, SdkError<Error, HttpResponse>>(Replaced::Written(written.version))
            }
        })
    }

    /// Puts our label on a version, from wherever it is.
    pub(super) fn label(&self, name: &str, version: i64) -> Result<(), CallError> {
        let call =
            self.client()?.label_parameter_version().name(name).parameter_version(version).labels(LABEL);
        let request = Request::new("ssm:LabelParameterVersion", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }

    /// The tags of a parameter.
    pub(super) fn tags(&self, name: &str) -> Result<Vec<(String, String)>, CallError> {
        let kind = ResourceTypeForTagging::Parameter;
        let call = self.client()?.list_tags_for_resource().resource_type(kind).resource_id(name);
        let request = Request::new("ssm:ListTagsForResource", name);
        let answer = self.connection.call(request, || call.clone().send())?;
        Ok(answer.tag_list.unwrap_or_default().into_iter().map(|tag| (tag.key, tag.value)).collect())
    }

    pub(super) fn tag(&self, name: &str, own: &[(String, String)]) -> Result<(), CallError> {
        let kind = ResourceTypeForTagging::Parameter;
        let call = self.client()?.add_tags_to_resource().resource_type(kind).resource_id(name);
        let call = call.set_tags(Some(tags(own)));
        let request = Request::new("ssm:AddTagsToResource", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }

    /// A page of the parameters to which a filter applies: `Name`, or `tag:` and the name of a tag.
    pub(super) fn describe(&self, filter: (&str, &str), page: Option<&str>) -> Result<Page, CallError> {
        let (key, value) = filter;
        let filter = ParameterStringFilter::builder().key(key).values(value).build();
        let filter = filter.expect("a filter with a key is one");
        let call = self.client()?.describe_parameters().parameter_filters(filter).max_results(50);
        let call = call.set_next_token(page.map(str::to_owned));
        let on = if key == "Name" { value } else { "" };
        self.connection.call(Request::new("ssm:DescribeParameters", on), || call.clone().send())
    }

    /// Deletes a parameter with all its versions, at once and for good.
    pub(super) fn delete(&self, name: &str) -> Result<(), CallError> {
        let call = self.client()?.delete_parameter().name(name);
        let request = Request::new("ssm:DeleteParameter", name);
        self.connection.call(request, || call.clone().send()).map(|_| ())
    }
}

/// The one parameter that was asked for; nothing if it is not there.
pub(super) fn only(name: &str, mut batch: Batch) -> Result<Option<Parameter>, CallError> {
    let found: Option<Answer> = batch.parameters.as_mut().and_then(Vec::pop);
    let is_missing = batch.invalid_parameters.is_some_and(|missing| missing.iter().any(|one| one == name));
    match found.map(Parameter::of) {
        Some(Some(parameter)) => Ok(Some(parameter)),
        None if is_missing => Ok(None),
        Some(None) | None => Err(CallError { error: unclear(name), may_be_done: false }),
    }
}

/// An answer that does not tell what was asked.
pub(super) fn unclear(name: &str) -> TargetError {
    TargetError {
        kind: Failure::Outage,
        code: None,
        message: format!("`{name}`: the answer does not tell what is there"),
        help: Some("run it again; check AWS_ENDPOINT_URL".to_owned()),
    }
}

fn reading(on: &str) -> Request<'_> {
    Request::with_key("ssm:GetParameters", on, "kms:Decrypt")
}

fn writing<'a>(put: &Put<'a>) -> Request<'a> {
    Request::with_key("ssm:PutParameter", put.name, "kms:GenerateDataKey")
}

/// The error of one operation as one of any.
fn any<E>(error: SdkError<E, HttpResponse>) -> SdkError<Error, HttpResponse>
where
    Error: From<E>,
{
    error.map_service_error(Error::from)
}

fn tags(pairs: &[(String, String)]) -> Vec<Tag> {
    let tag = |(key, value): &(String, String)| Tag::builder().key(key).value(value).build();
    pairs.iter().map(|pair| tag(pair).expect("a tag with a key and a value is one")).collect()
}
