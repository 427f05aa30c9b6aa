//! [`Engine`]: what all connections share.

use std::io;
use std::sync::OnceLock;

use aws_credential_types::Credentials;
use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::{Provider, rustls_provider::CryptoMode};
use aws_smithy_runtime_api::client::http::{SharedHttpClient, SharedHttpConnector, http_client_fn};
use envctl_sync::{Failure, TargetError};
use tokio::runtime::{Builder, Runtime};

use crate::retry::Pace;

/// Threads that move bytes. Requests of many records wait in them together.
const WORKERS: usize = 2;

/// The runtime, the HTTP client with its connections, and what was set for all accounts.
#[derive(Debug, Default)]
pub(crate) struct Engine {
    runtime: OnceLock<io::Result<Runtime>>,
    http: OnceLock<SharedHttpClient>,
    pub(crate) pace: Pace,
    /// In place of the endpoint of the configuration chain.
    pub(crate) endpoint: Option<String>,
    /// In place of the credentials of the chain.
    pub(crate) credentials: Option<Credentials>,
}

impl Engine {
    /// One that asks `endpoint` with `credentials`, whatever the configuration chain says.
    pub(crate) fn at(endpoint: String, credentials: Credentials, pace: Pace) -> Self {
        Self { pace, endpoint: Some(endpoint), credentials: Some(credentials), ..Self::default() }
    }

    /// The runtime, which is started when it is first needed.
    pub(crate) fn runtime(&self) -> Result<&Runtime, TargetError> {
        let start = || Builder::new_multi_thread().worker_threads(WORKERS).enable_all().build();
        self.runtime.get_or_init(start).as_ref().map_err(|error| TargetError {
            kind: Failure::Outage,
            code: None,
            message: format!("the system gives no threads for talking to AWS: {}", error.kind()),
            help: Some("raise the limit of processes, such as with `ulimit -u`".to_owned()),
        })
    }

    /// The HTTP client: rustls with ring, the system's certificates, and the proxy that the environment names.
    pub(crate) fn http(&self) -> SharedHttpClient {
        // One connector for all services, so that connections and certificates are shared. What the SDK would have it
        // built anew for, time limits, is held by `retry`.
        let shared = OnceLock::new();
        // An endpoint that was given is asked directly.
        let is_given = self.endpoint.is_some();
        let make = move || {
            http_client_fn(move |settings, components| {
                let connector = || {
                    let proxy = if is_given { ProxyConfig::disabled() } else { ProxyConfig::from_env() };
                    let mut builder = Connector::builder()
                        .connector_settings(settings.clone())
                        .proxy_config(proxy)
                        .tls_provider(Provider::Rustls(CryptoMode::Ring));
                    builder.set_sleep_impl(components.sleep_impl());
                    SharedHttpConnector::new(builder.build())
                };
                shared.get_or_init(connector).clone()
            })
        };
        self.http.get_or_init(make).clone()
    }
}
