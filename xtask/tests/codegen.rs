//! Generated files.

use std::collections::BTreeSet;
use std::fs;

use xtask::codegen::{FILES, Generated, check, write};

const SAMPLE: &[Generated] = &[
    Generated { path: "schema/json/a.json", produce: || Ok("{}\n".to_owned()) },
    Generated { path: "b.json", produce: || Ok("[]\n".to_owned()) },
];

#[test]
fn writes_what_is_stale_and_only_that() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("b.json"), "[]\n").unwrap();
    assert_eq!(write(folder.path(), SAMPLE).unwrap(), ["schema/json/a.json"]);
    assert_eq!(fs::read_to_string(folder.path().join("schema/json/a.json")).unwrap(), "{}\n");
    assert_eq!(write(folder.path(), SAMPLE).unwrap(), Vec::<&str>::new());
    check(folder.path(), SAMPLE).unwrap();
}

#[test]
fn check_names_each_stale_file_and_the_command() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("b.json"), "{}\n").unwrap();
    let failure = check(folder.path(), SAMPLE).unwrap_err();
    assert_eq!(
        failure.to_string(),
        "schema/json/a.json is stale\nb.json is stale\nrun `cargo xtask codegen` and commit what it wrote"
    );
    assert_eq!(failure.exit_code(), 1);
    assert!(!folder.path().join("schema").exists(), "a check writes nothing");
}

#[test]
fn each_file_is_registered_once_and_ends_with_a_line_end() {
    let paths: BTreeSet<_> = FILES.iter().map(|file| file.path).collect();
    assert_eq!(paths.len(), FILES.len());
    for file in FILES {
        let text = (file.produce)().unwrap();
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{}", file.path);
        assert_eq!(text, (file.produce)().unwrap(), "{} is the same each time", file.path);
    }
}
