//! Runs the case files: `reading.jsonl`, `writing.jsonl` and `editing.jsonl`. One JSON object per line.

use envctl_dotenv::{Dialect, Document, EditError, entries, lines, write_entry, write_value};
use serde_json::{Value, json};

fn each(file: &str, mut check: impl FnMut(&Value)) {
    for line in file.lines() {
        check(&serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    }
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().unwrap_or_else(|| panic!("no {key} in {case}"))
}

#[test]
fn texts_are_read_as_their_cases_say() {
    each(include_str!("reading.jsonl"), |case| {
        let document = Document::parse(text(case, "text"));
        let read: Vec<_> = document.entries().map(|entry| json!([entry.name(), entry.value()])).collect();
        let problems: Vec<_> =
            document.problems().iter().map(|it| json!([it.code(), it.line(), it.column()])).collect();
        assert_eq!(json!(read), case["entries"], "{case}");
        assert_eq!(json!(problems), case.get("problems").cloned().unwrap_or(json!([])), "{case}");
        let streamed: Vec<_> =
            entries(document.as_str()).map(|entry| json!([entry.name(), entry.value()])).collect();
        assert_eq!(streamed, read, "{case}");
        let written: String = lines(document.as_str()).map(|line| line.text()).collect();
        assert_eq!(written, document.as_str());
    });
}

#[test]
fn values_are_written_as_their_cases_say() {
    each(include_str!("writing.jsonl"), |case| {
        let value = text(case, "value");
        match (write_value(value, Dialect::Portable), case.get("refused")) {
            (Ok(spelling), None) => {
                assert_eq!(spelling, text(case, "spelling"), "{case}");
                let line = write_entry("K", value, Dialect::Portable).expect("the value was accepted");
                assert_eq!(line, format!("K={spelling}"));
                let document = Document::parse(&line);
                assert_eq!(document.get("K").expect("one entry").value(), value);
                assert_eq!(document.problems(), []);
            }
            (Err(reason), Some(code)) => {
                assert_eq!(reason.code(), code, "{case}");
                let refused = write_entry("K", value, Dialect::Portable).expect_err("the value was refused");
                assert_eq!((refused.name.as_str(), refused.reason), ("K", reason));
            }
            (written, _) => panic!("{case}: {written:?}"),
        }
    });
}

#[test]
fn texts_are_changed_as_their_cases_say() {
    each(include_str!("editing.jsonl"), |case| {
        let document = Document::parse(text(case, "text"));
        let mut edit = document.edit();
        for change in case["set"].as_array().expect("a list of changes") {
            edit.set(change[0].as_str().expect("a name"), change[1].as_str().expect("a value"));
        }
        let changed = match edit.finish() {
            Ok(changed) => json!(changed),
            Err(EditError::BrokenQuote(problem)) => json!([[problem.code(), problem.line()]]),
            Err(EditError::Unwritable(refused)) => {
                json!(
                    refused
                        .as_slice()
                        .iter()
                        .map(|it| json!([it.name, it.reason.code()]))
                        .collect::<Vec<_>>()
                )
            }
            Err(other) => panic!("{case}: {other}"),
        };
        assert_eq!(changed, case["gives"], "{case}");
    });
}
