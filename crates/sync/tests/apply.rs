//! Carrying out a plan.

use std::sync::Mutex;
use std::time::Duration;

use envctl_sync::{Choices, Failure, Outcome, Pace, Prepared, RecordReport, Target, Wanted, apply};
use envctl_testkit::{Fault, MemoryTarget, TargetCall};
use envschema::SecretValue;

use crate::support::{prepared, prepared_with, told, wanted};

fn carry_out(target: &dyn Target, prepared: &Prepared) -> Vec<RecordReport> {
    apply(target, prepared, Pace::default(), &|_| {})
}

fn many(count: usize) -> Vec<Wanted> {
    (0..count).map(|number| wanted(&format!("r{number:02}"), &[("A", "1")])).collect()
}

fn is_written(report: &RecordReport) -> bool {
    matches!(report.outcome, Outcome::Written { .. })
}

#[test]
fn a_plan_is_carried_out_once() {
    let target = MemoryTarget::new().ours("web", r#"{ "A": "1", "theirs": 1.0 }"#);
    let all = [wanted("web", &[("A", "2")]), wanted("api", &[("B", "x")])];
    let reports = carry_out(&target, &prepared(&target, &all));
    assert!(reports.iter().all(is_written), "{reports:?}");
    assert_eq!(target.content("web"), Some(SecretValue::from(r#"{ "A": "2", "theirs": 1.0 }"#)));
    assert_eq!(target.content("api"), Some(SecretValue::from(r#"{"B":"x"}"#)));

    let again = prepared(&target, &all);
    assert!(again.plan.is_in_sync());
    let calls = target.calls().len();
    assert_eq!(carry_out(&target, &again), []);
    assert_eq!(target.calls().len(), calls, "nothing to do is no call");
}

#[test]
fn never_more_than_asked_for_run_at_once_and_reports_keep_the_order() {
    for (concurrency, most) in [(0, 1), (1, 1), (3, 3), (50, 12)] {
        let target = MemoryTarget::new().slow(Duration::from_millis(20));
        let prepared = prepared(&target, &many(12));
        let told = Mutex::new(Vec::new());
        let pace = Pace { concurrency, deadline: None };
        let reports =
            apply(&target, &prepared, pace, &|report| told.lock().unwrap().push(report.name.clone()));
        assert!(target.most_at_once() <= most, "{} at once", target.most_at_once());
        assert!(concurrency < 2 || target.most_at_once() > 1, "it does run several");
        let names: Vec<_> = reports.iter().map(|report| report.name.clone()).collect();
        assert!(names.is_sorted() && names.len() == 12, "{names:?}");
        let mut told = told.into_inner().unwrap();
        told.sort();
        assert_eq!(told, names, "each is told once");
    }
}

#[test]
fn what_was_not_begun_in_time_is_told() {
    let target = MemoryTarget::new().slow(Duration::from_millis(30));
    let prepared = prepared(&target, &many(6));
    let pace = Pace { concurrency: 2, deadline: Some(Duration::from_millis(10)) };
    let reports = apply(&target, &prepared, pace, &|_| {});
    let (written, late): (Vec<_>, Vec<_>) = reports.iter().partition(|report| is_written(report));
    assert!(!late.is_empty() && written.len() <= 2, "{reports:?}");
    assert!(late.iter().all(|report| report.outcome == Outcome::NotBegun && !report.outcome.is_done()));

    let none = apply(&target, &prepared, Pace { concurrency: 2, deadline: Some(Duration::ZERO) }, &|_| {});
    assert!(none.iter().all(|report| report.outcome == Outcome::NotBegun));
}

#[test]
fn one_that_fails_does_not_stop_the_others() {
    let target = MemoryTarget::new().fault("r01", Fault::Fails(MemoryTarget::outage()));
    let all = many(4);
    let reports = carry_out(&target, &prepared(&target, &all));
    let done: Vec<_> = reports.iter().map(|report| report.outcome.is_done()).collect();
    assert_eq!(done, [true, false, true, true]);
    assert!(
        matches!(&reports[1].outcome, Outcome::Failed { kind: Failure::Outage, why, .. } if why.contains("answer"))
    );

    let rest = prepared(&target, &all);
    assert_eq!(told(&rest.plan), "keep\ncreate A:Add\nkeep\nkeep", "running again completes it");
}

#[test]
fn what_somebody_else_wrote_stands() {
    for theirs in [r#"{"A":"theirs"}"#, "{}"] {
        let target = MemoryTarget::new().ours("web", r#"{"A":"1"}"#);
        let prepared = prepared(&target, &[wanted("web", &[("A", "2")]), wanted("api", &[("A", "1")])]);
        target.other_writes("web", theirs);
        target.other_writes("api", theirs);
        let reports = carry_out(&target, &prepared);
        assert!(reports.iter().all(|report| report.outcome == Outcome::Conflict), "{reports:?}");
        assert_eq!(target.content("web"), Some(SecretValue::from(theirs)));
        assert_eq!(target.content("api"), Some(SecretValue::from(theirs)));
    }
    let target = MemoryTarget::new().fault("web", Fault::Overtaken("{}".to_owned()));
    let prepared = prepared(&target, &[wanted("web", &[("A", "1")])]);
    assert_eq!(carry_out(&target, &prepared)[0].outcome, Outcome::Conflict, "at the last moment");
}

#[test]
fn what_was_written_over_since_is_told() {
    let target = MemoryTarget::new().fault("web", Fault::Followed(r#"{"A":"theirs"}"#.to_owned()));
    let reports = carry_out(&target, &prepared(&target, &[wanted("web", &[("A", "1")])]));
    assert_eq!(reports[0].outcome, Outcome::Replaced);
    assert!(reports[0].outcome.is_done());
}

#[test]
fn a_lost_answer_is_looked_up() {
    let all = [wanted("lost", &[("A", "1")]), wanted("gone", &[("A", "1")])];
    let target = MemoryTarget::new().fault("lost", Fault::AnswerLost).fault("gone", Fault::Vanishes);
    let reports = carry_out(&target, &prepared(&target, &all));
    assert!(is_written(&reports[0]), "{reports:?}");
    assert!(matches!(&reports[1].outcome, Outcome::Unclear { .. }), "{reports:?}");
}

#[test]
fn what_was_written_is_read_back_in_one_call() {
    let target = MemoryTarget::new();
    let prepared = prepared(&target, &many(3));
    let before = target.calls().len();
    let _ = carry_out(&target, &prepared);
    let calls = target.calls().split_off(before);
    let reads: Vec<_> = calls.iter().filter(|call| matches!(call, TargetCall::Observe(_))).collect();
    assert_eq!((calls.len(), reads.len()), (4, 1));
}

#[test]
fn what_cannot_be_read_back_is_a_note() {
    let target = MemoryTarget::new();
    let prepared = prepared(&target, &many(1));
    let target = target.seen_as("r00", envctl_sync::Observed::Unknown(MemoryTarget::outage()));
    let reports = carry_out(&target, &prepared);
    assert!(is_written(&reports[0]));
    assert_eq!(reports[0].notes, ["it was not read back: the service does not answer"]);
}

#[test]
fn a_removed_record_is_gone() {
    let prune = Choices { prune: true, ..Choices::default() };
    let target = MemoryTarget::new().ours("old", "{}").ours("lost", "{}").fault("lost", Fault::AnswerLost);
    let planned = prepared_with(&target, &[], &prune);
    let reports = carry_out(&target, &planned);
    assert!(reports.iter().all(is_written), "{reports:?}");
    assert_eq!(target.content("old"), None);

    let target = MemoryTarget::new().ours("old", "{}").fault("old", Fault::Followed("{}".to_owned()));
    let planned = prepared_with(&target, &[], &prune);
    assert_eq!(carry_out(&target, &planned)[0].outcome, Outcome::Replaced, "somebody made it again");
}

#[test]
fn an_adopted_record_is_ours_afterwards() {
    let adopt = Choices { adopt: true, ..Choices::default() };
    let target = MemoryTarget::new().of("web", r#"{"theirs":1}"#, envctl_sync::Owner::Nobody);
    let web = [wanted("web", &[("A", "1")])];
    let _ = carry_out(&target, &prepared_with(&target, &web, &adopt));
    assert_eq!(target.content("web"), Some(SecretValue::from(r#"{"theirs":1,"A":"1"}"#)));
    let other = [wanted("web", &[("A", "2")])];
    assert_eq!(told(&prepared(&target, &other).plan), "update A:Change");
}

#[test]
fn a_plan_holds_for_a_newer_version_as_long_as_its_keys_hold_what_they_held() {
    let now_with = |theirs: &str| {
        let target = MemoryTarget::new().ours("web", r#"{"A":"0","OTHER":"0"}"#);
        let overwrite = Choices { overwrite: ["A".to_owned()].into(), ..Choices::default() };
        let before = prepared_with(&target, &[wanted("web", &[("A", "1")])], &overwrite);
        target.other_writes("web", theirs);
        let now = prepared_with(&target, &[wanted("web", &[("A", "1")])], &overwrite);
        before.holds_for(&now, "web")
    };
    assert!(now_with(r#"{"A":"0","OTHER":"theirs"}"#), "another key");
    // What was decided about one value decides nothing about the next.
    assert!(!now_with(r#"{"A":"theirs","OTHER":"0"}"#), "our key");

    let prune = Choices { prune: true, ..Choices::default() };
    let target = MemoryTarget::new().ours("old", "{}");
    let before = prepared_with(&target, &[], &prune);
    target.other_writes("old", r#"{"NEW":"theirs"}"#);
    let now = prepared_with(&target, &[], &prune);
    assert!(!before.holds_for(&now, "old"), "nothing is deleted anew");
}
