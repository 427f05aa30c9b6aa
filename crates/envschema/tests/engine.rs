//! The engine knows no system: a contract is data.

use std::collections::BTreeMap;
use std::path::PathBuf;

use envschema::{Code, Schema};

use crate::support::{path, read};

/// A system that exists nowhere, given as data alone.
#[test]
fn a_made_up_system_needs_no_code() {
    let text = read("tests/contracts/valid/lighthouse.toml");
    let schema = Schema::parse("lighthouse.toml", &text).unwrap_or_else(|errors| panic!("{errors}"));
    let contract = schema.contract(Some("coast"), None).expect("an environment");
    let mut values = BTreeMap::from([
        ("LAMP_KIND", "led"),
        ("LAMP_INTERVAL", "5s"),
        ("HORN_ENABLED", "1"),
        ("HORN_PORT", "7000"),
        ("KEEPER_EMAILS", "ann@example.com, bob@example.com"),
        ("SIGNAL_KEY", "c0ffee00c0ffee00c0ffee00c0ffee00"),
        ("LOG_URL", "https://log.example.com"),
    ]);
    assert!(contract.validate(&values).is_empty(), "{:?}", contract.validate(&values));
    values.remove("HORN_PORT");
    values.insert("LAMP_KIND", "candle");
    values.insert("LAMP_INTERVAL", "2h");
    let findings = contract.validate(&values);
    let found: Vec<_> =
        findings.iter().map(|one| (one.code, one.variable.as_deref().expect("a variable"))).collect();
    assert_eq!(
        found,
        [(Code::Invalid, "LAMP_KIND"), (Code::Invalid, "LAMP_INTERVAL"), (Code::Missing, "HORN_PORT")]
    );
}

fn sources(folder: PathBuf, found: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.expect("a readable folder").path()) {
        if entry.is_dir() {
            sources(entry, found);
        } else {
            found.push(entry);
        }
    }
}

#[test]
fn no_source_names_a_system() {
    let mut files = Vec::new();
    for package in std::fs::read_dir(path("..")).expect("the packages") {
        sources(package.expect("a package").path().join("src"), &mut files);
    }
    assert!(files.len() > 20, "only {} sources were found", files.len());
    for file in files {
        let text = String::from_utf8_lossy(&std::fs::read(&file).expect("a source")).to_lowercase();
        let words: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).collect();
        for system in ["proliferate", "tally", "dome"] {
            assert!(!words.contains(&system), "{} names {system}", file.display());
        }
    }
}
