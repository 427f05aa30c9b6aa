//! dotenvy, in this process. It looks references up in the environment of the tests, where the names of the random
//! files are not.

use std::collections::BTreeMap;

use envctl_dotenv::{Dialect, Reader};

use super::{Driver, Real, Sight, random, random_files_are_read_alike, written_values_come_back};

const DOTENVY: Real =
    Real { name: "dotenvy", dialect: Dialect::Dotenvy, batch: 50, driver: Driver::Function(read_all) };

#[test]
fn dotenvy_reads_back_what_is_written_for_it() {
    written_values_come_back(&DOTENVY);
}

#[test]
fn dotenvy_reads_files_as_our_rules_do() {
    random_files_are_read_alike(&DOTENVY, |_| None);
}

#[test]
fn dotenvy_loads_what_comes_before_a_bad_line_as_our_rules_do() {
    let mut random = random::Source::new();
    for _ in 0..1000 {
        let text = random.file();
        let theirs: BTreeMap<_, _> = dotenvy::from_read_iter(text.as_bytes()).map_while(Result::ok).collect();
        let ours = Reader::new(Dialect::Dotenvy).read(&text);
        let ours =
            ours.variables().map(|it| (it.name().to_owned(), it.value().unwrap_or_default().to_owned()));
        assert_eq!(ours.collect::<BTreeMap<_, _>>(), theirs, "{text:?}");
    }
}

#[expect(clippy::unnecessary_wraps, reason = "other programs may be missing")]
fn read_all(texts: &[String]) -> Option<Vec<Sight>> {
    Some(texts.iter().map(|text| read(text)).collect())
}

fn read(text: &str) -> Sight {
    match dotenvy::from_read_iter(text.as_bytes()).collect() {
        Ok(values) => Sight::Values(values),
        Err(error) => Sight::Refused(error.to_string()),
    }
}
