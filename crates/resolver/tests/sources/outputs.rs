//! Outputs in every shape that the tools write.

use envctl_resolver::sources::Outputs;
use envctl_testkit::Canaries;
use envschema::{Place, SecretValue};
use proptest::prelude::*;
use serde_json::{Value, json};

use super::text;

const CASES: &str = include_str!("outputs.json");

fn outputs(value: &Value) -> Outputs {
    Outputs::from_json(&value.to_string(), "outputs.json").unwrap()
}

fn entries<'a>(case: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    case[key].as_object().into_iter().flatten()
}

#[test]
fn every_shape() {
    for case in serde_json::from_str::<Vec<Value>>(CASES).unwrap() {
        let about = &case["about"];
        let outputs = outputs(&case["given"]);
        for (name, expected) in entries(&case, "get") {
            let found = outputs.get(name);
            assert_eq!(found.as_ref().map(|found| text(&found.value)), expected.as_str(), "{about}: {name}");
        }
        for (name, expected) in entries(&case, "list") {
            let found = outputs.list(name);
            let found = found.as_deref().map_or(Value::Null, |items| items.iter().map(text).collect());
            assert_eq!(&found, expected, "{about}: {name}");
        }
        if let Some(names) = case.get("names") {
            assert_eq!(&json!(outputs.names().collect::<Vec<_>>()), names, "{about}");
        }
        assert_eq!(json!(outputs.masked()), case.get("masked").cloned().unwrap_or(json!([])), "{about}");
    }
}

#[test]
fn a_value_knows_its_place() {
    let outputs = outputs(&json!({"db": {"host": "h"}}));
    let place = Place::Output { source: "outputs.json".into(), name: "db.host".into() };
    assert_eq!(outputs.get("db.host").unwrap().place, place);
    assert_eq!(outputs.source(), "outputs.json");
}

#[test]
fn the_last_of_a_repeated_key_wins() {
    let outputs = Outputs::from_json(r#"{"a": "first", "a": "last"}"#, "x").unwrap();
    assert_eq!(text(&outputs.get("a").unwrap().value), "last");
}

#[test]
fn a_byte_order_mark_is_passed_over() {
    let outputs = Outputs::from_json("\u{feff}{\"a\": 1}", "x").unwrap();
    assert_eq!(text(&outputs.get("a").unwrap().value), "1");
}

#[test]
fn nothing_is_shown() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("output");
    let outputs = outputs(&json!({"a": secret, "b": {"c": [secret]}}));
    canaries.scan("Debug of the outputs", format!("{outputs:?}"));
    canaries.scan("Debug of a candidate", format!("{:?}", outputs.get("a")));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9).prop_map(|float: f64| json!(float)),
        "\\PC{0,12}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-c.]{1,3}|value|type|sensitive|outputs", inner, 0..4)
                .prop_map(|entries| Value::Object(entries.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn any_object_is_read(value in any_json(), name in "[a-c.]{0,5}|outputs|value") {
        let value = json!({"outer": value.clone(), "outputs": value.clone(), "a": value});
        let outputs = outputs(&value);
        let names = [name.clone(), format!("outer.{name}"), "outer".to_owned()];
        for name in &names {
            if let Some(found) = outputs.get(name) {
                prop_assert!(!found.value.is_empty());
            }
            prop_assert!(outputs.list(name).is_none_or(|list| !list.iter().any(SecretValue::is_empty)));
        }
    }

    #[test]
    fn a_string_comes_back_trimmed(value in "\\PC{0,40}") {
        prop_assume!(value != "[secret]");
        let found = outputs(&json!({"a": value})).get("a");
        prop_assert_eq!(found.as_ref().map_or("", |found| text(&found.value)), value.trim());
    }

    #[test]
    fn a_broken_text_gives_an_error_without_it(cut in any::<prop::sample::Index>(), junk in "[\\[\\]{}:,\"x0]{0,3}") {
        let mut canaries = Canaries::new();
        let secret = canaries.plant("output");
        let whole = format!(r#"{{"a": "{secret}", "b": ["{secret}", {{"c": "{secret}"}}], "{secret}": 1}}"#);
        let at = cut.index(whole.len());
        let broken = format!("{}{junk}{}", &whole[..at], &whole[at..]);
        for given in [broken.as_str(), &whole[..at], &whole[at..]] {
            if let Err(error) = Outputs::from_json(given, "outputs.json") {
                canaries.scan("the error", format!("{error} {error:?} {}", error.help()));
                prop_assert!(error.to_string().starts_with("outputs.json"));
            }
        }
    }

    #[test]
    fn any_text_is_an_error_or_outputs(given in "\\PC{0,60}") {
        let _ = Outputs::from_json(&given, "x");
    }
}
