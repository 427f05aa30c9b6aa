//! What a document and its entries tell besides names and values.

use std::borrow::Cow;

use envctl_dotenv::{Document, LineKind, NotUtf8, Quote, Severity, decode};

#[test]
fn places_are_exact() {
    let document = Document::parse("\u{feff}A=1\r\n  export B = 'x\r\ny' # é\r\n\r\nC=\"\"\r\n");
    let places: Vec<_> = document
        .entries()
        .map(|it| (it.line(), it.column(), it.value_line(), it.value_column(), it.end_line()))
        .collect();
    assert_eq!(places, [(1, 1, 1, 3, 1), (2, 10, 2, 15, 3), (5, 1, 5, 4, 5)]);
}

#[test]
fn entries_tell_how_they_are_written() {
    let document = Document::parse("export A=1\nB='2' # two \nC=\"3\"#\nD=`4`\nE= # five\n");
    let told: Vec<_> = document.entries().map(|it| (it.quote(), it.is_export(), it.comment())).collect();
    assert_eq!(
        told,
        [
            (Quote::None, true, None),
            (Quote::Single, false, Some("two")),
            (Quote::Double, false, Some("")),
            (Quote::Backtick, false, None),
            (Quote::None, false, Some("five")),
        ]
    );
}

#[test]
fn values_are_borrowed_unless_they_change() {
    let document = Document::parse("A=\\n\nB='a\nb'\nC=\"a\nb\"\nD=\"\\n\"\nE='a\r\nb'\n");
    let borrowed: Vec<_> = document.entries().map(|it| matches!(it.value(), Cow::Borrowed(_))).collect();
    assert_eq!(borrowed, [true, true, true, false, false]);
    assert_eq!(document.get("D").map(|it| it.raw_value()), Some("\\n"));
}

#[test]
fn the_last_of_a_name_counts_and_all_are_listed() {
    let document = Document::parse("A=1\nB=1\nC=1\nB=2\n\nA=2\nA=3\n");
    assert_eq!(document.get("A").map(|it| it.line()), Some(7));
    assert!(document.get("a").is_none());
    let duplicates: Vec<_> = document.duplicates().into_iter().map(|it| (it.name, it.lines)).collect();
    assert_eq!(duplicates, [("A", vec![1, 6, 7]), ("B", vec![2, 4])]);
}

#[test]
fn lines_keep_everything() {
    let document = Document::parse("# c\r\n\nA='1\n2'\noops");
    let lines: Vec<_> = document
        .lines()
        .map(|line| {
            let kind = match line.kind() {
                LineKind::Blank => "blank",
                LineKind::Comment => "comment",
                LineKind::Entry(_) => "entry",
                LineKind::Bad(_) => "bad",
            };
            (line.number(), kind, line.text())
        })
        .collect();
    assert_eq!(
        lines,
        [(1, "comment", "# c\r\n"), (2, "blank", "\n"), (3, "entry", "A='1\n2'\n"), (5, "bad", "oops")]
    );
}

#[test]
fn problems_name_the_variable_when_the_line_has_one() {
    let document = Document::parse("A='x\nB=\"x\"y\nC=x#y\nsecret\nse cret=x\n");
    let named: Vec<_> = document.problems().iter().map(|it| (it.name(), it.severity())).collect();
    assert_eq!(
        named,
        [
            (Some("A"), Severity::Error),
            (Some("B"), Severity::Error),
            (Some("C"), Severity::Warning),
            (None, Severity::Error),
            (None, Severity::Error),
        ]
    );
    let first = &document.problems()[0];
    assert_eq!(first.to_string(), "line 1, column 3: A: the quote that opens the value is never closed");
    assert_eq!(document.problems()[3].to_string(), "line 4, column 1: the line has no `=`");
}

#[test]
fn bytes_that_are_not_text_have_a_place() {
    assert_eq!(decode(b"A=1\r\nB=\xc3\xa9\xff\n"), Err(NotUtf8 { line: 2, column: 4 }));
    assert_eq!(decode(b"\xff\xfeA\0"), Err(NotUtf8 { line: 1, column: 1 }));
    assert!(Document::from_bytes(b"A=\x80").is_err());
    assert_eq!(
        Document::from_bytes(b"A=1").ok().and_then(|it| it.get("A").map(|it| it.value())),
        Some("1".into())
    );
}

/// Each faulty line makes the scan look for a closing quote; it must not look through the whole text each time.
#[test]
fn broken_quotes_do_not_make_reading_slow() {
    let lines = 20_000;
    let text: String =
        (0..lines).map(|n| ["A=\"x\\\"\n", "B='x\n", "C=`\\\n", "D=\"\\\\\n"][n % 4]).collect();
    assert_eq!(Document::parse(&text).lines().map(|line| line.text().len()).sum::<usize>(), text.len());
    let unclosed = "A=\"\\\"\n".repeat(lines);
    assert_eq!(Document::parse(&unclosed).as_str(), unclosed);
}
