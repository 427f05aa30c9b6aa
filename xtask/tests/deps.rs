//! Counting the crates that come along.

use std::collections::BTreeSet;

use xtask::deps::{CEILINGS, crates};
use xtask::layering::table;

#[test]
fn each_version_counts_once_and_the_crate_itself_does_not() {
    let tree = "envschema v0.1.0 (/workspace/crates/envschema)\nserde v1.0.0\nserde_derive v1.0.0 (proc-macro)\n\
                syn v2.0.0\nsyn v3.0.0\nserde v1.0.0 (*)\n\n";
    let expected = ["serde v1.0.0", "serde_derive v1.0.0", "syn v2.0.0", "syn v3.0.0"];
    assert_eq!(crates(tree, "envschema"), expected.map(str::to_owned).into());
}

#[test]
fn each_ceiling_is_for_a_crate_of_ours() {
    let packages: BTreeSet<_> = CEILINGS.iter().map(|ceiling| ceiling.package).collect();
    assert_eq!(packages.len(), CEILINGS.len());
    assert!(packages.iter().all(|package| table::row(package).is_some_and(|row| row.silent)));
}
