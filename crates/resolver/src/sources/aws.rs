//! Facts of the cloud account: region, account number, and what follows from them.

use std::path::PathBuf;

use envschema::Place;
use envschema::template::AwsServer;

use super::aws_profile::{self, Profile};
use super::{FileRef, ProcessSnapshot, SourceError, read};

/// A fact with the place that told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The fact, which is not secret.
    pub value: String,
    /// Where it was found.
    pub place: Place,
}

/// Where a server listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listening {
    /// The name of its host.
    pub host: String,
    /// The number of its port.
    pub port: u16,
    /// What told it.
    pub place: Place,
}

/// Tells facts of the AWS account. `None` means that this source does not know, so that the next may.
pub trait AwsFacts {
    /// The region, such as `us-east-1`.
    ///
    /// # Errors
    ///
    /// When the source is there and cannot be read, or gives an impossible region.
    fn region(&self) -> Result<Option<Fact>, SourceError>;

    /// The account's number, 12 digits.
    ///
    /// # Errors
    ///
    /// When the source is there and cannot be read, or gives an impossible number.
    fn account(&self) -> Result<Option<Fact>, SourceError>;

    /// Where a server listens. `None` also for one that does not exist, or not yet.
    ///
    /// # Errors
    ///
    /// When the account does not tell.
    fn server(&self, server: &AwsServer) -> Result<Option<Listening>, SourceError> {
        let _ = server;
        Ok(None)
    }
}

/// Facts that are known without asking AWS, in this order: those given explicitly, `AWS_REGION`,
/// `AWS_DEFAULT_REGION`, the profile in the shared configuration file. The account is known only when it is
/// given.
#[derive(Clone, Debug, Default)]
pub struct ConfiguredAws {
    region: Option<Fact>,
    account: Option<Fact>,
    snapshot: ProcessSnapshot,
}

impl ConfiguredAws {
    /// Takes what is read from the environment, and the path of the configuration file, from a snapshot.
    #[must_use]
    pub fn new(snapshot: ProcessSnapshot) -> Self {
        Self { region: None, account: None, snapshot }
    }

    /// A region that goes before all others.
    #[must_use]
    pub fn with_region(mut self, region: Fact) -> Self {
        self.region = Some(region);
        self
    }

    /// The account's number.
    #[must_use]
    pub fn with_account(mut self, account: Fact) -> Self {
        self.account = Some(account);
        self
    }

    fn variable(&self, name: &str) -> Result<Option<Fact>, SourceError> {
        let Some(value) = self.snapshot.get(name)? else { return Ok(None) };
        #[expect(clippy::disallowed_methods, reason = "regions, profiles and paths of AWS are not secret")]
        let value = value.expose().trim().to_owned();
        Ok((!value.is_empty()).then(|| Fact { value, place: Place::Process { name: name.into() } }))
    }

    /// The region of the profile in the shared configuration file. A file that is not there knows nothing.
    fn profile_region(&self) -> Result<Option<Fact>, SourceError> {
        let Some(path) = self.config_file()? else { return Ok(None) };
        let text = match read::text(&FileRef::from(&path)) {
            Ok(text) => text,
            Err(SourceError::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let profile = self.variable("AWS_PROFILE")?.map(|fact| fact.value);
        let profile = profile.as_deref().map_or(Profile::Default, Profile::Named);
        Ok(aws_profile::setting(&text, profile, "region").map(|(value, line, column)| Fact {
            value: value.to_owned(),
            place: Place::file(path.display().to_string(), line, column),
        }))
    }

    fn config_file(&self) -> Result<Option<PathBuf>, SourceError> {
        let home = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
        let home = self.snapshot.get_os(home).filter(|home| !home.is_empty()).map(PathBuf::from);
        Ok(match self.variable("AWS_CONFIG_FILE")?.map(|fact| fact.value) {
            Some(path) => match (path.strip_prefix("~/"), home) {
                (Some(rest), Some(home)) => Some(home.join(rest)),
                _ => Some(path.into()),
            },
            None => home.map(|home| home.join(".aws").join("config")),
        })
    }
}

impl AwsFacts for ConfiguredAws {
    fn region(&self) -> Result<Option<Fact>, SourceError> {
        let mut found = self.region.clone();
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] {
            if found.is_none() {
                found = self.variable(name)?;
            }
        }
        let found = match found {
            Some(fact) => Some(fact),
            None => self.profile_region()?,
        };
        match found {
            Some(Fact { value, place }) if !is_region(&value) => Err(SourceError::Region { place }),
            found => Ok(found),
        }
    }

    fn account(&self) -> Result<Option<Fact>, SourceError> {
        match self.account.clone() {
            Some(Fact { value, place }) if !is_account(&value) => Err(SourceError::Account { place }),
            found => Ok(found),
        }
    }
}

/// The public address of S3 in a region.
///
/// ```
/// use envctl_resolver::sources::s3_endpoint;
///
/// assert_eq!(s3_endpoint("us-east-1"), "https://s3.amazonaws.com");
/// assert_eq!(s3_endpoint("eu-west-1"), "https://s3.eu-west-1.amazonaws.com");
/// assert_eq!(s3_endpoint("cn-north-1"), "https://s3.cn-north-1.amazonaws.com.cn");
/// ```
#[must_use]
pub fn s3_endpoint(region: &str) -> String {
    match region {
        "us-east-1" => "https://s3.amazonaws.com".to_owned(),
        _ if region.starts_with("cn-") => format!("https://s3.{region}.amazonaws.com.cn"),
        _ => format!("https://s3.{region}.amazonaws.com"),
    }
}

/// Words of letters with a number at the end: `us-east-1`, `us-gov-west-1`, `eusc-de-east-1`.
fn is_region(text: &str) -> bool {
    let parts: Vec<_> = text.split('-').collect();
    let is_word = |part: &&str| part.len() >= 2 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    match parts.as_slice() {
        [words @ .., number] => {
            (2..=4).contains(&words.len())
                && words.iter().all(is_word)
                && (1..=2).contains(&number.len())
                && number.bytes().all(|byte| byte.is_ascii_digit())
        }
        [] => false,
    }
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}
