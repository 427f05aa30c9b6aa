//! Kubernetes: readers of YAML, and `kubectl`, which reads the objects without a server.

use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use envctl::Exit;
use envctl_testkit::TempProject;
use proptest::prelude::*;
use serde_json::Value;

use super::github::no_placeholders;
use super::{any_values, awkward, few_cases, printed, project, reader, run, written_of, yaml};

/// The objects as `kubectl` has them.
fn kubectl(text: &str) -> Option<Vec<Value>> {
    let project = TempProject::new().file("exported.yaml", text);
    let output = reader(
        "kubectl",
        Command::new("kubectl")
            .args(["annotate", "--local", "--filename", "exported.yaml", "--output", "json", "read=back"])
            .env("HOME", project.path())
            .env("KUBECONFIG", "/dev/null")
            .current_dir(project.path()),
    )?;
    let answer = printed(&output);
    Some(
        serde_json::Deserializer::from_str(&answer).into_iter().map(|object| object.expect("JSON")).collect(),
    )
}

/// V0, V1, ... of an object's data.
fn data(object: &Value, count: usize) -> Vec<String> {
    assert_eq!(object["data"].as_object().map(serde_json::Map::len), Some(count));
    let text = |index| object["data"][format!("V{index}")].as_str().expect("a text").to_owned();
    let decode = |text: String| {
        let bytes = STANDARD.decode(text).expect("base64");
        String::from_utf8(bytes).expect("text")
    };
    match object["kind"].as_str() {
        Some("Secret") => (0..count).map(text).map(decode).collect(),
        _ => (0..count).map(text).collect(),
    }
}

fn check(visibility: &str, values: &[String]) {
    let (text, kept) = written_of(visibility, "k8s", values);
    assert_eq!(kept, values);
    let readers = yaml::read(&text).into_iter().chain(kubectl(&text).map(|read| ("kubectl", read)));
    for (reader, objects) in readers {
        assert_eq!(objects.len(), 1, "{reader}");
        let kind = if visibility == "secret" { "Secret" } else { "ConfigMap" };
        assert_eq!(objects[0]["kind"], kind, "{reader}");
        assert_eq!(objects[0]["metadata"]["name"], "awkward", "{reader}");
        assert_eq!(data(&objects[0], values.len()), values, "{reader}: {text}");
    }
}

#[test]
fn objects_hold_awkward_values() {
    check("plain", &awkward());
    check("secret", &no_placeholders(awkward()));
}

#[test]
fn an_object_holds_a_mebibyte_and_no_more() {
    let full = vec!["x".repeat(1 << 19), "y".repeat(1 << 19)];
    let (text, _) = written_of("plain", "k8s", &full);
    assert!(text.len() > 1 << 20);
    let (project, options) = project(&[full[0].clone(), full[1].clone(), "z".to_owned()]);
    let (exit, text, messages) = run(&project, &["envctl", "export", "--format", "k8s"], &options);
    assert_eq!((exit, text.as_str()), (Exit::No, ""));
    let told = "the 3 values of the ConfigMap have more than 1,048,576 bytes together";
    assert!(messages.contains(told), "{messages}");
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn objects_hold_anything(values in any_values()) {
        check("plain", &values);
        check("secret", &no_placeholders(values));
    }
}
