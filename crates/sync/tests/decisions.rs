//! What becomes of each record and key: the value that is wanted, the one that is there, and the one we wrote last.

use envctl_sync::{Choices, Observed, Owner, Refused, Wanted};
use envctl_testkit::{MemoryTarget, TargetCall};

use crate::support::{prepared, prepared_with, told, wanted};

/// One row: what we wrote last, what is there now, what is wanted of the key `A`, what was chosen, what is planned.
type Row<'a> = (Option<&'a str>, Option<&'a str>, Want<'a>, &'a str, &'a str);

#[derive(Clone, Copy, Debug)]
enum Want<'a> {
    Value(&'a str),
    Unset,
    Gone,
}

fn record(want: Want<'_>) -> Wanted {
    match want {
        Want::Value(value) => wanted("web", &[("A", value)]),
        Want::Unset => Wanted { unset: vec!["A".to_owned()], ..wanted("web", &[]) },
        Want::Gone => Wanted { remove: vec!["A".to_owned()], ..wanted("web", &[]) },
    }
}

/// `accept KEY`, `overwrite KEY`, `adopt`, separated by commas.
fn choices(text: &str) -> Choices {
    let mut choices = Choices::default();
    for word in text.split(", ").filter(|word| !word.is_empty()) {
        match word.split_once(' ') {
            Some(("accept", key)) => drop(choices.accept.insert(key.to_owned())),
            Some(("overwrite", key)) => drop(choices.overwrite.insert(key.to_owned())),
            None if word == "adopt" => choices.adopt = true,
            _ => panic!("no choice: {word}"),
        }
    }
    choices
}

const ONE: Option<&str> = Some(r#"{"A":"1"}"#);
const TWO: Option<&str> = Some(r#"{"A":"2"}"#);
const NUMBER: Option<&str> = Some(r#"{"A":7}"#);
const EMPTY: Option<&str> = Some("{}");
/// Nobody but us has written.
const SAME: Option<&str> = None;

#[test]
fn every_key_in_a_table() {
    use Want::{Gone, Unset, Value};
    let rows: &[Row<'_>] = &[
        // Nothing is there.
        (None, None, Value("1"), "", "create A:Add"),
        (None, None, Unset, "", "keep"),
        (None, None, Gone, "", "keep"),
        // What is there is what we wrote.
        (ONE, SAME, Value("1"), "", "keep"),
        (ONE, SAME, Value("2"), "", "update A:Change"),
        (EMPTY, SAME, Value("1"), "", "update A:Add"),
        (NUMBER, SAME, Value("7"), "", "update A:Change"),
        (ONE, SAME, Unset, "", "keep A:Unset"),
        (ONE, SAME, Gone, "", "update A:Remove"),
        (EMPTY, SAME, Unset, "", "keep"),
        (EMPTY, SAME, Gone, "", "keep"),
        // Somebody else wrote since, and left the key alone.
        (ONE, ONE, Value("1"), "", "keep"),
        (ONE, ONE, Value("2"), "", "update A:Change"),
        (EMPTY, EMPTY, Value("1"), "", "update A:Add"),
        (ONE, ONE, Gone, "", "update A:Remove"),
        // Somebody else changed the key.
        (ONE, TWO, Value("2"), "", "keep"),
        (ONE, TWO, Value("1"), "", "drifted A:Drift"),
        (ONE, TWO, Value("3"), "", "drifted A:Drift"),
        (ONE, TWO, Value("1"), "accept A", "keep A:Accept"),
        (ONE, TWO, Value("1"), "accept A_VARIABLE", "keep A:Accept"),
        (ONE, TWO, Value("1"), "overwrite A", "update A:Overwrite"),
        (ONE, TWO, Value("1"), "overwrite A_VARIABLE", "update A:Overwrite"),
        (ONE, TWO, Value("1"), "accept A, overwrite A", "update A:Overwrite"),
        (ONE, TWO, Value("1"), "accept B, overwrite B", "drifted A:Drift"),
        (ONE, TWO, Value("1"), "adopt", "drifted A:Drift"),
        (ONE, TWO, Unset, "", "keep A:Unset"),
        (ONE, TWO, Gone, "", "drifted A:Drift"),
        (ONE, TWO, Gone, "overwrite A", "update A:Remove"),
        (ONE, TWO, Gone, "accept A", "keep A:Accept"),
        // Somebody else removed the key.
        (ONE, EMPTY, Value("1"), "", "drifted A:Drift"),
        (ONE, EMPTY, Value("1"), "accept A", "drifted A:Drift"),
        (ONE, EMPTY, Value("1"), "overwrite A", "update A:Overwrite"),
        (ONE, EMPTY, Unset, "", "keep"),
        (ONE, EMPTY, Gone, "", "keep"),
        // Somebody else added the key.
        (EMPTY, ONE, Value("1"), "", "keep"),
        (EMPTY, ONE, Value("2"), "", "drifted A:Drift"),
        (EMPTY, ONE, Value("2"), "overwrite A", "update A:Overwrite"),
        (EMPTY, ONE, Value("2"), "accept A", "keep A:Accept"),
        (EMPTY, ONE, Gone, "", "drifted A:Drift"),
        // Somebody else wrote what is no text.
        (ONE, NUMBER, Value("1"), "", "drifted A:Drift"),
        (ONE, NUMBER, Value("7"), "accept A", "drifted A:Drift"),
        (ONE, NUMBER, Value("1"), "overwrite A", "update A:Overwrite"),
        (NUMBER, NUMBER, Value("7"), "", "drifted A:Drift"),
        // Somebody else removed the record.
        (ONE, Some(""), Value("1"), "", "create A:Add"),
    ];
    for (base, now, want, chosen, expected) in rows {
        let mut target = MemoryTarget::new();
        if let Some(base) = base {
            target = target.ours("web", base);
        }
        match now {
            Some("") => target.other_removes("web"),
            Some(now) => target.other_writes("web", now),
            None => {}
        }
        let planned = prepared_with(&target, &[record(*want)], &choices(chosen));
        assert_eq!(&told(&planned.plan), expected, "{base:?} {now:?} {want:?} {chosen:?}");
        let is_in_sync = matches!(*expected, "keep" | "keep A:Unset");
        assert_eq!(planned.plan.is_in_sync(), is_in_sync, "{expected}");
    }
}

#[test]
fn records_of_others_in_a_table() {
    let not_marked = "refuse (envctl did not make it, and nobody has marked it as this project's)";
    let other = || Owner::Other("project shop, environment dev".to_owned());
    for (owner, now, chosen, expected) in [
        (Owner::Nobody, r#"{"A":"1"}"#, "", "keep".to_owned()),
        (Owner::Nobody, r#"{"A":"2"}"#, "", format!("{not_marked} A:Change")),
        (Owner::Nobody, r#"{"A":"2"}"#, "overwrite A", format!("{not_marked} A:Change")),
        (Owner::Nobody, r#"{"A":"2"}"#, "adopt", "update adopt A:Change".to_owned()),
        (other(), "{}", "", "refuse (it belongs to project shop, environment dev) A:Add".to_owned()),
        (other(), "{}", "adopt", "update adopt A:Add".to_owned()),
    ] {
        let target = MemoryTarget::new().of("web", now, owner);
        let planned = prepared_with(&target, &[wanted("web", &[("A", "1")])], &choices(chosen));
        assert_eq!(told(&planned.plan), expected, "{now} {chosen}");
    }
}

#[test]
fn what_cannot_be_changed_is_left_alone() {
    let rotates = Refused { why: "its rotation is on".to_owned(), help: "turn it off".to_owned() };
    let restore = Observed::Scheduled { on: Some("2026-08-01".to_owned()) };
    let unusable = Observed::Unusable { what: "it is binary".to_owned(), help: String::new() };
    let one = || MemoryTarget::new().ours("web", r#"{"A":"1"}"#);
    let outage = "unknown (the service does not answer)";
    for (target, expected) in [
        (one().refusing("web", rotates), "refuse (its rotation is on) A:Change"),
        (one().seen_as("web", restore), r#"restore { on: some("2026-08-01") }"#),
        (one().seen_as("web", unusable), "refuse (it is binary)"),
        (one().seen_as("web", Observed::Unknown(MemoryTarget::outage())), outage),
        (one().silent_about("web"), outage),
        (one().limit(8), "refuse (it would be longer than 8 bytes) A:Change"),
        (MemoryTarget::new().ours("web", "[]"), "refuse (it holds JSON that is no object)"),
    ] {
        let planned = prepared_with(&target, &[wanted("web", &[("A", "2")])], &choices("adopt, overwrite A"));
        assert_eq!(told(&planned.plan), expected);
        assert!(!planned.plan.is_in_sync());
        assert_eq!(planned.plan.writes().count(), 0);
    }
}

#[test]
fn a_record_with_one_drifted_key_is_not_written() {
    let target = MemoryTarget::new().ours("web", r#"{"A":"1","B":"1"}"#);
    target.other_writes("web", r#"{"A":"2","B":"1"}"#);
    let web = [wanted("web", &[("A", "1"), ("B", "3"), ("C", "4")])];
    assert_eq!(told(&prepared(&target, &web).plan), "drifted A:Drift B:Change C:Add");
    let accepted = prepared_with(&target, &web, &choices("accept A"));
    assert_eq!(told(&accepted.plan), "update A:Accept B:Change C:Add");
}

#[test]
fn keys_are_counted() {
    let target = MemoryTarget::new().ours("web", r#"{"A":"1","B":"2","theirs":1,"more":"x"}"#);
    let planned = prepared(&target, &[wanted("web", &[("A", "1"), ("B", "3")])]);
    let record = &planned.plan.records[0];
    assert_eq!((record.foreign, record.unchanged), (2, 1));
    let kept = prepared(&target, &[wanted("web", &[("A", "1"), ("B", "2")])]);
    assert_eq!((kept.plan.records[0].foreign, kept.plan.records[0].unchanged), (2, 2));
}

#[test]
fn details_are_asked_of_what_is_to_be_changed_only() {
    let target = MemoryTarget::new().ours("one", r#"{"A":"1"}"#).ours("two", r#"{"A":"1"}"#);
    let _ = prepared(&target, &[wanted("one", &[("A", "1")]), wanted("two", &[("A", "2")])]);
    let observe = TargetCall::Observe(vec!["one".to_owned(), "two".to_owned()]);
    assert_eq!(target.calls(), [observe, TargetCall::Details("two".to_owned())]);
}

#[test]
fn what_is_named_twice_is_refused() {
    let target = MemoryTarget::new();
    let web = wanted("web", &[("A", "1")]);
    let planned = prepared(&target, &[web.clone(), web, wanted("api", &[("A", "1"), ("A", "2")])]);
    let expected = "create A:Add\nrefuse (it is named twice)\nrefuse (two variables have the key `A` in it)";
    assert_eq!(told(&planned.plan), expected);
}

#[test]
fn a_key_that_has_a_value_does_not_go() {
    let target = MemoryTarget::new().ours("web", r#"{"A":"1"}"#);
    let web = Wanted { remove: vec!["A".to_owned()], ..wanted("web", &[("A", "1")]) };
    assert_eq!(told(&prepared(&target, &[web]).plan), "keep");
}

#[test]
fn leftover_records_go_when_asked_for() {
    let refused = Refused { why: "its rotation is on".to_owned(), help: "turn it off".to_owned() };
    let target = MemoryTarget::new()
        .ours("web", r#"{"A":"1"}"#)
        .ours("old", r#"{"B":"1","theirs":2}"#)
        .ours("rotating", "{}")
        .refusing("rotating", refused)
        .ours("broken", "no object")
        .ours("hidden", "{}")
        .silent_about("hidden")
        .ours("going", "{}")
        .seen_as("going", Observed::Scheduled { on: None })
        .of("foreign", "{}", Owner::Nobody);
    let web = [wanted("web", &[("A", "1")])];
    assert_eq!(told(&prepared(&target, &web).plan), "keep");
    let prune = Choices { prune: true, ..Choices::default() };
    let planned = prepared_with(&target, &web, &prune);
    let names: Vec<_> = planned.plan.records.iter().map(|record| record.name.as_str()).collect();
    assert_eq!(names, ["web", "broken", "hidden", "old", "rotating"]);
    let expected = "keep
refuse (it holds no JSON that can be read)
unknown (the service does not answer)
remove B:Remove theirs:Remove
refuse (its rotation is on)";
    assert_eq!(told(&planned.plan), expected);
}
