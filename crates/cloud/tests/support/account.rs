//! What an account saw and holds, in few words.

use std::collections::BTreeMap;

use envctl_testkit::AwsAccount;
use serde_json::{Value, json};

/// What reads of Secrets Manager the journal has, and who was asked who asks: `BatchGetSecretValue=3 GetCallerIdentity=1`.
pub(crate) fn reads(aws: &AwsAccount) -> String {
    counts(aws, |op| !is_write(op))
}

/// What writes it has, which is nothing if there were none.
pub(crate) fn writes(aws: &AwsAccount) -> String {
    counts(aws, is_write)
}

fn is_write(op: &str) -> bool {
    !["Get", "BatchGet", "Describe", "List"].iter().any(|read| op.starts_with(read))
}

fn counts(aws: &AwsAccount, takes: impl Fn(&str) -> bool) -> String {
    let counts = aws.counts();
    let ops = counts.iter().map(|(call, count)| (call.split_once(':').map_or(&**call, |(_, op)| op), count));
    let taken = ops.filter(|(op, _)| takes(op)).map(|(op, count)| format!("{op}={count}"));
    taken.collect::<Vec<_>>().join(" ")
}

/// The versions of a secret that have labels, each with its labels in alphabetical order.
pub(crate) fn labels(aws: &AwsAccount, name: &str) -> BTreeMap<String, Vec<String>> {
    let told = aws.call("secretsmanager", "DescribeSecret", json!({"SecretId": name})).expect(name);
    let versions = told["VersionIdsToStages"].as_object().expect("versions");
    let texts = |labels: &Value| {
        let labels = labels.as_array().expect("labels").iter();
        let mut labels: Vec<_> = labels.map(|label| label.as_str().expect("a text").to_owned()).collect();
        labels.sort();
        labels
    };
    versions.iter().map(|(version, labels)| (version.clone(), texts(labels))).collect()
}
