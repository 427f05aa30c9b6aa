//! The test command: every step runs, and the summary tells how each went.

use std::collections::BTreeSet;
use std::time::Duration;

use xtask::Failure;
use xtask::suite::{Outcome, STEPS, Step, go, summary};

#[test]
fn a_failed_step_does_not_stop_the_next() {
    let steps = [
        Step { name: "one", run: || Err(Failure::Problems("no".to_owned())) },
        Step { name: "two", run: || Ok(()) },
    ];
    let failed: Vec<_> = go(&steps).iter().map(|outcome| (outcome.name, outcome.failure.is_some())).collect();
    assert_eq!(failed, [("one", true), ("two", false)]);
}

#[test]
fn the_summary_has_a_line_for_each_step() {
    let outcomes = [
        Outcome { name: "formatting", time: Duration::from_millis(1234), failure: None },
        Outcome {
            name: "lints",
            time: Duration::from_secs(75),
            failure: Some(Failure::Problems("no".to_owned())),
        },
    ];
    assert_eq!(
        summary(&outcomes),
        "ok     formatting          1.2 s\n\
         FAILED lints              75.0 s"
    );
}

#[test]
fn steps_have_their_own_names() {
    let names: BTreeSet<_> = STEPS.iter().map(|step| step.name).collect();
    assert_eq!(names.len(), STEPS.len());
}
