//! The reference for a guide.

use super::{CONTRACTS, STACKS, assert_fresh, generated, generated_with, schema};

/// The references that are kept beside the examples.
const KEPT: &[(&str, &[&str])] = &[
    ("examples/proliferate/ENVIRONMENT.md", &["--project", "examples/proliferate"]),
    ("examples/tally/ENVIRONMENT.md", &["--project", "examples/tally"]),
    ("examples/dome/ENVIRONMENT.md", &["--project", "examples/dome"]),
];

#[test]
fn the_references_of_the_examples_are_fresh() {
    for (path, options) in KEPT {
        assert_fresh(path, &generated_with("markdown", options));
    }
}

#[test]
fn a_reference_has_a_row_for_every_variable_and_four_cells_in_each() {
    for contract in CONTRACTS.iter().chain(STACKS) {
        let text = generated("markdown", contract);
        let rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| <a id=")).collect();
        let schema = schema(contract);
        assert_eq!(rows.len(), schema.variables().len(), "{contract}");
        for variable in schema.variables() {
            let anchor = format!("| <a id=\"{0}\"></a>`{0}`", variable.name);
            assert_eq!(rows.iter().filter(|row| row.starts_with(&anchor)).count(), 1, "{anchor}");
        }
        for row in rows {
            let cells = row.replace(r"\|", "").matches('|').count();
            assert_eq!(cells, 5, "{contract}: {row}");
        }
    }
}
