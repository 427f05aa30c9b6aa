//! What holds for every dialect.

use std::collections::BTreeSet;

use envctl_dotenv::{
    Dialect, Document, Outcome, Reader, Unwritable, common_spelling, portability, respell, write_entry,
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
    let text = "# head\nexport A = two words # why\r\nB=kept\nC=a#b\n";
    let respelt = respell(&Document::parse(text), &["A", "C"], &readers());
    assert_eq!(
        respelt.text,
        "# head\n# why\r\nA='two words'\r\nB=kept\nC=a\n#b\n".replace("C=a\n#b\n", "# b\nC=a\n")
    );
    assert_eq!(respelt.left, []);
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
