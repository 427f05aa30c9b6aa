//! [`Cloud`]: what opens targets that need an account. The lean command line has none.

use std::collections::BTreeMap;
use std::time::Duration;

use envctl_resolver::sources::AwsFacts;

use crate::target::{Shape, Target, TargetError};

/// Opens targets of a cloud, and tells facts of the account. Nothing is asked of the service before it is needed.
pub trait Cloud {
    /// A target.
    ///
    /// # Errors
    /// [`TargetError`] for settings that cannot be.
    fn target(&self, wiring: &CloudTarget) -> Result<Box<dyn Target>, TargetError>;

    /// What the account tells: the region of the configuration chain, the account of who asks.
    fn facts(&self, account: &Account) -> Box<dyn AwsFacts>;
}

/// Which account, and how long to try.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The region, in place of the one of the configuration chain.
    pub region: Option<String>,
    /// The account's number; a target in another account is refused before anything is read.
    pub account: Option<String>,
    /// The profile of the shared configuration, in place of the one of the chain.
    pub profile: Option<String>,
    /// How long a request is tried again; none for the default.
    pub deadline: Option<Duration>,
}

/// A target in a cloud, as the settings describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CloudTarget {
    /// Which account.
    pub account: Account,
    /// Which service, and what only it takes.
    pub service: Service,
    /// Whose records these are.
    pub mark: Mark,
    /// The key that values are encrypted with, in place of the service's own.
    pub kms_key: Option<String>,
    /// What is said of a new record.
    pub description: Option<String>,
    /// Tags of a new record, besides our own.
    pub tags: BTreeMap<String, String>,
}

/// Whose a record is: it becomes tags, `envctl:project` and `envctl:environment` beside `envctl:managed`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The contract's name.
    pub project: String,
    /// The environment, if there is one.
    pub environment: Option<String>,
}

/// A service, and what only it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Service {
    /// AWS Secrets Manager.
    SecretsManager {
        /// Whether a secret is a JSON object or one value.
        shape: Shape,
        /// Regions that new secrets are copied to.
        replicas: Vec<String>,
        /// Days in which a removed secret can be brought back, 7 to 30.
        recovery_days: Option<u8>,
    },
    /// AWS Systems Manager Parameter Store.
    ParameterStore {
        /// The tier of new parameters.
        tier: Option<Tier>,
        /// A `DynamoDB` table in which runs of envctl lock a path; others do not know of it.
        lock_table: Option<String>,
    },
}

/// A tier of Parameter Store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// Values of 4 KB.
    Standard,
    /// Values of 8 KB, for a charge.
    Advanced,
    /// Whichever a value needs.
    Intelligent,
}
