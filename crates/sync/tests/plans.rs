//! A plan is data: the same for the same, read back as it was, and without a value.

use envctl_sync::{Choices, Observed, Plan};
use envctl_testkit::{Canaries, MemoryTarget};

use crate::support::{prepared, prepared_with, wanted};

/// A target where every action comes up, with this value in every place.
fn everything(value: &str) -> String {
    let bundle = format!(r#"{{"A":"{value}","theirs":"{value}"}}"#);
    let target = MemoryTarget::new()
        .ours("same", &bundle)
        .ours("other", &bundle.replace("\"A\":\"", "\"A\":\"x"))
        .ours("drifted", &bundle)
        .ours("scheduled", &bundle)
        .seen_as("scheduled", Observed::Scheduled { on: Some("2026-08-01".to_owned()) })
        .ours("broken", value)
        .ours("unknown", &bundle)
        .seen_as("unknown", Observed::Unknown(MemoryTarget::outage()))
        .of("foreign", &bundle.replace('A', "B"), envctl_sync::Owner::Nobody)
        .ours("left", &bundle);
    target.other_writes("drifted", &bundle.replace("\"A\":\"", "\"A\":\"y"));
    let names = ["new", "same", "other", "drifted", "scheduled", "broken", "unknown", "foreign"];
    let all: Vec<_> = names.iter().map(|name| wanted(name, &[("A", value)])).collect();
    let choices = Choices { prune: true, accept: ["B".to_owned()].into(), ..Choices::default() };
    prepared_with(&target, &all, &choices).plan.to_json()
}

#[test]
fn a_plan_holds_no_value_in_any_form() {
    let mut canaries = Canaries::new();
    let value = canaries.plant("value");
    canaries.scan("the plan", everything(&value));
}

#[test]
fn a_plan_does_not_tell_how_long_a_value_is() {
    let plans = ["x", "longer", &"long ".repeat(1000)].map(everything);
    assert_eq!(plans[0].len(), plans[1].len());
    assert_eq!(plans[0].len(), plans[2].len());
}

#[test]
fn a_plan_is_the_same_for_the_same_and_reads_back() {
    let text = everything("x");
    assert_eq!(text, everything("x"));
    let plan = Plan::from_json(&text).unwrap();
    assert_eq!(plan.to_json(), text);
    let actions: Vec<_> =
        plan.records.iter().map(|record| serde_json::to_value(&record.action).unwrap()).collect();
    let kinds: Vec<_> = actions.iter().map(|action| action["is"].as_str().unwrap()).collect();
    let all = ["create", "keep", "update", "drifted", "restore", "refuse", "unknown", "refuse", "remove"];
    assert_eq!(kinds, all, "every action is in it");
}

#[test]
fn another_value_is_another_token() {
    let of = |value| prepared(&MemoryTarget::new(), &[wanted("web", &[("A", value)])]).plan.records.remove(0);
    let (one, two) = (of("1"), of("2"));
    assert_ne!(one.token, two.token);
    assert_ne!(one.content, two.content);
    assert_eq!(one.token, of("1").token);
}
