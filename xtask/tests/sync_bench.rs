//! What the measuring of `sync` reckons with: the project, the promises, and the table.

use std::collections::{BTreeMap, BTreeSet};

use xtask::bench::sync::figures::{Row, Work, measures, table};
use xtask::bench::sync::fleet::{Fleet, KEYS, Moment};
use xtask::bench::sync::programs::Program;
use xtask::bench::sync::timed::Spent;

#[test]
fn the_env_file_fulfils_the_contract_and_is_what_the_bundles_hold() {
    let fleet = Fleet { bundles: 25 };
    let schema = envschema::Schema::parse("fleet", &fleet.contract()).unwrap();
    for moment in [Moment::Before, Moment::After] {
        let text = fleet.env_file(moment);
        let values: BTreeMap<&str, &str> = text.lines().filter_map(|line| line.split_once('=')).collect();
        assert!(schema.validate(&values).is_valid());
        for (_, keys) in fleet.contents(moment) {
            assert_eq!(keys.len(), KEYS);
            assert!(keys.iter().all(|(key, value)| values.get(&**key) == Some(&&**value)));
        }
    }
}

#[test]
fn one_key_of_every_tenth_bundle_changes() {
    let fleet = Fleet { bundles: 25 };
    let pairs = fleet.contents(Moment::Before).zip(fleet.contents(Moment::After));
    let changed: Vec<usize> = pairs
        .map(|((name, before), (same, after))| {
            assert_eq!(name, same);
            before.iter().filter(|(key, value)| after.get(*key) != Some(value)).count()
        })
        .collect();
    assert_eq!(changed.iter().filter(|keys| **keys == 1).count(), fleet.changed());
    assert_eq!(changed.iter().sum::<usize>(), 3);
}

#[test]
fn every_bundle_has_a_target_and_a_name_of_its_own() {
    let fleet = Fleet { bundles: 25 };
    let names: BTreeSet<String> = fleet.contents(Moment::Before).map(|(name, _)| name).collect();
    assert_eq!(names.len(), 25);
    let settings = fleet.settings();
    assert!(names.iter().all(|name| settings.contains(&format!("secret = \"{name}\""))));
}

#[test]
fn promised_calls() {
    let promised = |bundles, changed| Work::ALL.map(|work| work.promised(bundles, changed));
    assert_eq!(promised(10, 1), [1 + 1 + 20 + 1, 1 + 1, 1 + 1 + 3 + 1]);
    assert_eq!(promised(1000, 100), [1 + 50 + 2000 + 50, 1 + 50, 1 + 50 + 300 + 5]);
}

#[test]
fn what_time_tells() {
    let spent = Spent { seconds: 1.5, busy: 0.75, memory: 12_345 };
    assert_eq!(Spent::from_report(1.5, "0.50 0.25 12345\n"), Some(spent));
    let behind_a_message = "Command exited with non-zero status 254\n0.50 0.25 12345\n";
    assert_eq!(Spent::from_report(1.5, behind_a_message), Some(spent));
    assert_eq!(Spent::from_report(1.5, ""), None);
    let mut all = spent;
    all.add(Spent { seconds: 1.0, busy: 0.25, memory: 5 });
    assert_eq!(all, Spent { seconds: 2.5, busy: 1.0, memory: 12_345 });
}

fn row(program: Program, bundles: usize, sample: usize, calls: usize, seconds: f64) -> Row {
    let spent = Spent { seconds, busy: seconds / 2.0, memory: 50_000 };
    let once = Spent::default();
    Row { bundles: sample, work: Work::Unchanged, program, calls, spent, once, sample }.reckoned(bundles)
}

#[test]
fn a_sample_is_reckoned_for_all() {
    let all = row(Program::AwsCli, 1000, 10, 10, 8.0);
    assert_eq!((all.bundles, all.sample, all.calls), (1000, 10, 1000));
    assert_eq!(all.spent, Spent { seconds: 800.0, busy: 400.0, memory: 50_000 });
}

#[test]
fn what_is_spent_once_does_not_grow() {
    let spent = |seconds| Spent { seconds, busy: seconds, memory: 50_000 };
    let row = row(Program::PerKey, 10, 10, 30, 2.0);
    let all = Row { spent: spent(2.0), once: spent(0.5), ..row }.reckoned(100);
    assert_eq!((all.calls, all.spent), (300, spent(15.5)));
}

#[test]
fn the_table_marks_what_was_reckoned() {
    let rows = [row(Program::Envctl, 100, 100, 6, 0.25), row(Program::AwsCli, 100, 10, 10, 8.0)];
    assert_eq!(
        table(&rows),
        "\
bundles  work            program         calls       wall       CPU   memory    calls    wall
    100  unchanged       envctl              6     0.25 s    0.12 s    51 MB     1.0x    1.0x
    100  unchanged       AWS CLI          ~100   ~80.00 s  ~40.00 s    51 MB    16.7x  320.0x
"
    );
}

#[test]
fn figures_have_what_is_promised_as_their_budget() {
    let rows = [
        row(Program::Envctl, 100, 100, 6, 0.25),
        row(Program::AwsCli, 100, 10, 10, 8.0),
        row(Program::Envctl, 1000, 1000, 52, 2.0),
    ];
    let measures = measures(&rows, |bundles| bundles / 10);
    let kept: Vec<_> = measures.iter().map(|measure| (measure.figure, measure.is_kept())).collect();
    assert_eq!(kept[..2], [(6.0, true), (52.0, false)]);
    assert!(kept[2].0.is_nan(), "no row for what is new");
    assert_eq!(kept[3], (1.0, true));
}
