//! [`Aws`]: what opens targets and tells facts.

use std::sync::{Arc, Mutex, PoisonError};

use aws_credential_types::Credentials;
use envctl_resolver::sources::AwsFacts;
use envctl_sync::{Account, Cloud, CloudTarget, Service, Target, TargetError};
use envschema::SecretValue;

use crate::connection::Connection;
use crate::engine::Engine;
use crate::facts::LiveFacts;
use crate::retry::Pace;
use crate::secretsmanager::SecretsManager;
use crate::ssm::ParameterStore;

/// AWS, by the SDK's chain of configuration and credentials.
///
/// Everything blocks. It must not be used on a thread of an async runtime, which would panic.
#[derive(Debug, Default)]
pub struct Aws {
    engine: Arc<Engine>,
    connections: Mutex<Vec<Arc<Connection>>>,
}

impl Aws {
    /// AWS as the environment, the profile and the machine tell; `AWS_ENDPOINT_URL` counts. Nothing is read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// AWS at another endpoint, asked directly, with these credentials instead of the chain's, and another pace.
    #[must_use]
    pub fn at(endpoint: &str, access_key_id: &str, secret_access_key: &SecretValue, pace: Pace) -> Self {
        #[expect(clippy::disallowed_methods, reason = "the SDK signs requests with it and wipes it")]
        let credentials =
            Credentials::new(access_key_id, secret_access_key.expose(), None, None, "given to envctl-aws");
        let engine = Engine::at(endpoint.to_owned(), credentials, pace);
        Self { engine: Arc::new(engine), connections: Mutex::default() }
    }

    /// The connection of an account: one for all its targets, so that STS is asked once.
    fn connection(&self, account: &Account) -> Arc<Connection> {
        let mut known = self.connections.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = known.iter().find(|connection| connection.account() == account) {
            return Arc::clone(connection);
        }
        let connection = Arc::new(Connection::new(Arc::clone(&self.engine), account.clone()));
        known.push(Arc::clone(&connection));
        connection
    }
}

impl Cloud for Aws {
    fn target(&self, wiring: &CloudTarget) -> Result<Box<dyn Target>, TargetError> {
        crate::tags::check(&wiring.mark, &wiring.tags)?;
        let connection = self.connection(&wiring.account);
        match &wiring.service {
            Service::SecretsManager { shape, replicas, recovery_days } => {
                let target = SecretsManager::new(connection, wiring, *shape, replicas, *recovery_days)?;
                Ok(Box::new(target))
            }
            Service::ParameterStore { tier, lock_table } => {
                let target = ParameterStore::new(&connection, wiring, *tier, lock_table.as_deref());
                Ok(Box::new(target))
            }
        }
    }

    fn facts(&self, account: &Account) -> Box<dyn AwsFacts> {
        Box::new(LiveFacts::new(self.connection(account)))
    }
}
