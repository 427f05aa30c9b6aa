//! The configuration of a Pulumi stack, from its file and from the tool.

use std::path::Path;

use envctl_resolver::sources::{ConfigValue, SourceError, StackConfig};
use envctl_testkit::{Canaries, TempProject};
use proptest::prelude::*;

use super::text;

const FILE: &str = r#"
encryptionsalt: v1:abc
config:
  aws:region: us-west-2
  shop:size: 2
  shop:version: 1.10
  shop:whole: 1.0
  shop:code: 0123
  shop:hex: 0x1F
  shop:yes: yes
  shop:on: true
  shop:quoted: "0123"
  shop:none:
  shop:password:
    secure: v1:encrypted
  shop:list: [a, b]
  shop:object:
    host: h
    port: 5432
    code: 007
    inner: { secure: v1:encrypted }
  shop:plain: { host: h, port: 5432, code: 007 }
  shop:base: &base { a: 1 }
  shop:copy: *base
  other:size: 3
"#;

/// What a key gives: `=value`, `encrypted at KEY`, or `absent`.
fn shown(config: &StackConfig, key: &str) -> String {
    match config.get(key, Some("shop")) {
        ConfigValue::Known(found) => format!("={}", text(&found.value)),
        ConfigValue::Encrypted(place) => place.to_string(),
        ConfigValue::Unexpanded(place) => format!("${{}} of {place}"),
        ConfigValue::Absent => "absent".to_owned(),
    }
}

#[test]
fn a_stack_file() {
    let config = StackConfig::from_yaml(FILE, "Pulumi.prod.yaml").unwrap();
    let cases = [
        ("aws:region", "=us-west-2"),
        ("region", "absent"),
        ("size", "=2"),
        ("other:size", "=3"),
        ("version", "=1.10"),
        ("whole", "=1.0"),
        ("code", "=0123"),
        ("hex", "=0x1F"),
        ("yes", "=yes"),
        ("on", "=true"),
        ("quoted", "=0123"),
        ("none", "absent"),
        ("password", "config shop:password of Pulumi.prod.yaml"),
        ("list", "=a,b"),
        ("list.1", "=b"),
        ("object", "config shop:object of Pulumi.prod.yaml"),
        ("object.host", "=h"),
        ("object.inner", "config shop:object.inner of Pulumi.prod.yaml"),
        ("plain", r#"={"host":"h","port":5432,"code":"007"}"#),
        ("copy.a", "=1"),
        ("encryptionsalt", "absent"),
        ("missing", "absent"),
    ];
    for (key, expected) in cases {
        assert_eq!(shown(&config, key), expected, "{key}");
    }
    let ConfigValue::Known(found) = config.get("size", Some("shop")) else { panic!("it is known") };
    assert_eq!(found.place.to_string(), "config shop:size of Pulumi.prod.yaml");
    assert!(matches!(config.get("size", None), ConfigValue::Absent));
    assert!(matches!(config.get("shop:size", None), ConfigValue::Known(_)));
}

#[test]
fn what_the_tool_prints() {
    let printed = r#"{
        "aws:region": {"value": "us-west-2", "secret": false},
        "shop:password": {"value": "p", "secret": true},
        "shop:unknown": {"secret": true},
        "shop:object": {"value": "{\"a\":{\"b\":1}}", "objectValue": {"a": {"b": 1}}, "secret": false},
        "bare": {"value": "x", "secret": false}
    }"#;
    let config = StackConfig::from_json(printed, "pulumi config of prod").unwrap();
    let cases = [
        ("aws:region", "=us-west-2"),
        ("password", "=p"),
        ("unknown", "config shop:unknown of pulumi config of prod"),
        ("object", r#"={"a":{"b":1}}"#),
        ("object.a.b", "=1"),
        ("bare", "=x"),
        ("missing", "absent"),
    ];
    for (key, expected) in cases {
        assert_eq!(shown(&config, key), expected, "{key}");
    }
}

#[test]
fn files_of_a_project() {
    let project = TempProject::new()
        .file("Pulumi.yaml", "name: shop\nruntime: nodejs\n")
        .file("Pulumi.prod.yaml", FILE);
    assert_eq!(StackConfig::project_name(project.path()).unwrap(), "shop");
    let path = StackConfig::path(project.path(), "acme/shop/prod");
    assert_eq!(path, StackConfig::path(project.path(), "prod"));
    assert_eq!(shown(&StackConfig::from_file(&path).unwrap(), "size"), "=2");
    project.write("Pulumi.yaml", "runtime: nodejs\n");
    assert!(matches!(StackConfig::project_name(project.path()), Err(SourceError::Shape { .. })));
    assert!(matches!(StackConfig::project_name(Path::new("/nowhere")), Err(SourceError::NotFound { .. })));
}

#[test]
fn empty_and_odd_files() {
    for given in ["", "# nothing\n", "config:\n", "config: {}\n", "encryptionsalt: x\n", "---\n...\n"] {
        let config = StackConfig::from_yaml(given, "x").unwrap();
        assert!(matches!(config.get("size", Some("shop")), ConfigValue::Absent), "{given}");
    }
    for given in ["- a\n", "text\n", "config: [a]\n", "config: text\n"] {
        assert!(matches!(StackConfig::from_yaml(given, "x"), Err(SourceError::Shape { .. })), "{given}");
    }
    let deep = format!("config: {}{}", "[".repeat(5000), "]".repeat(5000));
    let many = format!(
        "a: &a [{}]\nb: &b [{}]\nconfig: [{}]\n",
        "x,".repeat(400),
        "*a,".repeat(400),
        "*b,".repeat(400)
    );
    for given in
        ["config: {\n", "a: *missing\n", "a: &a [*a]\n", "? [a]\n: b\n", deep.as_str(), many.as_str()]
    {
        assert!(matches!(StackConfig::from_yaml(given, "x"), Err(SourceError::InvalidYaml { .. })));
    }
}

#[test]
fn keys_and_whether_they_are_encrypted() {
    let file = "config:\n  shop:a: 1\n  shop:b: { secure: x }\n  shop:c: { d: { secure: x }, e: 1 }\n";
    let file = StackConfig::from_yaml(file, "x").unwrap();
    assert_eq!(file.keys().collect::<Vec<_>>(), ["shop:a", "shop:b", "shop:c"]);
    let live = r#"{"shop:a": {"value": "1", "secret": false}, "shop:b": {"value": "2", "secret": true},
        "shop:c": {"value": "{}", "objectValue": {"d": "3"}, "secret": true}, "shop:cd": {"value": "4"}}"#;
    let live = StackConfig::from_json(live, "x").unwrap();
    let encrypted = |config: &StackConfig, key| config.is_encrypted(key, Some("shop"));
    for config in [&file, &live] {
        assert!(!encrypted(config, "a") && encrypted(config, "b") && encrypted(config, "c.d"));
        assert!(!encrypted(config, "nothing") && !encrypted(config, "cd"));
    }
    assert!(!encrypted(&file, "c.e"), "a part that is not encrypted beside one that is");
    assert!(encrypted(&live, "shop:b"), "a key with its namespace");
    assert_eq!(StackConfig::from_yaml("", "x").unwrap().keys().count(), 0);
}

proptest! {
    #[test]
    fn broken_yaml_gives_an_error_without_it(cut in any::<prop::sample::Index>(), junk in "[\\[\\]{}:,\"'&*! \n-]{0,4}") {
        let mut canaries = Canaries::new();
        let secret = canaries.plant("config");
        let whole = format!("config:\n  shop:a: \"{secret}\"\n  shop:b:\n    c: ['{secret}']\n  \"{secret}\": 1\n");
        let at = cut.index(whole.len());
        let broken = format!("{}{junk}{}", &whole[..at], &whole[at..]);
        match StackConfig::from_yaml(&broken, "Pulumi.prod.yaml") {
            Ok(config) => canaries.scan("Debug of a value", format!("{:?}", config.get("a", Some("shop")))),
            Err(error) => canaries.scan("the error", format!("{error} {error:?}")),
        }
    }

    #[test]
    fn any_text_is_an_error_or_a_configuration(given in "[ -~\n]{0,80}") {
        let _ = StackConfig::from_yaml(&given, "x");
    }

    #[test]
    fn a_plain_scalar_keeps_its_spelling(scalar in "[0-9+-][0-9a-z._]{0,8}") {
        prop_assume!(!scalar.starts_with('-') || scalar.len() > 1);
        let config = StackConfig::from_yaml(&format!("config:\n  shop:a: {scalar}\n"), "x").unwrap();
        prop_assert_eq!(shown(&config, "a"), format!("={scalar}"));
    }
}
