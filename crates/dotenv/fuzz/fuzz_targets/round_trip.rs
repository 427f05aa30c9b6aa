//! What is written for a dialect is read back by it, in a line alone and in a text that exists.
//!
//! The input is a value, a NUL (no value can hold one) and the text.

#![no_main]

use envctl_dotenv::{Dialect, Document, Outcome, Reader, lines, write_entry};
use libfuzzer_sys::fuzz_target;

const NAME: &str = "NAME";

fuzz_target!(|input: &str| {
    let (value, text) = input.split_once('\0').unwrap_or((input, ""));
    let document = Document::parse(text);
    let known = document.entries().next().map(|entry| entry.name());
    for &dialect in Dialect::ALL {
        is_written(value, dialect);
        for name in known.into_iter().chain([NAME]) {
            is_set(&document, name, value, dialect);
        }
    }
});

fn is_written(value: &str, dialect: Dialect) {
    let Ok(line) = write_entry(NAME, value, dialect) else { return };
    let reading = Reader::new(dialect).read(&format!("{line}\n"));
    assert!(reading.outcome(NAME) == Outcome::Value(value), "{dialect}: {line:?}");
    assert_eq!(reading.variables().len(), 1, "{dialect}: {line:?}");
}

fn is_set(document: &Document<'_>, name: &str, value: &str, dialect: Dialect) {
    let Some(changed) = set(document, name, value, dialect) else { return };
    let reading = Reader::new(dialect).read(&changed);
    assert!(reading.outcome(name) == Outcome::Value(value), "{dialect}: {changed:?}");
    if dialect == Dialect::Portable {
        let again = Document::parse(&changed);
        assert_eq!(again.get(name).expect("it was set").value(), value, "{changed:?}");
        assert_eq!(others(document.as_str(), name), others(&changed, name), "{changed:?}");
        assert_eq!(set(&again, name, value, dialect).as_ref(), Some(&changed));
    }
}

/// The changed text, unless the change is refused, which it may be for reasons of the text, the name or the value.
fn set(document: &Document<'_>, name: &str, value: &str, dialect: Dialect) -> Option<String> {
    let mut edit = document.edit();
    edit.dialect(dialect).set(name, value);
    edit.finish().ok()
}

/// The lines that do not give `name`, without their line ends: the last line of a text may get one.
fn others<'t>(text: &'t str, name: &str) -> Vec<&'t str> {
    let text = text.trim_start_matches('\u{feff}');
    let others = lines(text)
        .filter(|line| !matches!(line.kind(), envctl_dotenv::LineKind::Entry(entry) if entry.name() == name));
    others.map(|line| line.text().trim_end_matches(['\r', '\n'])).collect()
}
