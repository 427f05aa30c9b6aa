//! From what the SDK says to what a person reads. Codes decide, never texts; and no text of the service is told, because some
//! of them quote what was sent.

use std::error::Error;
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use envctl_sync::{Failure, TargetError};

/// What a request is, for people who read that it failed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Request<'a> {
    /// The action in IAM's spelling: `secretsmanager:GetSecretValue`.
    pub(crate) action: &'static str,
    /// What it is about: the name of a record; empty if it is about the account.
    pub(crate) on: &'a str,
    /// What it needs besides if the record has a KMS key of its own: `kms:Decrypt`.
    pub(crate) key_action: Option<&'static str>,
}

impl<'a> Request<'a> {
    /// A request that needs its own action only.
    pub(crate) const fn new(action: &'static str, on: &'a str) -> Self {
        Self { action, on, key_action: None }
    }

    /// A request that uses the KMS key of a record.
    pub(crate) const fn with_key(action: &'static str, on: &'a str, key_action: &'static str) -> Self {
        Self { action, on, key_action: Some(key_action) }
    }
}

/// A request without a useful answer.
#[derive(Clone, Debug)]
pub(crate) struct CallError {
    /// What is told.
    pub(crate) error: TargetError,
    /// Whether the service may have carried it out all the same.
    pub(crate) may_be_done: bool,
}

impl CallError {
    /// Whether the service gave one of these codes.
    pub(crate) fn is(&self, codes: &[&str]) -> bool {
        self.error.code.as_deref().is_some_and(|code| codes.contains(&code))
    }
}

impl From<CallError> for TargetError {
    fn from(error: CallError) -> Self {
        error.error
    }
}

/// The service has refused the request: no such record.
pub(crate) const NOT_FOUND: &[&str] = &["ResourceNotFoundException"];
/// The service has refused the request: who asks may not.
pub(crate) const DENIED: &[&str] =
    &["AccessDeniedException", "AccessDenied", "NotAuthorized", "UnauthorizedOperation"];
/// The service may not use the KMS key of a record, or cannot.
const KEY: &[&str] = &["DecryptionFailure", "EncryptionFailure", "InvalidKeyId", "KMSAccessDeniedException"];
const EXPIRED: &[&str] = &["ExpiredTokenException", "ExpiredToken", "RequestExpired", "TokenRefreshRequired"];
const CREDENTIALS: &[&str] = &[
    "UnrecognizedClientException",
    "InvalidClientTokenId",
    "InvalidAccessKeyId",
    "InvalidSignatureException",
    "SignatureDoesNotMatch",
    "IncompleteSignature",
    "IncompleteSignatureException",
    "MissingAuthenticationToken",
    "MissingAuthenticationTokenException",
];
const THROTTLED: &[&str] = &[
    "ThrottlingException",
    "Throttling",
    "ThrottledException",
    "RequestThrottled",
    "RequestThrottledException",
    "RequestLimitExceeded",
    "TooManyRequestsException",
    "TooManyUpdates",
    "ProvisionedThroughputExceededException",
    "PriorRequestNotComplete",
    "SlowDown",
];
const BROKEN: &[&str] = &[
    "InternalServiceError",
    "InternalServiceErrorException",
    "InternalServerError",
    "InternalFailure",
    "ServiceUnavailable",
    "ServiceUnavailableException",
    "RequestTimeout",
    "RequestTimeoutException",
];

/// Why an attempt failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// The service gave a code.
    Code { code: String, status: u16 },
    /// What came is no answer of the service.
    NoAnswer { status: u16 },
    /// The connection ended before an answer.
    Cut,
    /// There was no answer in the time of one attempt.
    Slow,
    /// Nobody has credentials for it.
    NoCredentials,
    /// The SDK did not make the request, because of a setting.
    NotMade,
}

impl Why {
    pub(crate) fn of<E>(error: &SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + Error + Send + Sync + 'static,
    {
        if is_about_credentials(error) {
            return Self::NoCredentials;
        }
        match error {
            SdkError::ServiceError(service) => {
                let status = service.raw().status().as_u16();
                match service.err().code() {
                    Some(code) => Self::Code { code: code.to_owned(), status },
                    None => Self::NoAnswer { status },
                }
            }
            SdkError::ResponseError(answer) => Self::NoAnswer { status: answer.raw().status().as_u16() },
            SdkError::TimeoutError(_) => Self::Slow,
            SdkError::ConstructionFailure(_) => Self::NotMade,
            _ => Self::Cut,
        }
    }

    fn failure(&self) -> Failure {
        match self {
            Self::Code { code, status } => {
                let is = |codes: &[&str]| codes.contains(&code.as_str());
                match () {
                    () if is(DENIED) || is(KEY) => Failure::Denied,
                    () if is(EXPIRED) || is(CREDENTIALS) => Failure::Credentials,
                    () if is(THROTTLED) || *status == 429 => Failure::Throttled,
                    () if is(BROKEN) || *status >= 500 => Failure::Outage,
                    () => Failure::Rejected,
                }
            }
            Self::NoAnswer { .. } | Self::Cut => Failure::Outage,
            Self::Slow => Failure::Deadline,
            Self::NoCredentials => Failure::Credentials,
            Self::NotMade => Failure::Settings,
        }
    }

    /// How often a request is made that fails like this; none if until no time is left.
    pub(crate) fn most_attempts(&self) -> Option<u32> {
        match self.failure() {
            Failure::Throttled | Failure::Deadline => None,
            // A service that fails is left alone after a while; whoever waits wants to know.
            Failure::Outage => Some(5),
            Failure::Denied | Failure::Credentials | Failure::Settings | Failure::Rejected => Some(1),
        }
    }

    /// Whether the service may have carried it out all the same.
    pub(crate) fn may_be_done(&self) -> bool {
        matches!(self.failure(), Failure::Outage | Failure::Deadline)
    }

    /// What is told of a request that failed like this after `tried`.
    pub(crate) fn told(&self, request: Request<'_>, tried: Duration) -> TargetError {
        let kind = self.failure();
        let Request { action, on, .. } = request;
        let what = if on.is_empty() { format!("`{action}`") } else { format!("`{action}` of `{on}`") };
        let seconds = tried.as_secs_f32().ceil();
        let (code, why) = match self {
            Self::Code { code, .. } => {
                let said = match kind {
                    Failure::Denied if KEY.contains(&code.as_str()) => "AWS cannot use the KMS key of it",
                    Failure::Denied => "not allowed",
                    Failure::Credentials if EXPIRED.contains(&code.as_str()) => {
                        "the AWS credentials have expired"
                    }
                    Failure::Credentials => "AWS does not know the credentials",
                    Failure::Throttled => "AWS asked to slow down until the time was over",
                    Failure::Outage => "AWS failed",
                    _ => "AWS refused it",
                };
                (Some(code.clone()), format!("{what}: {said} ({code})"))
            }
            Self::NoAnswer { status } => {
                (None, format!("{what}: HTTP {status} came with something that is no answer of AWS"))
            }
            Self::Cut => {
                (None, format!("{what}: AWS was not reached, or the connection ended before an answer"))
            }
            Self::Slow => (None, format!("{what}: no answer in {seconds} s")),
            Self::NoCredentials => (None, format!("{what}: there are no AWS credentials that can be used")),
            Self::NotMade => (None, format!("{what}: the AWS settings do not allow to make it")),
        };
        TargetError { kind, code, message: why, help: Some(help(kind, &request)) }
    }
}

/// What is told of a part of an answer that has a code instead of what was asked for.
pub(crate) fn refused(request: Request<'_>, code: &str) -> TargetError {
    Why::Code { code: code.to_owned(), status: 400 }.told(request, Duration::ZERO)
}

/// What to do about a failure of this kind.
fn help(kind: Failure, request: &Request<'_>) -> String {
    match kind {
        Failure::Denied => {
            let key = request.key_action.map_or_else(String::new, |action| {
                format!(", and `{action}` on its KMS key if it has one of its own")
            });
            format!("allow `{}` to who asks{key}", request.action)
        }
        Failure::Credentials => {
            "log in again, such as with `aws sso login`, or set AWS_PROFILE, and check the clock".to_owned()
        }
        Failure::Outage => {
            "check the network, the region and AWS_ENDPOINT_URL, and run it again: what is done stays done".to_owned()
        }
        Failure::Throttled | Failure::Deadline => {
            "run it again: what is done stays done; `--deadline` gives it more time, `--concurrency` less haste".to_owned()
        }
        Failure::Settings => "check the region, AWS_ENDPOINT_URL and the profile".to_owned(),
        Failure::Rejected => "run it again to look at it anew; AWS's documentation tells what the code means".to_owned(),
    }
}

/// Whether the credentials were the reason, which stands at the bottom of the SDK's error.
fn is_about_credentials(error: &(dyn Error + 'static)) -> bool {
    let mut error = Some(error);
    while let Some(this) = error {
        if this.is::<CredentialsError>() {
            return true;
        }
        error = this.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use envctl_sync::Failure;

    use super::{Request, Why};

    #[test]
    fn a_code_decides_and_a_status_where_it_is_not_known() {
        let cases = [
            ("AccessDeniedException", 400, Failure::Denied, Some(1)),
            ("DecryptionFailure", 400, Failure::Denied, Some(1)),
            ("ExpiredTokenException", 400, Failure::Credentials, Some(1)),
            ("UnrecognizedClientException", 400, Failure::Credentials, Some(1)),
            ("ThrottlingException", 400, Failure::Throttled, None),
            ("SomethingNew", 429, Failure::Throttled, None),
            ("InternalServiceError", 500, Failure::Outage, Some(5)),
            ("SomethingNew", 503, Failure::Outage, Some(5)),
            ("LimitExceededException", 400, Failure::Rejected, Some(1)),
        ];
        for (code, status, kind, attempts) in cases {
            let why = Why::Code { code: code.to_owned(), status };
            let told = why.told(Request::new("service:Action", "it"), Duration::ZERO);
            assert_eq!((told.kind, why.most_attempts()), (kind, attempts), "{code}");
            assert!(told.message.starts_with("`service:Action` of `it`: "), "{}", told.message);
            assert!(told.message.ends_with(&format!("({code})")), "{}", told.message);
            assert_eq!(why.may_be_done(), kind == Failure::Outage, "{code}");
        }
    }
}
