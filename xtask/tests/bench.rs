//! What the benchmark feeds its programs, and how it judges what it measured.

use std::collections::BTreeMap;

use proptest::prelude::*;
use xtask::bench::sample::sample;
use xtask::bench::stats::{median, median_ratio};
use xtask::bench::{Measure, table};

#[test]
fn the_sample_fulfils_its_contract() {
    for variables in [1, 10, 100, 101] {
        let sample = sample(variables);
        let schema = envschema::Schema::parse("sample", &sample.contract).unwrap();
        assert_eq!(schema.variables().len(), variables);
        let values: BTreeMap<&str, &str> =
            sample.env_file.lines().filter_map(|line| line.split_once('=')).collect();
        let findings = schema.validate(&values);
        let messages: Vec<_> = findings.iter().map(|finding| &finding.message).collect();
        assert_eq!(messages, Vec::<&String>::new());
    }
}

#[test]
fn medians() {
    assert!(median(&[]).is_nan());
    assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
    assert_eq!(median(&[4.0, 1.0]), 2.5);
    assert_eq!(median_ratio(&[2.0, 40.0, 3.0], &[1.0, 10.0, 1.0]), 3.0);
}

#[test]
fn lines_of_other_programs() {
    let measure = Measure { name: "a = b".to_owned(), figure: 10.4, budget: 15.0 };
    assert_eq!(Measure::from_line("measure: a = b = 10.4 (budget 15)"), Some(measure));
    for other in ["", "measure: x", "measure: x = 1", "measure: x = 1 (budget y)", "x = 1 (budget 2)"] {
        assert_eq!(Measure::from_line(other), None, "{other}");
    }
}

#[test]
fn the_table_marks_what_is_above_its_budget() {
    let measure = |name: &str, figure| Measure { name: name.to_owned(), figure, budget: 1.5 };
    assert_eq!(
        table(&[measure("start", 1.25), measure("parse and check", 2.0)]),
        "measure            figure   budget\n\
         start                1.25     1.50  ok\n\
         parse and check      2.00     1.50  ABOVE\n"
    );
    assert!(!measure("nothing measured", f64::NAN).is_kept());
}

proptest! {
    #[test]
    fn a_measure_is_read_as_it_is_written(name in "[a-z=() ]{1,20}", figure in 0.0..1e6, budget in 0.0..1e6) {
        let line = format!("measure: x{name}x = {figure} (budget {budget})");
        let measure = Measure { name: format!("x{name}x"), figure, budget };
        prop_assert_eq!(Measure::from_line(&line), Some(measure));
    }
}
