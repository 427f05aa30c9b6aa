//! [`Connection`]: one account, who asks, and the one way to make a request.

use std::future::Future;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use aws_config::{BehaviorVersion, Region};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_smithy_types::retry::RetryConfig;
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;
use envctl_sync::{Account, Failure, Identity, TargetError};

use crate::engine::Engine;
use crate::error::{CallError, Request};
use crate::retry;

/// Who asks, as STS tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Who {
    /// The account's number.
    pub(crate) account: String,
    /// The ARN.
    pub(crate) principal: String,
}

/// One account in one region, by one profile. Nothing is read or asked before it is needed, and nothing twice.
#[derive(Debug)]
pub(crate) struct Connection {
    engine: Arc<Engine>,
    account: Account,
    config: OnceLock<SdkConfig>,
    who: Mutex<Option<Who>>,
}

impl Connection {
    pub(crate) fn new(engine: Arc<Engine>, account: Account) -> Self {
        Self { engine, account, config: OnceLock::new(), who: Mutex::new(None) }
    }

    /// What this is a connection to.
    pub(crate) fn account(&self) -> &Account {
        &self.account
    }

    /// The configuration that clients are made of: `Client::new(connection.config()?)`.
    ///
    /// # Errors
    /// `Settings` if no region is known.
    pub(crate) fn config(&self) -> Result<&SdkConfig, TargetError> {
        let config = self.load()?;
        match config.region() {
            Some(_) => Ok(config),
            None => Err(TargetError {
                kind: Failure::Settings,
                code: None,
                message: "no AWS region is set".to_owned(),
                help: Some("set `region` of the target in envctl.toml, or AWS_REGION".to_owned()),
            }),
        }
    }

    /// The region, if one is known.
    pub(crate) fn region(&self) -> Result<Option<String>, TargetError> {
        Ok(self.load()?.region().map(ToString::to_string))
    }

    /// Makes a request until it has an answer, a refusal, or no time is left. Blocks, and may be called by several threads
    /// at once, but not by one of an async runtime.
    ///
    /// `send` is called for each attempt: a request that writes has to be harmless when it comes twice.
    pub(crate) fn call<T, E, F, A>(&self, request: Request<'_>, send: F) -> Result<T, CallError>
    where
        F: Fn() -> A,
        A: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let runtime = self.engine.runtime().map_err(|error| CallError { error, may_be_done: false })?;
        let deadline = self.account.deadline.unwrap_or(self.engine.pace.deadline);
        runtime.block_on(retry::until(&self.engine.pace, deadline, request, send))
    }

    /// Who asks. STS is asked once.
    ///
    /// # Errors
    /// `Settings` if the account is another one than was configured.
    pub(crate) fn who(&self) -> Result<Who, TargetError> {
        // Held while asking, so that threads that come together ask once.
        let mut known = self.who.lock().unwrap_or_else(PoisonError::into_inner);
        let who = match &*known {
            Some(who) => who.clone(),
            None => known.insert(self.ask_who()?).clone(),
        };
        match &self.account.account {
            Some(wanted) if *wanted != who.account => Err(TargetError {
                kind: Failure::Settings,
                code: None,
                message: format!(
                    "the credentials are of account {}, and {wanted} is configured",
                    who.account
                ),
                help: Some(format!("use credentials of account {wanted}, such as with another AWS_PROFILE")),
            }),
            _ => Ok(who),
        }
    }

    /// Refuses an account that is not the configured one. Asks STS only if one is configured.
    pub(crate) fn admit(&self) -> Result<(), TargetError> {
        if self.account.account.is_some() { self.who().map(|_| ()) } else { Ok(()) }
    }

    /// The identity of a target: `kind` is envctl's name of the service, `service` the SDK's, such as `Secrets Manager`.
    pub(crate) fn identity(&self, kind: &str, service: &str) -> Result<Identity, TargetError> {
        let config = self.config()?;
        let who = self.who()?;
        Ok(Identity {
            kind: kind.to_owned(),
            address: endpoint(config, service).and_then(|url| foreign_origin(&url)).unwrap_or_default(),
            account: Some(who.account),
            region: config.region().map(ToString::to_string),
            principal: Some(who.principal),
        })
    }

    fn ask_who(&self) -> Result<Who, TargetError> {
        let client = aws_sdk_sts::Client::new(self.config()?);
        let request = Request::new("sts:GetCallerIdentity", "");
        let answer = self.call(request, || client.get_caller_identity().send())?;
        answer.account.zip(answer.arn).map(|(account, principal)| Who { account, principal }).ok_or_else(
            || TargetError {
                kind: Failure::Outage,
                code: None,
                message: "`sts:GetCallerIdentity`: the answer tells no account".to_owned(),
                help: Some("check AWS_ENDPOINT_URL".to_owned()),
            },
        )
    }

    fn load(&self) -> Result<&SdkConfig, TargetError> {
        let runtime = self.engine.runtime()?;
        Ok(self.config.get_or_init(|| runtime.block_on(self.read_chain())))
    }

    async fn read_chain(&self) -> SdkConfig {
        let mut loader = aws_config::defaults(BehaviorVersion::v2026_01_12()).http_client(self.engine.http());
        if let Some(region) = &self.account.region {
            loader = loader.region(Region::new(region.clone()));
        }
        if let Some(profile) = &self.account.profile {
            loader = loader.profile_name(profile);
        }
        if let Some(endpoint) = &self.engine.endpoint {
            loader = loader.endpoint_url(endpoint);
        }
        if let Some(credentials) = &self.engine.credentials {
            loader = loader.credentials_provider(credentials.clone());
        }
        // What fetches credentials repeats by itself, as configured; our requests are repeated by `retry`.
        loader.load().await.into_builder().retry_config(RetryConfig::disabled()).build()
    }
}

/// The endpoint that a client of `service` will use, if one is set: by the same rules as the SDK's.
fn endpoint(config: &SdkConfig, service: &str) -> Option<String> {
    let own = || {
        let key = ServiceConfigKey::builder()
            .service_id(service)
            .env("AWS_ENDPOINT_URL")
            .profile("endpoint_url")
            .build()
            .ok()?;
        config.service_config()?.load_config(key)
    };
    if config.get_origin("endpoint_url").is_client_config() {
        return config.endpoint_url().map(str::to_owned);
    }
    own().or_else(|| config.endpoint_url().map(str::to_owned))
}

/// Scheme, host and port of an endpoint that is not AWS's own. Credentials in it are not told.
fn foreign_origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let host = place.rsplit_once(':').map_or(place, |(host, _)| host).to_ascii_lowercase();
    let is_own = [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu", ".api.aws"]
        .iter()
        .any(|domain| host.ends_with(domain));
    (!is_own).then(|| format!("{scheme}://{place}"))
}

#[cfg(test)]
mod tests {
    use super::foreign_origin;

    #[test]
    fn endpoints_of_aws_are_no_address_and_others_lose_their_credentials() {
        assert_eq!(foreign_origin("https://secretsmanager.us-east-1.amazonaws.com"), None);
        assert_eq!(foreign_origin("https://vpce-1.secretsmanager.us-east-1.vpce.amazonaws.com:443/"), None);
        let local = Some("http://127.0.0.1:4566".to_owned());
        assert_eq!(foreign_origin("http://127.0.0.1:4566/x"), local);
        assert_eq!(foreign_origin("http://me:secret@127.0.0.1:4566"), local);
    }
}
