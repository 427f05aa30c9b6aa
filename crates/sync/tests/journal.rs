//! What a run leaves behind for the next one.

use envctl_sync::{Journal, JournalError, Pace, Plan, Run, Storage as _, apply};
use envctl_testkit::{Canaries, Fault, MemoryTarget};
use envschema::SecretValue;

use crate::storage::MemoryFile;
use crate::support::{key, prepared, wanted};

fn plan(count: usize) -> Plan {
    let all: Vec<_> = (0..count).map(|number| wanted(&format!("r{number}"), &[("A", "1")])).collect();
    prepared(&MemoryTarget::new(), &all).plan
}

fn begin(file: &MemoryFile, run: Run) -> Journal<'_> {
    Journal::begin(file, run, Journal::read(file).unwrap().as_ref()).unwrap()
}

#[test]
fn a_run_that_ends_leaves_nothing() {
    let file = MemoryFile::default();
    assert_eq!(Journal::read(&file), Ok(None));
    let journal = begin(&file, Run::sync([&plan(2)]));
    journal.note("production", &["r0".to_owned()]).unwrap();
    journal.note("production", &["r1".to_owned()]).unwrap();
    journal.end().unwrap();
    assert_eq!(file.text(), None);
}

#[test]
fn a_run_that_stops_is_found_and_counted() {
    let file = MemoryFile::default();
    let all: Vec<_> = (0..7).map(|number| wanted(&format!("r{number}"), &[("A", "1")])).collect();
    let mut target = MemoryTarget::new();
    for number in 3..7 {
        target = target.fault(&format!("r{number}"), Fault::Fails(MemoryTarget::outage()));
    }
    let planned = prepared(&target, &all);
    let journal = begin(&file, Run::sync([&planned.plan]));
    let _ = apply(&target, &planned, Pace::default(), &|report| {
        if report.outcome.is_done() {
            journal.note("production", std::slice::from_ref(&report.name)).unwrap();
        }
    });
    journal.end().unwrap();
    let earlier = Journal::read(&file).unwrap().unwrap();
    assert_eq!(earlier.to_string(), "an earlier run stopped after 3 of 7 records");
    assert_eq!((earlier.done(), earlier.total(), earlier.rotated()), (3, 7, None));

    let rest = prepared(&target, &all);
    let journal = begin(&file, Run::sync([&rest.plan]));
    let again = Journal::read(&file).unwrap().unwrap();
    assert_eq!((again.done(), again.total()), (0, 4), "the next run takes its place");
    let _ = apply(&target, &rest, Pace::default(), &|report| {
        journal.note("production", std::slice::from_ref(&report.name)).unwrap();
    });
    journal.end().unwrap();
    assert_eq!(file.text(), None);
}

#[test]
fn a_rotation_knows_its_value_again_without_holding_it() {
    let mut canaries = Canaries::new();
    let new = SecretValue::from(canaries.plant("new"));
    let file = MemoryFile::default();
    let journal = begin(&file, Run::rotate("API_KEY", &new, &key(), [&plan(1), &plan(2)]));
    journal.note("production", &["r0".to_owned()]).unwrap();
    canaries.scan("the journal", file.text().unwrap());

    let earlier = Journal::read(&file).unwrap().unwrap();
    assert_eq!(earlier.to_string(), "an earlier rotation of `API_KEY` stopped after 2 of 3 records");
    assert!(earlier.is_new_value(&new, &key()));
    assert!(!earlier.is_new_value(&SecretValue::from("old"), &key()));
    assert!(!Run::sync([&plan(1)]).is_new_value(&new, &key()));

    let error = Journal::begin(&file, Run::sync([&plan(1)]), Some(&earlier)).err().unwrap();
    assert!(error.to_string().contains("finish it with `envctl rotate API_KEY`"), "{error}");
    let other = Run::rotate("OTHER", &new, &key(), [&plan(1)]);
    assert!(matches!(Journal::begin(&file, other, Some(&earlier)), Err(JournalError::Rotation { .. })));
    let same = Run::rotate("API_KEY", &new, &key(), [&plan(1)]);
    assert!(Journal::begin(&file, same, Some(&earlier)).is_ok());
}

#[test]
fn two_runs_do_not_share_a_journal() {
    let file = MemoryFile::default();
    let first = begin(&file, Run::sync([&plan(1)]));
    let taken = |error: Option<JournalError>| error == Some(JournalError::Taken { shown: file.shown() });
    assert!(taken(Journal::begin(&file, Run::sync([&plan(2)]), None).err()));
    let _second = begin(&file, Run::sync([&plan(2)]));
    assert!(taken(first.note("production", &["r0".to_owned()]).err()));
}

#[test]
fn what_is_no_journal_is_told() {
    for text in ["", "hunter2", "{}", r#"{"format":2,"task":{"is":"sync"},"steps":[]}"#] {
        let error = Journal::read(&MemoryFile::of(text)).unwrap_err();
        assert!(matches!(error, JournalError::NotAJournal { .. }), "{text}: {error}");
        assert!(!error.to_string().contains("hunter2"));
    }
    let file = MemoryFile::default();
    file.breaks();
    assert!(matches!(Journal::read(&file), Err(JournalError::Unreadable { .. })));
    let unwritten = Journal::begin(&file, Run::sync([&plan(1)]), None);
    assert!(matches!(unwritten, Err(JournalError::Unwritten { .. })));
}
