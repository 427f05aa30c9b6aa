//! What holds for every dialect.

use std::collections::BTreeSet;

use envctl_dotenv::{
    Dialect, Document, Effect, Outcome, Reader, Unwritable, Why, common_spelling, portability, respell,
    write_entry,
};
use proptest::prelude::*;

/// Those that know quotes, and so can be told alike.
fn readers() -> Vec<Dialect> {
    let wanted = |dialect: &Dialect| !matches!(dialect, Dialect::Portable | Dialect::Docker);
    Dialect::ALL.iter().copied().filter(wanted).collect()
}

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "A=", "B=", "export ", "A", "=", "'", "\"", "`", "\\", "\n", "\r\n", "\r", " ", "\t", "#", " # c", "$X", "${A}",
            "${A:-", "}", "$(", ")", "x", "é", "\u{a0}", "\0", "\u{feff}", "A='x'\n", "B=\"a\\nb\"\n", "C=`1\n2`\n", ":", "$",
            "\u{2028}", "à", "${", "{", "\\\n",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

fn value() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "a", "1", " ", "'", "\"", "`", "\\", "$", "\n", "#", "=", "é", "\t", "undefined", "$A", "${A}", "\\n", "\r", "(", ")",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

#[test]
fn every_dialect_is_listed_once_and_found_by_its_names() {
    let mut names = BTreeSet::new();
    for &dialect in Dialect::ALL {
        for name in dialect.other_names().iter().copied().chain([dialect.name()]) {
            assert!(names.insert(name), "{name}");
            assert_eq!(name.parse(), Ok(dialect));
        }
        assert!(!dialect.title().is_empty() && !dialect.checked().is_empty(), "{dialect}");
    }
    let error = "vita".parse::<Dialect>().expect_err("no such reader");
    assert!(
        error.to_string().starts_with("no reader of .env text is called `vita`; there are portable, "),
        "{error}"
    );
}

#[test]
fn a_password_that_vite_would_cut_is_told() {
    let text = "A=1\nDB_PASSWORD='pa$word'\n";
    let portability = portability(text, &readers());
    let [divergence] = portability.divergences().try_into().expect("one variable");
    assert_eq!((divergence.name, divergence.line), ("DB_PASSWORD", 2));
    let [(cut, few), (whole, most)] = divergence.outcomes.try_into().expect("two outcomes");
    assert!(cut == Outcome::Value("pa") && whole == Outcome::Value("pa$word"));
    assert_eq!(few, [Dialect::Vite, Dialect::Next, Dialect::Bun]);
    assert_eq!(most.len(), readers().len() - 3);
    let escaped = common_spelling("pa$word", &few).expect("they agree on a backslash");
    assert!(escaped.contains("pa\\$word"), "{escaped}");
    assert_eq!(common_spelling("pa$word", &readers()), None);
}

#[test]
fn what_one_reader_cannot_hold_names_those_that_can() {
    let Unwritable { name, readers, .. } =
        write_entry("PEM", "a\nb", Dialect::Docker).expect_err("a line is all that docker reads");
    assert_eq!(name, "PEM");
    assert_eq!(readers.len(), Dialect::ALL.len() - 1);
}

#[test]
fn values_are_spelt_anew_and_comments_stay() {
    let text = "# head\nexport A = two words # why\r\nB=kept\nC=a #b\n";
    let respelt = respell(&Document::parse(text), &readers());
    assert_eq!(respelt.text, "# head\n# why\r\nA='two words'\r\nB=kept\n# b\nC=a\n");
    assert_eq!((respelt.changed, respelt.left), (vec!["A".to_owned(), "C".to_owned()], vec![]));
}

#[test]
fn what_is_not_certain_keeps_its_spelling() {
    let left = |text: &str, readers: &[Dialect]| {
        let respelt = respell(&Document::parse(text), readers);
        assert_eq!(respelt.text, text);
        respelt.left.into_iter().map(|left| (left.line, left.why)).collect::<Vec<_>>()
    };
    assert_eq!(left("A=pa#ss\n", &readers()), [(1, Why::Hash)]);
    let vite = [Dialect::Portable, Dialect::Vite];
    assert_eq!(
        left("HOST=db\nA=$HOST:1\nB=\"${HOST:-x}\"\n", &vite),
        [(2, Why::Reference), (3, Why::Reference)]
    );
    assert_eq!(
        left("A=two words\nB=\"open\nC=two words\n", &readers()),
        [(1, Why::BrokenQuote), (3, Why::BrokenQuote)]
    );
    // No variable of the file has this name.
    let respelt = respell(&Document::parse("HOST=db\nA='pa$word'\n"), &vite);
    assert_eq!(respelt.text, "HOST=db\nA=\"pa\\$word\"\n");
}

/// Whether the reader puts values of variables into others.
fn expands(dialect: Dialect) -> bool {
    Reader::new(dialect).read("A=a\nB=\"${A}\"\n").outcome("B") == Outcome::Value("a")
}

#[test]
fn values_that_double_are_told_to_be_too_long() {
    let doubled = (1..64).map(|n| format!("A{n}=\"${{A{}}}${{A{}}}\"\n", n - 1, n - 1));
    let text = format!("A0=aaaaaaaa\n{}B=b\n", doubled.collect::<String>());
    let expanding: Vec<_> = Dialect::ALL.iter().copied().filter(|dialect| expands(*dialect)).collect();
    assert_eq!(expanding.len(), 12);
    for dialect in expanding {
        let reading = Reader::new(dialect).read(&text);
        assert!(matches!(reading.outcome("A63"), Outcome::Unknown | Outcome::Refused), "{dialect}");
        assert!(
            matches!(reading.outcome("B"), Outcome::Value("b") | Outcome::Refused | Outcome::Unknown),
            "{dialect}"
        );
        assert!(!reading.remarks().is_empty(), "{dialect}");
    }
}

#[test]
fn values_that_double_themselves_are_told_to_be_too_long() {
    // Where JavaScript replaces, what stands before and behind the reference goes in for `` $` `` and `$'`.
    for around in ["$`", "$'", "$`$'"] {
        for text in [
            format!("B={{aaaa}}$A{around}\nA={around}$A\n"),
            format!("A=aaaa$A{around}aaaa\n"),
            format!("A='{around}${{A}}{around}'\nB=\"x$A${{A}}x\"\n"),
            format!("A='x${{B:-y{around}${{B}}}}x'\nB='{around}$A'\n"),
        ] {
            for &dialect in Dialect::ALL {
                let reading = Reader::new(dialect).read(&text);
                let longest = reading.variables().filter_map(|it| it.value()).map(str::len).max();
                assert!(longest.is_none_or(|length| length < 16 << 20), "{dialect}: {text}");
            }
        }
    }
}

#[test]
fn long_stretches_of_one_thing_are_read_in_one_go() {
    // Looking at what follows from each piece anew would take minutes.
    let long = |piece: &str| piece.repeat(1 << 16);
    let texts = [
        (Dialect::NodeDotenv, format!("{}A=1\n", long("\n"))),
        (Dialect::NodeDotenv, format!("{}A=1\n", long(" \r"))),
        (Dialect::NodeDotenv, format!("B=\"{}\nA=1\n", long("\\\"#"))),
        (Dialect::NodeDotenv, format!("B=x{}\nA=1\n", long("\u{2028}'a"))),
        (Dialect::Dotenvx, format!("B=\"{}\"\nA=1\n", long("$("))),
        (Dialect::Varlock, format!("B={}\nA=1\n", long("$A"))),
        (Dialect::Godotenv, format!("A=1\n{}", long("B\r"))),
    ];
    for (dialect, text) in texts {
        assert!(Reader::new(dialect).read(&text).outcome("A") == Outcome::Value("1"), "{dialect}");
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_dialect_reads_any_text(text in text()) {
        for &dialect in Dialect::ALL {
            let reading = Reader::new(dialect).read(&text);
            let lines = text.matches('\n').count() + text.matches('\r').count() + 1;
            for variable in reading.variables() {
                prop_assert!((1..=lines).contains(&(variable.line() as usize)), "{} {:?}", dialect, variable);
            }
        }
    }

    #[test]
    fn every_dialect_reads_back_what_is_written_for_it(value in value()) {
        for &dialect in Dialect::ALL {
            let Ok(line) = write_entry("NAME", &value, dialect) else { continue };
            let text = format!("A=1\n{line}\nZ='it'\n");
            let reading = Reader::new(dialect).read(&text);
            prop_assert!(reading.outcome("NAME") == Outcome::Value(&value), "{}: {:?}", dialect, text);
        }
    }

    #[test]
    fn what_is_written_for_most_is_read_alike_by_all_but_docker(value in value()) {
        let Ok(line) = write_entry("NAME", &value, Dialect::Portable) else { return Ok(()) };
        let everything_set = |name: &str| (name != "NAME").then(|| "outside".to_owned());
        for reader in readers() {
            let reading = Reader::new(reader).environment(&everything_set).read(&format!("{line}\n"));
            prop_assert!(reading.outcome("NAME") == Outcome::Value(&value), "{}: {:?}", reader, line);
        }
    }

    #[test]
    fn what_is_spelt_for_several_is_read_by_each(value in value()) {
        let readers = readers();
        if let Some(spelling) = common_spelling(&value, &readers) {
            for reader in readers {
                let reading = Reader::new(reader).read(&format!("NAME={spelling}\n"));
                prop_assert!(reading.outcome("NAME") == Outcome::Value(&value), "{}: {:?}", reader, spelling);
            }
        }
    }
}
