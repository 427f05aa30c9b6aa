//! The table of layers tests itself.

use std::collections::BTreeSet;

use xtask::layering::table::{ROWS, Uses};

#[test]
fn each_crate_has_one_row() {
    let names: BTreeSet<_> = ROWS.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), ROWS.len());
}

#[test]
fn arrows_point_down_only() {
    let mut lower = BTreeSet::new();
    for row in ROWS {
        if let Uses::Only(uses) = row.uses {
            assert!(uses.iter().all(|name| lower.contains(name)), "{} uses what is above it", row.name);
        }
        lower.insert(row.name);
    }
}

#[test]
fn a_lean_crate_uses_lean_crates() {
    let lean = |name: &&str| ROWS.iter().any(|row| row.name == *name && row.lean);
    for row in ROWS.iter().filter(|row| row.lean) {
        assert!(matches!(row.uses, Uses::Only(uses) if uses.iter().all(lean)), "{}", row.name);
    }
}

#[test]
fn this_workspace_keeps_to_it() {
    let metadata = xtask::workspace::metadata().unwrap();
    assert_eq!(xtask::layering::in_manifests(&metadata), []);
}
