//! An env file as a target.

use envctl_dotenv::Dialect;
use envctl_sync::{FileTarget, Outcome, Pace, RecordReport, Storage as _, Target, Wanted, apply};
use envctl_testkit::Canaries;
use proptest::prelude::*;

use crate::storage::MemoryFile;
use crate::support::{key, prepared, told, wanted};

fn target(file: &MemoryFile, dialect: Dialect) -> FileTarget {
    FileTarget::new(Box::new(file.clone()), dialect, key())
}

fn env(entries: &[(&str, &str)], remove: &[&str]) -> [Wanted; 1] {
    let remove = remove.iter().map(ToString::to_string).collect();
    [Wanted { remove, ..wanted("deploy/.env", entries) }]
}

fn carry_out(target: &FileTarget, wanted: &[Wanted]) -> Vec<RecordReport> {
    apply(target, &prepared(target, wanted), Pace::default(), &|_| {})
}

/// What the file holds after it was given these entries.
fn after(text: &str, entries: &[(&str, &str)], remove: &[&str], dialect: Dialect) -> String {
    let file = MemoryFile::of(text);
    let target = target(&file, dialect);
    let reports = carry_out(&target, &env(entries, remove));
    assert!(reports.iter().all(|report| matches!(report.outcome, Outcome::Written { .. })), "{reports:?}");
    assert!(prepared(&target, &env(entries, remove)).plan.is_in_sync());
    file.text().unwrap()
}

#[test]
fn a_file_is_made_with_what_is_wanted() {
    let file = MemoryFile::default();
    let target = target(&file, Dialect::Portable);
    assert_eq!(target.record(), "deploy/.env");
    assert_eq!(target.identity().unwrap().to_string(), "file, deploy/.env");
    assert_eq!(told(&prepared(&target, &env(&[("A", "1")], &[])).plan), "create A:Add");
    let reports = carry_out(&target, &env(&[("A", "1"), ("B", "two words")], &["C"]));
    assert!(matches!(reports[0].outcome, Outcome::Written { .. }));
    assert_eq!(file.text().unwrap(), "A=1\nB='two words'\n");
    assert!(carry_out(&target, &env(&[("A", "1")], &[])).is_empty());
    assert_eq!(file.writes(), 1);
}

#[test]
fn what_is_not_ours_stays_in_a_table() {
    let text = "# ours\nA=1 # one\n\nexport B='2'\nTHEIRS=x\n";
    for (text, entries, remove, expected) in [
        (text, &[("A", "2")][..], &[][..], "# ours\nA=2 # one\n\nexport B='2'\nTHEIRS=x\n"),
        (text, &[("C", "3")], &["B"], "# ours\nA=1 # one\n\nTHEIRS=x\nC=3\n"),
        (text, &[("B", "9")], &["B"], "# ours\nA=1 # one\n\nexport B='9'\nTHEIRS=x\n"),
        (text, &[], &["A", "B", "THEIRS", "NEVER"], "# ours\n\n"),
        ("A=1\nB=2\nA=3\n", &[], &["A"], "B=2\n"),
        ("A='1\n2'\r\nB=2\r\n", &[("C", "3")], &["A"], "B=2\r\nC=3\r\n"),
        ("\u{feff}A=1\nB=2", &[], &["A"], "\u{feff}B=2"),
        ("", &[("A", "1")], &[], "A=1\n"),
    ] {
        assert_eq!(
            after(text, entries, remove, Dialect::Portable),
            expected,
            "{text} {entries:?} {remove:?}"
        );
    }
}

#[test]
fn what_a_reader_cannot_hold_is_refused_by_name() {
    let broken = "A='open\nB=2\n";
    let refers = "BASE=x\nURL=${BASE}/y\n";
    for (text, entries, remove, dialect, told_of) in [
        ("", &[("A", "1"), ("B", "1\n2")][..], &[][..], Dialect::Docker, "B cannot be written for"),
        (broken, &[("B", "3")], &[], Dialect::Portable, "line 1, column 3: A: the quote"),
        (refers, &[], &["BASE"], Dialect::Vite, "Vite would read `URL` in another way"),
    ] {
        let file = MemoryFile::of(text);
        let planned = told(&prepared(&target(&file, dialect), &env(entries, remove)).plan);
        assert!(planned.starts_with("refuse (") && planned.contains(told_of), "{planned}");
    }
}

#[test]
fn what_cannot_be_read_is_left_alone() {
    for (bytes, dialect, told_of) in [
        (&b"A=1\nB=\xff\n"[..], Dialect::Portable, "refuse (it is no text: line 2"),
        (b"A=1\nB='open\n", Dialect::Dotenvy, "refuse (dotenvy does not take it: line 2"),
    ] {
        let file = MemoryFile::of(bytes);
        let planned = told(&prepared(&target(&file, dialect), &env(&[("A", "2")], &[])).plan);
        assert!(planned.starts_with(told_of), "{planned}");
    }
    let file = MemoryFile::of("A=1\n");
    file.breaks();
    let target = target(&file, Dialect::Portable);
    assert!(told(&prepared(&target, &env(&[("A", "2")], &[])).plan).starts_with("unknown ("));
    let other = told(&prepared(&target, &[wanted("other", &[("A", "2")])]).plan);
    assert!(other.contains("`deploy/.env` holds no `other`"), "{other}");
}

#[test]
fn what_somebody_wrote_meanwhile_stands() {
    for before in [Some("A=1\n"), None] {
        let file = before.map_or_else(MemoryFile::default, MemoryFile::of);
        let target = target(&file, Dialect::Portable);
        let prepared = prepared(&target, &env(&[("A", "2")], &[]));
        file.other_writes("A=theirs\n");
        let reports = apply(&target, &prepared, Pace::default(), &|_| {});
        assert_eq!(reports[0].outcome, Outcome::Conflict);
        assert_eq!(file.text().unwrap(), "A=theirs\n");
    }
}

#[test]
fn a_plan_tells_nothing_of_what_the_file_holds() {
    let mut canaries = Canaries::new();
    let (old, new) = (canaries.plant("old"), canaries.plant("new"));
    let plan = |old: &str, new: &str| {
        let file = MemoryFile::of(format!("A={old}\nTHEIRS={old}\n"));
        prepared(&target(&file, Dialect::Portable), &env(&[("A", new)], &[])).plan
    };
    let text = plan(&old, &new).to_json();
    canaries.scan("the plan", &text);
    assert_eq!(text.len(), plan("x", "longer").to_json().len());
    assert_ne!(plan("1", "2").records[0].parent, plan("3", "2").records[0].parent, "versions differ");
}

#[test]
fn a_version_is_what_the_plan_said() {
    let file = MemoryFile::of("A=1\n");
    let target = target(&file, Dialect::Portable);
    let planned = prepared(&target, &env(&[("A", "2")], &[]));
    let Outcome::Written { version } = apply(&target, &planned, Pace::default(), &|_| {}).remove(0).outcome
    else {
        panic!("it is written");
    };
    assert_eq!(
        Some(version.as_str()),
        planned.plan.records[0].content.as_ref().map(ToString::to_string).as_deref()
    );
    assert_eq!(prepared(&target, &env(&[("A", "2")], &[])).plan.records[0].parent, Some(version));
    assert_eq!(file.shown(), target.record());
}

proptest! {
    #[test]
    fn lines_of_others_stay(
        lines in prop::collection::vec("(# [ -~]{0,8}|[ \t]{0,2}|[A-F]=[a-z0-9]{0,5}|export [A-F]='[ -&(-~]{0,5}')", 0..8),
        set in prop::collection::btree_map("[A-I]", "[a-z0-9 ]{1,6}", 1..4),
        remove in prop::collection::btree_set("[A-I]", 0..4),
    ) {
        let text: String = lines.iter().map(|line| format!("{line}\n")).collect();
        let entries: Vec<_> = set.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let remove: Vec<_> = remove.iter().map(String::as_str).collect();
        let file = MemoryFile::of(&text);
        let target = target(&file, Dialect::Portable);
        let _ = carry_out(&target, &env(&entries, &remove));
        prop_assert!(prepared(&target, &env(&entries, &remove)).plan.is_in_sync());
        let name = |line: &str| line.trim_start_matches("export ").split_once('=').map(|(name, _)| name.to_owned());
        let touched = |line: &str| {
            name(line).is_some_and(|name| set.contains_key(&name) || remove.contains(&name.as_str()))
        };
        let untouched = |text: &str| -> Vec<String> {
            text.lines().filter(|line| line.starts_with('#') || !touched(line)).map(str::to_owned).collect()
        };
        prop_assert_eq!(untouched(&file.text().unwrap()), untouched(&text));
    }
}
