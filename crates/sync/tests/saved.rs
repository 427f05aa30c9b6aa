//! Plans that were kept, read back and held against what is there now.

use envctl_sync::token::Key;
use envctl_sync::{
    Choices, Identity, Mismatch, Observed, Owner, Pace, Plan, PlanError, Refused, Target, Wanted, apply,
    prepare,
};
use envctl_testkit::{Fault, MemoryTarget};

use crate::support::{key, prepared, prepared_with, wanted};

fn web(value: &str) -> [Wanted; 1] {
    [wanted("web", &[("A", value)])]
}

fn one() -> MemoryTarget {
    MemoryTarget::new().ours("web", r#"{"A":"1"}"#)
}

fn plan_of(target: &MemoryTarget, all: &[Wanted]) -> Plan {
    prepared(target, all).plan
}

fn mismatches(saved: &Plan, now: &Plan) -> Vec<Mismatch> {
    saved.check_still(now).err().unwrap_or_default()
}

#[test]
fn what_is_no_plan_is_refused_without_telling_what_it_is() {
    let good = plan_of(&one(), &web("2")).to_json();
    assert_eq!(Plan::from_json(&good).unwrap(), plan_of(&one(), &web("2")));
    let not = |text: &str| Plan::from_json(text).unwrap_err();
    for text in [
        "",
        "API_KEY=hunter2",
        "{}",
        r#"{"format":"hunter2","target":1}"#,
        r#"{"format":0,"target":1}"#,
        "[]",
    ] {
        assert_eq!(not(text), PlanError::NotAPlan, "{text}");
    }
    assert_eq!(not(r#"{"format":2,"target":"x","more":true}"#), PlanError::Newer { found: 2 });
    assert_eq!(not(&good[..good.len() - 3]), PlanError::NotAPlan, "it is cut");
    for broken in [
        good.replace("\"update\"", "\"hunter2\""),
        good.replace("\"records\"", "\"hunter2\""),
        good.replacen("\"name\"", "\"hunter2\": 1, \"name\"", 1),
    ] {
        let error = not(&broken);
        assert!(matches!(error, PlanError::Broken { .. }), "{error}");
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn another_place_is_named_with_both_sides() {
    let saved = plan_of(&one(), &web("2"));
    let place = one().identity().unwrap();
    let at = |place: Identity| {
        let now = plan_of(&one().at(place), &web("2"));
        mismatches(&saved, &now).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_eq!(at(place.clone()), "");
    assert_eq!(at(Identity { principal: Some("somebody else".to_owned()), ..place.clone() }), "");
    let told = at(Identity { account: Some("444455556666".to_owned()), region: None, ..place.clone() });
    let rest = "; use the settings and credentials it was made with, or plan again";
    let expected = format!(
        "the plan is for account 111122223333, and this is account 444455556666{rest}\n\
         the plan is for region eu-central-1, and this is region (none){rest}"
    );
    assert_eq!(told, expected);
    let told = at(Identity { kind: "file".to_owned(), address: ".env".to_owned(), ..place });
    assert!(told.contains("for service memory, and this is service file"), "{told}");
    assert!(told.contains("for address (none), and this is address .env"), "{told}");
}

#[test]
fn another_target_environment_key_or_choice_is_told() {
    let saved = plan_of(&one(), &web("2"));
    let with = |name: &str, environment: Option<&str>, choices: &Choices, key: &Key| {
        let now = prepare(&one(), name, environment, &web("2"), choices, key).unwrap().plan;
        mismatches(&saved, &now)
    };
    let none = Choices::default();
    assert_eq!(with("production", Some("prod"), &none, &key()), []);
    let places = with("staging", None, &none, &key());
    let whats: Vec<_> = places
        .iter()
        .map(|found| match found {
            Mismatch::Place { what, .. } => *what,
            other => panic!("{other}"),
        })
        .collect();
    assert_eq!(whats, ["target", "environment"]);
    let other_key = Key::new([1; Key::LENGTH]);
    assert_eq!(with("production", Some("prod"), &none, &other_key), [Mismatch::Key]);
    let adopt = Choices { adopt: true, ..Choices::default() };
    assert_eq!(with("production", Some("prod"), &adopt, &key()), [Mismatch::Choices]);
}

/// What is found when `between` happened after a plan that sets `A` of `web` to 2.
fn after(between: impl FnOnce(&MemoryTarget), all: &[Wanted]) -> Vec<Mismatch> {
    let target = one();
    let saved = plan_of(&target, &web("2"));
    between(&target);
    mismatches(&saved, &plan_of(&target, all))
}

#[test]
fn a_record_that_moved_is_a_conflict() {
    let record = || "web".to_owned();
    let moved = [Mismatch::Moved { record: record() }];
    assert_eq!(after(|_| {}, &web("2")), []);
    assert_eq!(after(|target| target.other_writes("web", r#"{"A":"3"}"#), &web("2")), moved);
    assert_eq!(after(|target| target.other_writes("web", r#"{"A":"1"}"#), &web("2")), moved, "a new version");
    assert_eq!(after(|target| target.other_removes("web"), &web("2")), moved);
    assert_eq!(after(|target| target.other_writes("web", r#"{"A":"2","B":"x"}"#), &web("2")), moved);
    assert!(moved[0].is_conflict());
    assert!(!Mismatch::Key.is_conflict());
    assert_eq!(after(|_| {}, &web("3")), [Mismatch::Values { record: record() }]);
    assert_eq!(after(|_| {}, &web("1")), [Mismatch::Values { record: record() }]);
    assert_eq!(after(|_| {}, &[]), [Mismatch::Missing { record: record() }]);
    let more = [wanted("web", &[("A", "2")]), wanted("api", &[("A", "2")])];
    let unplanned = Mismatch::Unplanned { record: "api".to_owned() };
    assert_eq!(after(|_| {}, &more), [unplanned]);
}

#[test]
fn a_record_that_was_made_meanwhile_is_a_conflict() {
    let target = MemoryTarget::new();
    let saved = plan_of(&target, &web("2"));
    target.other_writes("web", r#"{"A":"1"}"#);
    assert_eq!(
        mismatches(&saved, &plan_of(&target, &web("2"))),
        [Mismatch::Moved { record: "web".to_owned() }]
    );
}

#[test]
fn what_must_not_or_cannot_be_looked_at_is_told() {
    let refused = Refused { why: "its rotation is on".to_owned(), help: String::new() };
    let saved = plan_of(&one(), &web("2"));
    let told = |target: MemoryTarget| mismatches(&saved, &plan_of(&target, &web("2"))).remove(0).to_string();
    let message = "`web` must not be written any more: its rotation is on; plan again";
    assert_eq!(told(one().refusing("web", refused)), message);
    let unknown = one().seen_as("web", Observed::Unknown(MemoryTarget::outage()));
    assert!(told(unknown).starts_with("`web` cannot be looked at"));
    assert!(
        told(one().seen_as("web", Observed::Scheduled { on: None })).starts_with("somebody changed `web`")
    );
}

#[test]
fn what_was_not_to_be_written_stays_unwritten() {
    let record = || "web".to_owned();
    let unknown = one().seen_as("web", Observed::Unknown(MemoryTarget::outage()));
    let saved = plan_of(&unknown, &web("2"));
    assert_eq!(mismatches(&saved, &plan_of(&unknown, &web("2"))), []);
    assert_eq!(mismatches(&saved, &plan_of(&one(), &web("2"))), [Mismatch::Unplanned { record: record() }]);

    let saved = plan_of(&one(), &web("1"));
    assert_eq!(mismatches(&saved, &plan_of(&one(), &web("2"))), [Mismatch::Values { record: record() }]);
    let target = one();
    target.other_writes("web", r#"{"A":"1","B":"x"}"#);
    assert_eq!(mismatches(&saved, &plan_of(&target, &web("1"))), [], "nothing is written anyway");
    assert_eq!(mismatches(&saved, &plan_of(&target, &web("2"))), [Mismatch::Moved { record: record() }]);
}

#[test]
fn adopting_has_to_be_planned() {
    let adopt = Choices { adopt: true, ..Choices::default() };
    let plan = |owner| {
        let target = MemoryTarget::new().of("web", "{}", owner);
        prepared_with(&target, &web("2"), &adopt).plan
    };
    let (ours, foreign) = (plan(Owner::Ours), plan(Owner::Nobody));
    assert_eq!(mismatches(&foreign, &ours), []);
    assert_eq!(mismatches(&ours, &foreign), [Mismatch::Unplanned { record: "web".to_owned() }]);
}

#[test]
fn a_run_that_was_cut_short_goes_on_with_its_plan() {
    let all = [wanted("web", &[("A", "2")]), wanted("api", &[("A", "2")])];
    let prune = Choices { prune: true, ..Choices::default() };
    let target = one().ours("old", "{}").fault("api", Fault::Fails(MemoryTarget::outage()));
    let first = prepared_with(&target, &all, &prune);
    let saved = Plan::from_json(&first.plan.to_json()).unwrap();
    let _ = apply(&target, &first, Pace::default(), &|_| {});
    let rest = prepared_with(&target, &all, &prune);
    assert_eq!(mismatches(&saved, &rest.plan), []);
    let _ = apply(&target, &rest, Pace::default(), &|_| {});
    let done = prepared_with(&target, &all, &prune);
    assert!(done.plan.is_in_sync());
    assert_eq!(mismatches(&saved, &done.plan), []);
}
