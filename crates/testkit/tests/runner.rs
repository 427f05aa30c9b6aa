//! The helpers must find what they claim to find: a scan that misses proves nothing.

mod aws;

use std::panic::catch_unwind;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE};
use envctl_resolver::runner::{Command, RunError, Runner};
use envctl_testkit::{Canaries, Reply, ScriptedRunner, TempProject};

fn planted() -> (Canaries, String) {
    let mut canaries = Canaries::new();
    let value = canaries.plant("token");
    (canaries, value)
}

#[test]
fn every_form_is_found_at_any_place() {
    let (canaries, value) = planted();
    let hex: String = value.bytes().map(|byte| format!("{byte:02x}")).collect();
    let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let reversed: String = value.chars().rev().collect();
    let usual = value.replace('+', "%2B").replace('/', "%2F").replace('@', "%40");
    for form in [value.clone(), hex.to_uppercase(), hex, encoded, reversed, usual.to_lowercase(), usual] {
        assert!(canaries.find(format!("before {form} after").as_bytes()).is_some(), "{form}");
    }
    for before in ["", "a", "ab", "abc", "abcd"] {
        for after in ["", "x", "xy"] {
            let text = format!("{before}{value}{after}");
            for encoded in [STANDARD.encode(&text), STANDARD_NO_PAD.encode(&text), URL_SAFE.encode(&text)] {
                assert!(canaries.find(encoded.as_bytes()).is_some(), "{before}_{after}");
            }
        }
    }
}

#[test]
fn other_text_is_no_canary() {
    let (canaries, value) = planted();
    for text in ["", "canary", &value[1..], &value[..value.len() - 1], "canary+token/"] {
        assert_eq!(canaries.find(text.as_bytes()), None, "{text}");
    }
    let (others, _) = planted();
    assert_eq!(others.find(value.as_bytes()), None, "canaries differ from each other");
}

#[test]
fn a_folder_is_searched_with_its_names_and_links() {
    let (canaries, value) = planted();
    let project =
        TempProject::new().file("a/b/clean.txt", "nothing").file(".env", format!("TOKEN={value}\n"));
    canaries.scan_folder_except(project.path(), &[".env"]);

    let failure = catch_unwind(|| canaries.scan_folder(project.path())).unwrap_err();
    let message = failure.downcast_ref::<String>().unwrap();
    assert!(
        message.contains("`token`") && message.contains(".env") && !message.contains(&value),
        "{message}"
    );

    project.write(&format!("a/{}", value.replace('/', "%2F").replace('+', "%2B").replace('@', "%40")), "");
    assert!(catch_unwind(|| canaries.scan_folder_except(project.path(), &[".env"])).is_err());
}

#[test]
fn a_script_is_strict() {
    let runner = ScriptedRunner::new()
        .expect(&["tool", "one"], Reply::prints("1"))
        .expect(&["tool", "two words"], Reply::Fails(3, "no".to_owned()));
    assert_eq!(&*runner.run(&Command::new("tool").args(["one"])).unwrap().stdout, b"1");
    assert!(catch_unwind(|| runner.assert_done()).is_err());
    let failed = runner.run(&Command::new("tool").args(["two words"])).unwrap_err();
    assert!(matches!(failed, RunError::Failed { status: Some(3), .. }));
    runner.assert_done();
    assert_eq!(runner.ran().len(), 2);
    assert!(catch_unwind(|| runner.run(&Command::new("tool"))).is_err());
}
