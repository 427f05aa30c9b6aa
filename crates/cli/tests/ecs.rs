//! Container definitions of ECS: the lists of a real system's services, and files with ARNs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use envctl::Exit;
use envctl_testkit::TempProject;
use proptest::prelude::*;
use serde_json::Value;

use crate::support::{Inside, words};

type Environment = BTreeMap<String, String>;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn json<T: serde::de::DeserializeOwned>(path: &str) -> T {
    let text = fs::read_to_string(root().join("tests/proliferate").join(path)).expect("a file");
    serde_json::from_str(&text).expect("JSON")
}

/// The definition for a service of the example, in an environment that is given whole.
fn definition(service: &str, environment: &Environment) -> Value {
    let nothing = TempProject::new().file("env", "").file("outputs.json", "{}");
    let line = format!("envctl export --target {service} --format ecs --arns {}", arns().display());
    let mut arguments = words(&line);
    for (option, file) in [("--env-file", "env"), ("--outputs", "outputs.json")] {
        arguments.extend([option.to_owned(), nothing.join(file).display().to_string()]);
    }
    let inside = Inside {
        folder: root().join("examples/proliferate"),
        arguments,
        environment: environment.clone().into_iter().collect(),
        ..Inside::default()
    };
    let (exit, output, messages) = inside.run();
    assert_eq!(exit, Exit::Yes, "{}", String::from_utf8_lossy(&messages));
    serde_json::from_slice(&output).expect("JSON")
}

fn arns() -> PathBuf {
    root().join("examples/proliferate/arns.json").canonicalize().expect("a path")
}

/// Name and what it is given, for each entry of a list.
fn list(definition: &Value, name: &str, given: &str) -> BTreeMap<String, String> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let entries = definition[name].as_array().expect("a list").iter();
    entries.map(|entry| (text(&entry["name"]), text(&entry[given]))).collect()
}

/// Whether a key is in a secret, by the conditions of the facts.
fn holds(when: Option<&str>, key: &str, environment: &Environment) -> bool {
    let is = |name: &str, value: &str| environment.get(name).is_some_and(|text| text == value);
    match when {
        None => true,
        Some("provider_e2b") => is("DEFAULT_SANDBOX_PROVIDER", "e2b"),
        Some("provider_modal") => is("DEFAULT_SANDBOX_PROVIDER", "modal"),
        Some("billing" | "email" | "integrations") => is("DEPLOYMENT_PROFILE", "cloud"),
        Some("github_app") => !is("NEXT_PUBLIC_USE_NANGO_GITHUB", "true"),
        Some("set") => environment.contains_key(key),
        Some(other) => panic!("{other} is not known"),
    }
}

fn check_service(service: &str) {
    let facts: Value = json("ecs.json");
    let facts = &facts["services"][service];
    let ours: BTreeMap<String, String> =
        serde_json::from_str(&fs::read_to_string(arns()).expect("a file")).expect("JSON");
    let arn = &ours[facts["secret"].as_str().expect("a name")];
    for sample in ["cloud-e2b.json", "cloud-modal.json"] {
        let mut environment: Environment = json(sample);
        environment.insert("LLM_PROXY_MASTER_KEY".to_owned(), "made-up-key-of-the-proxy".to_owned());
        environment.insert("S3_ENDPOINT_URL".to_owned(), "https://s3.us-west-2.amazonaws.com".to_owned());
        if sample.contains("modal") {
            environment.insert("S3_ACCESS_KEY".to_owned(), "made-up-access-key".to_owned());
            environment.insert("S3_SECRET_KEY".to_owned(), "made-up-secret-key".to_owned());
        }
        let definition = definition(service, &environment);
        let plain = list(&definition, "environment", "value");
        let wanted: BTreeSet<&str> =
            facts["environment"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
        assert_eq!(plain.keys().map(String::as_str).collect::<BTreeSet<_>>(), wanted, "{sample}");
        for (name, value) in &plain {
            assert_eq!(environment.get(name), Some(value), "{sample}");
        }
        let secrets = list(&definition, "secrets", "valueFrom");
        let wanted: BTreeMap<String, String> = facts["secrets"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|entry| (entry["key"].as_str().expect("a key"), entry["when"].as_str()))
            .filter(|(key, when)| holds(*when, key, &environment))
            .map(|(key, _)| (key.to_owned(), format!("{arn}:{key}::")))
            .collect();
        assert_eq!(secrets, wanted, "{sample}");
    }
}

#[test]
fn the_gateway_gets_what_the_facts_list() {
    check_service("gateway");
}

#[test]
fn the_worker_gets_what_the_facts_list() {
    check_service("worker");
}

#[test]
fn the_llm_proxy_gets_secrets_only() {
    check_service("llm-proxy");
    let facts: Value = json("ecs.json");
    assert_eq!(facts["services"]["llm-proxy"]["environment"], serde_json::json!([]));
}

/// A project with one secret, and what `--arns` gives of this file.
fn with_arns(file: &str) -> (Exit, String, String) {
    let project = TempProject::new()
        .file("envschema.toml", "[schema]\nname = \"shop\"\n[vars.API_KEY]\n")
        .file("envctl.toml", "[targets.worker]\nsecret = \"shop-worker\"\n")
        .file(".env", "API_KEY=made-up-key-that-opens-nothing\n")
        .file("arns.json", file);
    let arguments = words("envctl export --target worker --format ecs --arns arns.json");
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    let (exit, output, messages) = inside.run();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(output), text(messages))
}

#[test]
fn arns_are_found_in_every_partition_and_under_every_name() {
    for partition in ["aws", "aws-cn", "aws-us-gov"] {
        let arn =
            format!("arn:{partition}:secretsmanager:us-gov-west-1:123456789012:secret:shop-worker-a1B2c3");
        let other = arn.replace("worker", "gateway");
        for file in [
            format!(r#"{{"worker": "{arn}"}}"#),
            format!(r#"{{"gateway": "{other}", "shop-worker": "{arn}"}}"#),
            format!(r#"{{"vpcId": "vpc-1", "ids": [1], "gatewayArn": "{other}", "workerArn": "{arn}"}}"#),
            format!(r#"{{"worker_arn": {{"value": "{arn}", "type": "string", "sensitive": false}}}}"#),
            format!(r#"{{"worker": "{arn}", "sameAgain": "{arn}"}}"#),
        ] {
            let (exit, output, messages) = with_arns(&file);
            assert_eq!((exit, messages.as_str()), (Exit::Yes, ""), "{file}");
            let definition: Value = serde_json::from_str(&output).expect("JSON");
            assert_eq!(definition["secrets"][0]["valueFrom"], format!("{arn}:API_KEY::"), "{file}");
        }
    }
}

#[test]
fn what_is_no_full_arn_of_the_secret_is_refused() {
    let good = "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop-worker-a1B2c3";
    let cases = [
        (good.trim_end_matches("-a1B2c3").to_owned(), "is not the full ARN"),
        (good.replace("a1B2c3", "a1B2"), "is not the full ARN"),
        ("shop-worker".to_owned(), "is not the ARN of a secret"),
        (String::new(), "is not the ARN of a secret"),
        (good.replace("secretsmanager", "ssm"), "is not the ARN of a secret"),
        (good.replace("123456789012", "12345"), "is not the ARN of a secret"),
        (good.replace("us-east-1", ""), "is not the ARN of a secret"),
        (good.replace("arn:aws:", "arn:gcp:"), "is not the ARN of a secret"),
        (format!("{good}:API_KEY::"), "is not the ARN of a secret"),
        (good.replace("worker", "gateway"), "is the ARN of another secret"),
    ];
    for (arn, told) in cases {
        let (exit, output, messages) = with_arns(&serde_json::json!({ "worker": arn }).to_string());
        assert_eq!((exit, output.as_str()), (Exit::Usage, ""), "{arn}");
        assert!(messages.contains(told), "{arn}: {messages}");
    }
    let again = good.replace("a1B2c3", "d4E5f6");
    for (file, told) in [
        (format!(r#"{{"worker": "{good}", "shop-worker": "{again}"}}"#), "has two ARNs"),
        (format!(r#"{{"worker": "{good}", "worker": "{good}"}}"#), "has `worker` twice"),
        ("{}".to_owned(), "has no ARN of the secret `shop-worker`"),
        ("{\n[]".to_owned(), "arns.json:2: expected a JSON object"),
        (format!("[\"{good}\"]"), "arns.json:1: expected a JSON object"),
        (format!("{{\"worker\": \"{good}\"}} x"), "arns.json:1: expected a JSON object"),
    ] {
        let (exit, output, messages) = with_arns(&file);
        assert_eq!((exit, output.as_str()), (Exit::Usage, ""), "{file}");
        assert!(messages.contains(told), "{file}: {messages}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_but_a_full_arn_becomes_a_reference(text in "[a-z:-]{0,24}|arn:aws:secretsmanager:[a-z0-9-]{0,12}:[0-9]{10,13}:secret:shop-worker[-a-zA-Z0-9:/]{0,8}") {
        let (exit, output, _) = with_arns(&serde_json::json!({ "worker": text }).to_string());
        if exit == Exit::Yes {
            let definition: Value = serde_json::from_str(&output).expect("JSON");
            prop_assert_eq!(&definition["secrets"][0]["valueFrom"], &format!("{text}:API_KEY::"));
            let suffix = text.rsplit_once(":secret:shop-worker-").expect("the name of the secret").1;
            prop_assert!(suffix.len() == 6 && suffix.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        }
    }
}
