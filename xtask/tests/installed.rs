//! What is installed for tests: every set says what from, and has a folder to itself.

use std::collections::BTreeSet;

use xtask::bench::sync;
use xtask::{aws, readers};

#[test]
fn every_set_has_its_files() {
    for set in readers::SETS.iter().chain(aws::SETS).chain(sync::SETS) {
        for file in set.sources() {
            assert!(file.is_file(), "{}", file.display());
        }
    }
}

#[test]
fn every_set_has_a_folder_to_itself() {
    let sets = || readers::SETS.iter().chain(aws::SETS).chain(sync::SETS);
    let folders: BTreeSet<_> = sets().map(|set| set.folder).collect();
    assert_eq!(folders.len(), sets().count());
    assert!(folders.iter().all(|folder| folder.starts_with("target/")));
}
