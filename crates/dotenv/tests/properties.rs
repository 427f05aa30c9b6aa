//! What holds for every text and every value.

use std::borrow::Cow;
use std::collections::BTreeMap;

use envctl_dotenv::{Dialect, Document, EditError, Quote, decode, entries, lines, write_entry};
use proptest::prelude::*;

/// Texts made of the pieces that matter, so that every rule is met often.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "A=", "B=", "export ", "A", "=", "'", "\"", "`", "\\", "\n", "\r\n", "\r", " ", "\t", "#", " # c", "$X",
            "x", "é", "\u{a0}", "\0", "\u{feff}", "A='x'\n", "B=\"a\\nb\"\n", "C=`1\n2`\n", "# c\n",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

/// Texts that can be changed: whole lines of every kind, with any line end.
fn file() -> impl Strategy<Value = String> {
    let line = prop::sample::select(vec![
        "A=1",
        "B='2'",
        "C=\"3\" # c",
        "A=",
        "D=  # c",
        "export B = x y ",
        "C='1\n2'",
        "D=`4`",
        "A=a#b",
        "# c",
        "",
        "oops",
        "E=\"a\\\"b\"",
        "B=\"1\r\n2\"",
        "a b=1",
        "\tE='x\\'",
    ]);
    let end = prop::sample::select(vec!["\n", "\r\n"]);
    (prop::bool::ANY, prop::collection::vec((line, end), 0..12), prop::bool::ANY).prop_map(
        |(mark, lines, ends)| {
            let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
            text.extend(lines.iter().flat_map(|(line, end)| [*line, *end]));
            if ends { text } else { text.trim_end_matches(['\r', '\n']).to_owned() }
        },
    )
}

fn value() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec!["a", "1", " ", "'", "\"", "`", "\\", "$", "\n", "#", "=", "é", "\t", "undefined"])
            .prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The value that counts for each name.
fn values(text: &str) -> BTreeMap<String, String> {
    entries(text).map(|entry| (entry.name().to_owned(), entry.value().into_owned())).collect()
}

/// The line ends before an offset, counted the plain way.
fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].replace("\r\n", "\n").replace('\r', "\n").matches('\n').count() + 1
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1024, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_none_of_it_is_lost(text in text()) {
        let document = Document::parse(&text);
        prop_assert_eq!(document.as_str(), &text);
        prop_assert_eq!(document.lines().map(|line| line.text()).collect::<String>(), text.clone());
        let mut offset = 0;
        for line in lines(&text) {
            prop_assert_eq!(line.number() as usize, line_of(&text, offset));
            offset += line.text().len();
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused_at_the_first_bad_one(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        match decode(&bytes) {
            Ok(text) => prop_assert_eq!(text.as_bytes(), &bytes),
            Err(place) => {
                let good = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
                prop_assert_eq!(place.line as usize, line_of(good, good.len()));
            }
        }
    }

    #[test]
    fn places_point_at_the_name_and_values_are_not_copied(text in text()) {
        let plain = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        let rows: Vec<&str> = plain.split('\n').collect();
        let memory = text.as_bytes().as_ptr_range();
        for entry in Document::parse(&text).entries() {
            let row = rows[entry.line() as usize - 1];
            let from_name: String = row.chars().skip(entry.column() as usize - 1).collect();
            prop_assert!(from_name.starts_with(entry.name()), "{from_name:?}");
            let before: String = row.chars().take(entry.column() as usize - 1).collect();
            prop_assert_eq!(entry.is_export(), before.trim() == "export");
            prop_assert!(entry.end_line() >= entry.line() && entry.end_line() as usize <= rows.len());
            match entry.value() {
                Cow::Borrowed(value) => prop_assert!(value.is_empty() || memory.contains(&value.as_ptr())),
                Cow::Owned(_) => prop_assert!(entry.quote() != Quote::None && entry.raw_value().contains(['\\', '\r'])),
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back(value in value()) {
        if let Ok(line) = write_entry("K", &value, Dialect::Portable) {
            let document = Document::parse(&line);
            prop_assert_eq!(document.get("K").map(|entry| entry.value()), Some(Cow::Borrowed(value.as_str())));
            prop_assert_eq!((document.entries().len(), document.problems().len()), (1, 0));
        }
    }

    #[test]
    fn a_change_changes_its_own_lines_only(text in file(), changes in prop::collection::vec((0..6_usize, value()), 1..4)) {
        let document = Document::parse(&text);
        let mut wanted = values(&text);
        let mut edit = document.edit();
        let names = ["A", "B", "C", "D", "E", "NEW"];
        for (name, value) in &changes {
            edit.set(names[*name], value);
            wanted.insert(names[*name].to_owned(), value.clone());
        }
        match edit.finish() {
            Ok(changed) => {
                prop_assert_eq!(values(&changed), wanted);
                let is_own = |name: &str| changes.iter().any(|(index, _)| names[*index] == name);
                let others = |text: &str| -> Vec<String> {
                    lines(text.trim_start_matches('\u{feff}'))
                        .filter(|line| !matches!(line.kind(), envctl_dotenv::LineKind::Entry(it) if is_own(it.name())))
                        .map(|line| line.text().trim_end_matches(['\r', '\n']).to_owned())
                        .collect()
                };
                prop_assert_eq!(others(&changed), others(&text));
                let comments = |text: &str| -> Vec<String> {
                    entries(text).filter_map(|it| it.comment().map(str::to_owned)).collect()
                };
                prop_assert_eq!(comments(&changed), comments(&text));
                let ends = |text: &str| text.trim_start_matches('\u{feff}').is_empty() || text.ends_with('\n');
                prop_assert_eq!(ends(&changed), ends(&text));
                let again = Document::parse(&changed);
                let mut edit = again.edit();
                for (name, value) in &changes {
                    edit.set(names[*name], value);
                }
                prop_assert_eq!(edit.finish(), Ok(changed.clone()));
            }
            Err(EditError::Unwritable(refused)) => prop_assert!(!refused.as_slice().is_empty()),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }
}
