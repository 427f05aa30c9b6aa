//! Pulumi ESC: readers of YAML, and then its documented rules: `$$` is a `$` and `${` refers to something in a plain
//! text, `fn::secret` is encrypted as it is written, and `fn::fromJSON` reads JSON.

use proptest::prelude::*;
use serde_json::Value;

use super::github::no_placeholders;
use super::{any_values, awkward, few_cases, written_of, yaml};

/// A plain text as ESC has it.
fn interpolated(text: &str) -> String {
    let mut read = String::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        assert!(!rest.starts_with("${"), "nothing may refer to anything: {text}");
        rest = match rest.strip_prefix("$$") {
            Some(after) => after,
            None => &rest[c.len_utf8()..],
        };
        read.push(c);
    }
    read
}

fn value(entry: &Value) -> String {
    let secret = |text: &Value| {
        let text = text["fn::secret"].as_str().expect("a text").to_owned();
        // As it is written and as a text of ESC: both have to be the same.
        assert_eq!(interpolated(&text), text);
        text
    };
    match entry {
        Value::String(text) => interpolated(text),
        entry if entry.get("fn::fromJSON").is_some() => {
            serde_json::from_str(&secret(&entry["fn::fromJSON"])).expect("a text in JSON")
        }
        entry => secret(entry),
    }
}

fn check(visibility: &str, values: &[String]) {
    let (text, kept) = written_of(visibility, "pulumi", values);
    assert_eq!(kept, values);
    for (reader, documents) in yaml::read(&text) {
        let variables = &documents[0]["values"]["environmentVariables"];
        let read: Vec<String> = (0..kept.len()).map(|index| value(&variables[format!("V{index}")])).collect();
        assert_eq!(read, kept, "{reader}: {text}");
        assert!(
            visibility == "plain"
                || !variables.as_object().expect("a mapping").values().any(Value::is_string)
        );
    }
}

#[test]
fn an_environment_of_pulumi_holds_awkward_values() {
    check("plain", &awkward());
    check("secret", &no_placeholders(awkward()));
}

proptest! {
    #![proptest_config(few_cases())]

    #[test]
    fn an_environment_of_pulumi_holds_anything(values in any_values()) {
        check("plain", &values);
        check("secret", &no_placeholders(values));
    }
}
