//! Holds the reading against what real readers were measured to do.
//!
//! `cases.jsonl` has the measurements. `agreement.tsv` has one line per case: its id, the reader families that read it
//! as we do, and why we read it otherwise where another reading has more families behind it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use envctl_dotenv::{Dialect, Document, write_entry};
use serde_json::Value;

const CASES: &str = include_str!("cases.jsonl");
const AGREEMENT: &str = include_str!("agreement.tsv");

/// Families of readers that share one implementation, and the measured versions of each.
const FAMILIES: [(&str, &[&str]); 16] = [
    ("dotenv", &["node-dotenv", "node-dotenv-fast", "node-dotenv-16"]),
    ("dotenv-expand", &["dotenv-expand"]),
    ("next", &["next-env"]),
    ("dotenvx", &["dotenvx"]),
    ("node", &["node-builtin", "node-builtin-22", "node-builtin-24", "node-builtin-26"]),
    ("varlock", &["varlock"]),
    ("bun", &["bun"]),
    ("deno", &["deno"]),
    ("python", &["python-dotenv"]),
    ("ruby", &["ruby-dotenv"]),
    ("godotenv", &["godotenv", "godotenv-head"]),
    ("dotenvy", &["dotenvy"]),
    ("compose", &["compose-go"]),
    ("docker", &["docker"]),
    ("systemd", &["systemd"]),
    ("shell", &["bash", "dash"]),
];

struct Case {
    id: String,
    key: String,
    source: String,
    ours: Option<String>,
    /// The families whose every version reads the same, by what they read.
    readings: BTreeMap<Option<String>, Vec<&'static str>>,
}

impl Case {
    fn parse(line: &str) -> Self {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = |key: &str| case[key].as_str().expect("a case has its text fields").to_owned();
        let source = text("src");
        let ours = Document::parse(&source).get(&text("key")).map(|entry| entry.value().into_owned());
        let mut by_reader = BTreeMap::new();
        for reading in case["read_as"].as_array().expect("a case has readings") {
            for reader in reading["readers"].as_array().expect("a reading has readers") {
                by_reader.insert(
                    reader.as_str().expect("a reader is a name"),
                    reading["value"].as_str().map(str::to_owned),
                );
            }
        }
        let mut readings = BTreeMap::<_, Vec<_>>::new();
        for (family, versions) in FAMILIES {
            let values: BTreeSet<_> = versions.iter().map(|version| by_reader[version].clone()).collect();
            if values.len() == 1 {
                readings.entry(values.into_iter().next().flatten()).or_default().push(family);
            }
        }
        Self { id: text("id"), key: text("key"), source, ours, readings }
    }

    fn with_us(&self) -> &[&'static str] {
        self.readings.get(&self.ours).map_or(&[], Vec::as_slice)
    }

    fn is_outvoted(&self) -> bool {
        self.readings.values().any(|families| families.len() > self.with_us().len())
    }
}

fn cases() -> Vec<Case> {
    CASES.lines().map(Case::parse).collect()
}

#[test]
fn every_measured_case_is_read_by_its_table_line() {
    let reasons: BTreeMap<_, _> = AGREEMENT
        .lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            Some((fields.next()?, fields.nth(1)?))
        })
        .collect();
    let mut table = String::new();
    for case in cases() {
        let families = match case.with_us() {
            [] => "none".to_owned(),
            all if all.len() == FAMILIES.len() => "all".to_owned(),
            some => some.join(" "),
        };
        write!(table, "{}\t{families}", case.id).expect("writing to a string");
        if let Some(reason) = reasons.get(case.id.as_str()) {
            write!(table, "\t{reason}").expect("writing to a string");
        }
        table.push('\n');
    }
    assert_eq!(table.lines().count(), 86);
    similar(&table, AGREEMENT);
}

/// Compares line by line, so that a failure shows the line and not two long texts.
fn similar(actual: &str, expected: &str) {
    for (actual, expected) in actual.lines().zip(expected.lines()) {
        assert_eq!(actual, expected);
    }
    assert_eq!(actual.lines().count(), expected.lines().count(), "{actual}");
}

#[test]
fn where_all_readers_agree_we_agree() {
    let unanimous: Vec<_> =
        cases().into_iter().filter(|case| case.readings.values().any(|f| f.len() == 16)).collect();
    // Ten values, and one line that none of them takes.
    assert_eq!(unanimous.len(), 11);
    for case in unanimous {
        assert_eq!(case.with_us().len(), 16, "{}", case.id);
    }
}

#[test]
fn a_reading_against_the_majority_has_its_reason_and_no_other_has() {
    for (case, line) in cases().iter().zip(AGREEMENT.lines()) {
        assert_eq!(case.is_outvoted(), line.split('\t').count() == 3, "{}", case.id);
    }
}

/// Every measured file that is spelled as we would spell it: all readers but docker, which knows no quotes, must read
/// the value that we wrote.
#[test]
fn what_we_write_was_measured_to_be_read_alike() {
    let mut checked = 0;
    for case in cases() {
        for (value, families) in &case.readings {
            let Some(Ok(line)) = value.as_ref().map(|value| write_entry(&case.key, value, Dialect::Portable))
            else {
                continue;
            };
            if case.source == format!("{line}\nZ=end\n") {
                checked += 1;
                let others: Vec<_> =
                    FAMILIES.iter().filter(|(family, _)| !families.contains(family)).collect();
                assert!(others.iter().all(|(family, _)| *family == "docker"), "{}: {others:?}", case.id);
            }
        }
    }
    assert_eq!(checked, 15);
}
