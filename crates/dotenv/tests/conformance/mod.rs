//! Real programs read what we write and what nobody should write, and every difference fails.
//!
//! `cargo xtask readers` installs the programs; a reader that is not there is passed over, but not where `CI` is set.
//! `ENVCTL_CONFORMANCE=2000` runs that many rounds instead of the few that every test run has.

mod docker;
mod dotenvy;
mod godotenv;
mod measured;
mod native;
mod npm;
mod python;
mod random;
mod real;
mod ruby;
mod shell;
mod systemd;

use std::collections::{BTreeMap, BTreeSet};

use envctl_dotenv::{Dialect, Effect, Outcome, Reader, Reading, Variable, write_entry};

pub(crate) use real::{Driver, Real, Sight, folder, tool};

/// Names that values are written under.
fn name(index: usize) -> String {
    format!("V{index}")
}

/// Random values are written for a reader and read by the real program; every one that is not refused comes back.
pub(crate) fn written_values_come_back(real: &Real) {
    let Some(rounds) = real.rounds() else { return };
    let mut random = random::Source::new();
    let mut counts = (0, 0);
    for round in 0..rounds {
        let mut texts = Vec::new();
        let mut wanted = Vec::new();
        for batch in 0..real.batch {
            let is_first = round == 0 && batch == 0;
            let value = |index| if is_first && index == 0 { random.long_value() } else { random.value() };
            let values: Vec<_> = (0..8).map(value).collect();
            let mut text = String::new();
            let mut kept = BTreeMap::new();
            for (index, value) in values.into_iter().enumerate() {
                let Ok(line) = write_entry(&name(index), &value, real.dialect) else {
                    counts.1 += 1;
                    continue;
                };
                text.push_str(&line);
                text.push('\n');
                kept.insert(name(index), value);
            }
            counts.0 += kept.len();
            texts.push(text);
            wanted.push(kept);
        }
        let Some(sights) = real.read(&texts) else { return };
        for ((text, sight), mut wanted) in texts.iter().zip(sights).zip(wanted) {
            let Sight::Values(mut values) = sight else { panic!("{} refuses {text:?}", real.name) };
            values.retain(|name, _| wanted.contains_key(name));
            if real.dialect == Dialect::Varlock {
                wanted.retain(|_, value| !value.is_empty());
            }
            assert_eq!(values, wanted, "{} reads {text:?}", real.name);
        }
    }
    real.tell(&format!("values written {}, refused {}, differences 0", counts.0, counts.1));
}

/// Random files are read by our rules for a reader and by the real program, alike. `excepted` names what a file has
/// that our rules leave out, as the dialect's page says.
pub(crate) fn random_files_are_read_alike(real: &Real, excepted: fn(&str) -> Option<&'static str>) {
    files_are_read_alike(real, "files read", random::Source::file, excepted);
}

/// The same with files that are all assignments of a shell.
pub(crate) fn random_assignments_are_read_alike(real: &Real) {
    files_are_read_alike(real, "assignments read", random::Source::assignments, |_| None);
}

fn files_are_read_alike(
    real: &Real,
    what: &str,
    made: fn(&mut random::Source) -> String,
    excepted: fn(&str) -> Option<&'static str>,
) {
    let Some(rounds) = real.rounds() else { return };
    let mut random = random::Source::new();
    let mut counts = (0, BTreeMap::<_, usize>::new());
    let mut untold = 0;
    for _ in 0..rounds {
        let mut texts = Vec::new();
        while texts.len() < real.batch {
            let text = made(&mut random);
            match excepted(&text) {
                Some(reason) => *counts.1.entry(reason).or_default() += 1,
                None => texts.push(text),
            }
        }
        let Some(sights) = real.read(&texts) else { return };
        for (text, sight) in texts.iter().zip(sights) {
            counts.0 += 1;
            let ours = Reader::new(real.dialect).read(text);
            untold += usize::from(ours.is_untold());
            if let Some(difference) = difference(real.dialect, &ours, &sight) {
                panic!("{} and our rules differ in {difference}\nfile: {text:?}\nit: {sight:?}", real.name);
            }
        }
    }
    real.tell(&format!(
        "{what} {}, not told by the rules {untold}, excepted {:?}, differences 0",
        counts.0, counts.1
    ));
}

/// The first thing that is read in two ways. What our rules do not tell is no difference.
fn difference(dialect: Dialect, ours: &Reading, theirs: &Sight) -> Option<String> {
    let theirs = match theirs {
        Sight::Refused(_) if ours.is_refused() || tells_nothing(ours) => return None,
        Sight::Refused(error) => return Some(format!("whether it is refused: {error}")),
        Sight::Values(_) if ours.is_refused() => return Some("whether it is refused: it is not".to_owned()),
        Sight::Values(values) => values,
    };
    let names: BTreeSet<_> =
        ours.variables().map(Variable::name).chain(theirs.keys().map(String::as_str)).collect();
    names.into_iter().find_map(|name| match (ours.outcome(name), theirs.get(name)) {
        (Outcome::Unknown, _) | (Outcome::Absent, None) => None,
        (Outcome::Value(value), Some(other)) if value == other => None,
        // varlock does not set what is optional and empty.
        (Outcome::Value(""), None) if dialect == Dialect::Varlock => None,
        (Outcome::Value(value), other) => Some(format!("{name}: ours {value:?}, theirs {other:?}")),
        (_, other) => Some(format!("{name}: ours none, theirs {other:?}")),
    })
}

/// Whether our rules give up on the text, as those of a shell may.
fn tells_nothing(ours: &Reading) -> bool {
    ours.remarks().iter().any(|remark| remark.effect == Effect::Unknown)
        && ours.variables().all(|it| it.value().is_none())
}

/// The programs that a measurement of one dialect may come from.
fn measured_as(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::NodeDotenv => &["node-dotenv", "node-dotenv-fast", "node-dotenv-16"],
        Dialect::Node => &["node-builtin-22", "node-builtin-24", "node-builtin-26"],
        Dialect::Bun => &["bun"],
        Dialect::Deno => &["deno"],
        Dialect::Vite => &["dotenv-expand"],
        Dialect::Next => &["next-env"],
        Dialect::Varlock => &["varlock"],
        Dialect::Dotenvx => &["dotenvx"],
        Dialect::Docker => &["docker"],
        Dialect::Systemd => &["systemd"],
        Dialect::Bash => &["bash", "dash"],
        Dialect::PythonDotenv => &["python-dotenv"],
        Dialect::Dotenvy => &["dotenvy"],
        Dialect::Godotenv => &["godotenv"],
        Dialect::RubyDotenv => &["ruby-dotenv"],
        Dialect::Compose => &["compose-go"],
        _ => &[],
    }
}
