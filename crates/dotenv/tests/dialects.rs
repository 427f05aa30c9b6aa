//! Every dialect, whatever the text or the value.

use envctl_dotenv::{Dialect, Effect, Outcome, Reader, write_entry};
use proptest::prelude::*;

/// Text with much of what readers treat as special.
fn text() -> impl Strategy<Value = String> {
    let special = prop::sample::select(vec![
        "A=", "B=", "=", ":", "export ", "$A", "${", "${A:-", "${A", "}", "$(", ")", "\\", "\"", "'", "`",
        "#", " ", "\n", "\r\n", "\\0", "\u{feff}", "\u{85}", "é", "\0",
    ]);
    prop::collection::vec(prop_oneof![3 => special.prop_map(str::to_owned), 1 => ".{0,3}"], 0..30)
        .prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn every_dialect_reads_any_text(text in text()) {
        for &dialect in Dialect::ALL {
            let reading = Reader::new(dialect).read(&text);
            let lines = text.split(['\n', '\r']).count();
            for variable in reading.variables() {
                prop_assert!((1..=lines).contains(&(variable.line() as usize)), "{dialect}: {}", variable.line());
            }
        }
    }

    #[test]
    fn every_dialect_reads_back_what_is_written_for_it(value in text()) {
        for &dialect in Dialect::ALL {
            if let Ok(line) = write_entry("NAME", &value, dialect) {
                let reading = Reader::new(dialect).read(&line);
                prop_assert!(reading.outcome("NAME") == Outcome::Value(&value), "{dialect}: {line:?}");
            }
        }
    }
}

#[test]
fn values_that_double_are_told_to_be_too_long() {
    let text = format!("A=aaaaaaaa\n{}", "A=\"${A}${A}\"\nB=b\n".repeat(64));
    for dialect in
        [Dialect::Compose, Dialect::Dotenvy, Dialect::Godotenv, Dialect::PythonDotenv, Dialect::RubyDotenv]
    {
        let reading = Reader::new(dialect).read(&text);
        assert_eq!(
            (reading.outcome("A"), reading.outcome("B")),
            (Outcome::Unknown, Outcome::Value("b")),
            "{dialect}"
        );
        assert!(!reading.remarks().is_empty(), "{dialect}");
    }
}

#[test]
fn a_command_is_told_and_never_run() {
    let reading = Reader::new(Dialect::RubyDotenv).read("A='$(x)'\nB=\\$(x)\nC=\"$(x)\"\nD=$C\nE=$A\n");
    let outcomes = ["A", "B", "C", "D", "E"].map(|name| reading.outcome(name));
    let [command, unknown] = [Outcome::Value("$(x)"), Outcome::Unknown];
    assert_eq!(outcomes, [command, command, unknown, unknown, command]);
    assert_eq!((reading.remarks()[0].line, reading.remarks()[0].effect), (3, Effect::Runs));
}

#[test]
fn variables_of_the_process_go_first_where_the_reader_lets_them() {
    let process = |name: &str| (name == "A").then(|| "process".to_owned());
    let text = "A=file\nB=${A}\nA\n";
    let read = |dialect| {
        let reading = Reader::new(dialect).environment(&process).read(text);
        ["A", "B"].map(|name| match reading.outcome(name) {
            Outcome::Value(value) => value.to_owned(),
            other => format!("{other:?}"),
        })
    };
    assert_eq!(read(Dialect::Compose), ["process", "process"]);
    assert_eq!(read(Dialect::RubyDotenv), ["process", "process"]);
    // A bad line, but what comes before it is loaded.
    assert_eq!(read(Dialect::Dotenvy), ["file", "process"]);
    // The name alone takes the value away.
    assert_eq!(read(Dialect::PythonDotenv), ["Absent", "file"]);
    assert_eq!(read(Dialect::Godotenv), ["Refused", "Refused"]);
}
