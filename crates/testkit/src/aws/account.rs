//! One account of the stand-in.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::http;

/// An account of a stand-in, seen from one region. Its state, faults, journal and canaries are its own.
///
/// ```no_run
/// use envctl_testkit::AwsStandIn;
/// use serde_json::json;
///
/// let aws = AwsStandIn::shared();
/// aws.call("secretsmanager", "CreateSecret", json!({"Name": "app/TOKEN", "SecretString": "theirs"})).unwrap();
/// aws.faults(json!([{"op": "secretsmanager:PutSecretValue", "do": "lost", "left": 1}]));
/// aws.canaries(&["the-secret"]);
/// // Run what is tested, with `aws.environment()`.
/// assert_eq!(aws.counts()["secretsmanager:PutSecretValue"], 2);
/// aws.assert_no_leaks();
/// ```
#[derive(Clone, Debug)]
pub struct AwsAccount {
    address: SocketAddr,
    id: String,
    region: String,
}

/// A call that the journal has. It holds no value of a secret.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Call {
    /// Such as `secretsmanager`.
    pub service: String,
    /// Such as `PutSecretValue`; method and path where the service has no names for its operations.
    pub op: String,
    /// The region that was called.
    pub region: String,
    /// The name or ARN that the call is about; empty for a batch.
    pub target: String,
    /// How many names a batch asked for.
    pub ids: usize,
    /// The HTTP status; nothing where the connection ended instead.
    pub status: Option<u16>,
    /// The code of an error.
    pub code: Option<String>,
    /// The `do` of the fault that hit it.
    pub fault: Option<String>,
    /// `ClientRequestToken`.
    pub token: Option<String>,
    /// `RemoveFromVersionId`.
    pub from: Option<String>,
    /// `MoveToVersionId`.
    pub to: Option<String>,
    /// `VersionStages`, or the one `VersionStage`.
    pub stages: Vec<String>,
    /// Where it held a canary outside the fields that may.
    pub leaks: Vec<String>,
}

impl AwsAccount {
    pub(super) fn new(address: SocketAddr, number: u64) -> Self {
        Self { address, id: format!("{number:012}"), region: "us-east-1".to_owned() }
    }

    /// The same account, seen from another region. Faults, journal and canaries are those of the account.
    #[must_use]
    pub fn in_region(&self, region: &str) -> Self {
        Self { region: region.to_owned(), ..self.clone() }
    }

    /// The number of the account, which is its access key too.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The region.
    #[must_use]
    pub fn region(&self) -> &str {
        &self.region
    }

    /// The value of `AWS_ENDPOINT_URL`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The variables by which a client finds the account, and nothing of the person who runs the tests.
    #[must_use]
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        vec![
            ("AWS_ENDPOINT_URL", self.endpoint()),
            ("AWS_ACCESS_KEY_ID", self.id.clone()),
            ("AWS_SECRET_ACCESS_KEY", "test".to_owned()),
            ("AWS_REGION", self.region.clone()),
            ("AWS_DEFAULT_REGION", self.region.clone()),
            ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
            ("AWS_CONFIG_FILE", "/dev/null".to_owned()),
            ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null".to_owned()),
        ]
    }

    /// Empties the account: state, faults, journal and canaries.
    ///
    /// # Panics
    ///
    /// When the stand-in does not answer; so does everything below.
    pub fn reset(&self) {
        self.set("reset", &json!({}));
    }

    /// Replaces the rules by which calls go wrong. `tests/aws/README.md` lists their fields.
    ///
    /// # Panics
    ///
    /// When a rule has a mistake.
    #[expect(clippy::needless_pass_by_value, reason = "a test writes the rules here")]
    pub fn faults(&self, rules: Value) {
        self.set("faults", &rules);
    }

    /// Makes or marks a secret as no call can: `{"name", "value", "rotation", "owning_service", "region"}`.
    ///
    /// # Panics
    ///
    /// When a field is unknown.
    pub fn seed_secret(&self, mut secret: Value) {
        if secret["region"].is_null() {
            secret["region"] = json!(self.region);
        }
        self.set("secret", &secret);
    }

    /// The calls since the start or the last clearing, without those of [`AwsAccount::call`].
    #[must_use]
    pub fn journal(&self) -> Vec<Call> {
        self.get("journal")
    }

    /// Forgets them.
    pub fn clear_journal(&self) {
        self.admin("DELETE", "journal", b"");
    }

    /// How many calls of each `service:Operation` the journal has.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<String, usize> {
        self.get("counts")
    }

    /// Replaces the secrets that no call may hold but in the fields for values.
    ///
    /// # Panics
    ///
    /// When one is shorter than 8 bytes: it would be found everywhere.
    pub fn canaries(&self, secrets: &[&str]) {
        self.set("canaries", &json!(secrets));
    }

    /// Checks that no call held a canary where it may not.
    ///
    /// # Panics
    ///
    /// When one did; when there are no canaries or no calls, which would prove nothing.
    pub fn assert_no_leaks(&self) {
        assert_ne!(self.get::<usize>("canaries"), 0, "no canaries are set, so none can be found");
        let journal = self.journal();
        assert!(!journal.is_empty(), "there was no call that could hold a canary");
        let leaking = journal.iter().filter(|call| !call.leaks.is_empty());
        let leaks: Vec<_> = leaking
            .map(|call| format!("{}:{} in {}", call.service, call.op, call.leaks.join(", ")))
            .collect();
        assert!(leaks.is_empty(), "a secret is in calls of AWS: {}", leaks.join("; "));
    }

    /// A call of somebody else in the account, for a service that speaks JSON: AWS's rules hold for it, but no fault
    /// meets it and the journal does not have it.
    ///
    /// # Errors
    ///
    /// The code of the refusal.
    #[expect(clippy::needless_pass_by_value, reason = "a test writes the parameters here")]
    pub fn call(&self, service: &str, op: &str, params: Value) -> Result<Value, String> {
        let wanted = json!({"service": service, "op": op, "params": params, "region": self.region});
        let told: Value = self.parse(&self.admin("POST", "call", wanted.to_string().as_bytes()));
        match told["code"].as_str() {
            Some(code) => Err(code.to_owned()),
            None => Ok(told["answer"].clone()),
        }
    }

    /// A call as the program under test makes it, over the network, to Secrets Manager or Parameter Store: faults meet
    /// it, and the journal has it. It is not tried again.
    ///
    /// # Errors
    ///
    /// The code of the refusal; `no answer` when the connection ended or the answer is not whole.
    ///
    /// # Panics
    ///
    /// For another service.
    #[expect(clippy::needless_pass_by_value, reason = "a test writes the parameters here")]
    pub fn ask(&self, service: &str, op: &str, params: Value) -> Result<Value, String> {
        let prefix = match service {
            "secretsmanager" => "secretsmanager",
            "ssm" => "AmazonSSM",
            other => panic!("`{other}` cannot be asked"),
        };
        let scope = format!("Credential={}/20260101/{}/{service}/aws4_request", self.id, self.region);
        let headers = [
            ("X-Amz-Target", &*format!("{prefix}.{op}")),
            ("Content-Type", "application/x-amz-json-1.1"),
            ("Authorization", &*format!("AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0")),
        ];
        let answered = http::send(self.address, "POST /", &headers, params.to_string().as_bytes());
        let whole =
            answered.ok().and_then(|(status, body)| Some((status, serde_json::from_slice(&body).ok()?)));
        let Some((status, told)): Option<(u16, Value)> = whole else { return Err("no answer".to_owned()) };
        match told["__type"].as_str().filter(|_| status >= 400) {
            Some(code) => Err(code.to_owned()),
            None => Ok(told),
        }
    }

    fn get<T: DeserializeOwned>(&self, thing: &str) -> T {
        self.parse(&self.admin("GET", thing, b""))
    }

    fn set(&self, thing: &str, value: &Value) {
        self.admin("POST", thing, value.to_string().as_bytes());
    }

    fn admin(&self, method: &str, thing: &str, body: &[u8]) -> Vec<u8> {
        let line = format!("{method} /_fake/{}/{thing}", self.id);
        let answered = http::send(self.address, &line, &[], body);
        let (status, told) =
            answered.unwrap_or_else(|error| panic!("the stand-in for AWS does not answer: {error}"));
        assert_eq!(status, 200, "the stand-in for AWS refuses `{line}`: {}", String::from_utf8_lossy(&told));
        told
    }

    fn parse<T: DeserializeOwned>(&self, told: &[u8]) -> T {
        serde_json::from_slice(told).unwrap_or_else(|error| panic!("account {}: {error}", self.id))
    }
}
