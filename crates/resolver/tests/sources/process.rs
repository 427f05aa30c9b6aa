//! The process environment as a snapshot.

use std::ffi::OsString;

use envctl_resolver::LayerKind;
use envctl_resolver::sources::{ProcessSnapshot, SourceError};
use envctl_testkit::Canaries;
use envschema::Place;

use super::text;

#[test]
fn only_declared_names_become_a_layer() {
    let snapshot: ProcessSnapshot = [("A", "1"), ("EMPTY", ""), ("OTHER", "x")].into_iter().collect();
    let layer = snapshot.layer(["A", "EMPTY", "MISSING"].into_iter()).unwrap();
    let mut names: Vec<_> = layer.names().collect();
    names.sort_unstable();
    assert_eq!(names, ["A", "EMPTY"]);
    assert_eq!(layer.kind(), LayerKind::Process);
    let found = layer.get("A").unwrap();
    assert_eq!((text(&found.value), &found.place), ("1", &Place::Process { name: "A".into() }));
}

#[cfg(unix)]
#[test]
fn a_declared_name_must_be_text_and_others_need_not() {
    use std::os::unix::ffi::OsStringExt;
    let broken = || OsString::from_vec(vec![b'a', 0xff]);
    let snapshot: ProcessSnapshot = [
        (OsString::from("A"), OsString::from("1")),
        (OsString::from("BROKEN"), broken()),
        (broken(), broken()),
    ]
    .into_iter()
    .collect();
    assert!(snapshot.layer(["A"].into_iter()).is_ok());
    let error = snapshot.layer(["A", "BROKEN"].into_iter()).unwrap_err();
    assert!(matches!(&error, SourceError::NotUnicode { name } if name == "BROKEN"));
}

#[test]
fn nothing_is_shown() {
    let mut canaries = Canaries::new();
    let secret = canaries.plant("variable");
    let snapshot: ProcessSnapshot = [("TOKEN", &secret)].into_iter().collect();
    canaries.scan("Debug of the snapshot", format!("{snapshot:?}"));
    canaries.scan("Debug of the layer", format!("{:?}", snapshot.layer(["TOKEN"].into_iter())));
}
