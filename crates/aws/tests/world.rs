//! An account of the stand-in, a target in it, and what a test says of both in few words.

use std::cell::RefCell;
use std::fmt::Debug;
use std::time::Duration;

use envctl_aws::{Aws, Pace};
use envctl_sync::token::Key;
use envctl_sync::{
    Account, Action, Choices, Cloud, CloudTarget, Mark, Outcome, Plan, Prepared, RecordReport, Service,
    Shape, Target, Wanted, WantedEntry, apply, prepare,
};
use envctl_testkit::{AwsAccount, AwsStandIn, Call, Canaries};
use envschema::{Place, SecretValue};
use serde_json::{Value, json};

/// Waits that are short, so that tests are.
pub(crate) const PACE: Pace = Pace {
    first: Duration::from_millis(2),
    longest: Duration::from_millis(20),
    attempt: Duration::from_secs(10),
    deadline: Duration::from_secs(30),
};

/// An account with nothing in it, and a target there. What a test shows is searched for its secrets when it ends.
pub(crate) struct World {
    pub(crate) aws: AwsAccount,
    pub(crate) target: Box<dyn Target>,
    secrets: RefCell<Vec<String>>,
    shown: RefCell<Vec<String>>,
}

impl World {
    pub(crate) fn new() -> Self {
        Self::with(|_| {})
    }

    /// One whose target has other settings.
    pub(crate) fn with(change: impl FnOnce(&mut CloudTarget)) -> Self {
        let aws = AwsStandIn::shared();
        let mut wiring = wiring();
        change(&mut wiring);
        let target = cloud(&aws, PACE).target(&wiring).unwrap();
        Self { aws, target, secrets: RefCell::default(), shown: RefCell::default() }
    }

    /// Another target in the same account, as another run of envctl has.
    pub(crate) fn another(&self) -> Box<dyn Target> {
        cloud(&self.aws, PACE).target(&wiring()).unwrap()
    }

    /// A value that nothing may show.
    pub(crate) fn secret(&self, label: &str) -> String {
        let secret = Canaries::new().plant(label);
        self.secrets.borrow_mut().push(secret.clone());
        let all = self.secrets.borrow();
        self.aws.canaries(&all.iter().map(String::as_str).collect::<Vec<_>>());
        secret
    }

    /// Something that a user may see.
    pub(crate) fn show(&self, what: &impl Debug) -> String {
        let text = format!("{what:?}");
        self.shown.borrow_mut().push(text.clone());
        text
    }

    /// A secret of somebody else, without tags.
    pub(crate) fn theirs(&self, name: &str, content: &str) {
        self.call("CreateSecret", json!({"Name": name, "SecretString": content}));
    }

    /// A secret of somebody else that carries our tags.
    pub(crate) fn tagged(&self, name: &str, content: &str) {
        self.call("CreateSecret", json!({"Name": name, "SecretString": content, "Tags": our_tags()}));
    }

    /// Somebody else's write.
    pub(crate) fn overwrite(&self, name: &str, content: &str) {
        self.call("PutSecretValue", json!({"SecretId": name, "SecretString": content}));
    }

    /// A call of somebody else that succeeds.
    pub(crate) fn call(&self, op: &str, params: Value) -> Value {
        self.aws.call("secretsmanager", op, params).unwrap_or_else(|code| panic!("{op}: {code}"))
    }

    /// What a secret holds.
    pub(crate) fn content(&self, name: &str) -> String {
        let told = self.call("GetSecretValue", json!({"SecretId": name}));
        told["SecretString"].as_str().unwrap_or("(no text)").to_owned()
    }

    /// The versions of a secret by their labels.
    pub(crate) fn version(&self, name: &str, label: &str) -> Option<String> {
        let told = self.call("DescribeSecret", json!({"SecretId": name}));
        let versions = told["VersionIdsToStages"].as_object().unwrap().clone();
        let has = |labels: &Value| labels.as_array().unwrap().iter().any(|one| one == label);
        versions.into_iter().find(|(_, labels)| has(labels)).map(|(version, _)| version)
    }

    pub(crate) fn plan(&self, wanted: &[Wanted]) -> Prepared {
        self.plan_with(wanted, &Choices::default())
    }

    pub(crate) fn plan_with(&self, wanted: &[Wanted], choices: &Choices) -> Prepared {
        let prepared = prepared(&*self.target, wanted, choices);
        self.show(&prepared.plan);
        self.show(&prepared);
        prepared
    }

    pub(crate) fn apply(&self, prepared: &Prepared) -> Vec<Outcome> {
        let reports = carry_out(&*self.target, prepared);
        self.show(&reports);
        reports.into_iter().map(|report| report.outcome).collect()
    }

    /// Plans and applies, and tells what became of the one record.
    pub(crate) fn sync(&self, wanted: &Wanted) -> Outcome {
        let mut outcomes = self.apply(&self.plan(std::slice::from_ref(wanted)));
        assert_eq!(outcomes.len(), 1, "one record was to be written");
        outcomes.remove(0)
    }

    /// The calls since the last time, each with its number.
    pub(crate) fn calls(&self) -> String {
        let counts = self.aws.counts();
        self.forget_calls();
        let short = |(call, count): (String, usize)| format!("{}={count}", call.split_once(':').unwrap().1);
        counts.into_iter().map(short).collect::<Vec<_>>().join(" ")
    }

    /// Forgets the calls so far, having searched them.
    pub(crate) fn forget_calls(&self) {
        self.search_calls();
        self.aws.clear_journal();
    }

    fn search_calls(&self) {
        let leaks = |call: &Call| !call.leaks.is_empty();
        assert!(!self.aws.journal().iter().any(leaks), "a secret is in a call");
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        self.search_calls();
        let mut canaries = Canaries::new();
        for secret in self.secrets.borrow().iter() {
            canaries.plant_value("value", secret);
        }
        for text in self.shown.borrow().iter() {
            canaries.scan("what is shown", text);
        }
    }
}

/// AWS as a run of envctl meets it in this account.
pub(crate) fn cloud(aws: &AwsAccount, pace: Pace) -> Aws {
    Aws::at(&aws.endpoint(), aws.id(), &SecretValue::from("test"), pace)
}

/// A target of bundles.
pub(crate) fn wiring() -> CloudTarget {
    CloudTarget {
        account: Account { region: Some("us-east-1".to_owned()), ..Account::default() },
        service: Service::SecretsManager { shape: Shape::Keys, replicas: Vec::new(), recovery_days: None },
        mark: Mark { project: "tally".to_owned(), environment: Some("prod".to_owned()) },
        kms_key: None,
        description: None,
        tags: std::collections::BTreeMap::new(),
    }
}

pub(crate) fn our_tags() -> Value {
    json!([
        {"Key": "envctl:project", "Value": "tally"},
        {"Key": "envctl:environment", "Value": "prod"},
        {"Key": "envctl:managed", "Value": "true"},
    ])
}

/// A secret that is to have these keys.
pub(crate) fn wanted(name: &str, entries: &[(&str, &str)]) -> Wanted {
    let entry = |(key, value): &(&str, &str)| WantedEntry {
        key: (*key).to_owned(),
        variable: (*key).into(),
        value: SecretValue::from(*value),
        place: Place::Default,
    };
    Wanted {
        name: name.to_owned(),
        entries: entries.iter().map(entry).collect(),
        unset: Vec::new(),
        remove: Vec::new(),
        open: false,
        aside: Vec::new(),
    }
}

pub(crate) fn prepared(target: &dyn Target, wanted: &[Wanted], choices: &Choices) -> Prepared {
    let key = Key::new([7; Key::LENGTH]);
    prepare(target, "production", Some("prod"), wanted, choices, &key).unwrap()
}

pub(crate) fn carry_out(target: &dyn Target, prepared: &Prepared) -> Vec<RecordReport> {
    apply(target, prepared, envctl_sync::Pace::default(), &|_| {})
}

/// What is done with each record, a word for each.
pub(crate) fn actions(plan: &Plan) -> Vec<String> {
    let word = |action: &Action| match action {
        Action::Refuse(refused) => format!("refuse: {}", refused.why),
        Action::Unknown { kind, why, .. } => format!("unknown {kind:?}: {why}"),
        Action::Restore { .. } => "restore".to_owned(),
        action => format!("{action:?}").to_lowercase(),
    };
    plan.records.iter().map(|record| word(&record.action)).collect()
}

/// Keys with what becomes of each.
pub(crate) fn keys(plan: &Plan) -> String {
    let records = plan.records.iter().flat_map(|record| &record.keys);
    records.map(|key| format!("{}:{:?}", key.key, key.change)).collect::<Vec<_>>().join(" ")
}

/// `{"KEY":"value"}`, each with its key.
pub(crate) fn object(entries: &[(&str, &str)]) -> String {
    let map: serde_json::Map<_, _> =
        entries.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    Value::Object(map).to_string()
}
