//! What is proven of contracts: cases in files, and random contracts against trying everything.

mod random;

use envschema::proof::{ProofCode, examine};
use envschema::{RuleBuilder, Schema, VariableBuilder};

use crate::support::{Answers, files, name, read, shipped};

#[test]
fn what_is_proven_is_told() {
    let mut answers = Answers::default();
    let mut seen = std::collections::BTreeSet::new();
    for path in files("tests/proofs", "toml") {
        let name = name(&path);
        let text = read(&format!("tests/proofs/{name}.toml"));
        let schema =
            Schema::parse(&format!("{name}.toml"), &text).unwrap_or_else(|errors| panic!("{errors}"));
        let proofs = examine(&schema);
        seen.extend(proofs.iter().map(|proof| proof.told.code));
        let text = if proofs.is_empty() { "nothing is proven wrong".to_owned() } else { proofs.to_string() };
        answers.compare(&path.with_extension("txt"), &text);
    }
    answers.finish();
    let missing: Vec<_> = ProofCode::ALL.iter().filter(|code| !seen.contains(code)).collect();
    assert!(missing.is_empty(), "no case shows {missing:?}");
}

#[test]
fn nothing_is_wrong_with_the_shipped_contracts() {
    for path in files("../../schema", "toml") {
        let file = format!("{}.toml", name(&path));
        // What others share is no contract by itself.
        if file.ends_with(".common.toml") {
            continue;
        }
        let proofs = examine(&shipped(&file));
        assert!(proofs.is_empty(), "{file}\n{proofs}");
        assert_eq!(proofs.undecided(), 0, "{file}");
    }
}

/// Contracts grow; what is asked of each condition must not grow with all of it.
#[test]
fn a_large_contract_is_decided() {
    let mut builder = Schema::builder("large").environment("dev").environment("prod");
    let plain = |name: &str| VariableBuilder::new(name).plain();
    builder = builder.variable(plain("PROFILE").values(["cloud", "own"]).default("own"));
    builder = builder.condition("cloud", r#"PROFILE == "cloud""#);
    for number in 0..300 {
        let feature = format!("feature{number}");
        builder = builder
            .condition(&feature, &format!("FLAG{number} || cloud"))
            .condition(&format!("live{number}"), &format!(r#"{feature} && environment == "prod""#))
            .variable(plain(&format!("FLAG{number}")).kind("boolean").default(false));
        for key in 0..8 {
            let name = format!("KEY{number}_{key}");
            builder = builder.variable(VariableBuilder::new(&name).required_when(&feature));
        }
        let list = [format!("KEY{number}_0"), format!("KEY{}_1", (number + 1) % 300)];
        builder = builder.rule(RuleBuilder::all_or_none(list));
    }
    let schema = builder.build().unwrap_or_else(|errors| panic!("{errors}"));
    let proofs = examine(&schema);
    assert!(proofs.is_empty(), "{proofs}");
    assert_eq!(proofs.undecided(), 0);
}

/// More names than values, which only trying shows: the search gives up, and says so.
#[test]
fn what_is_too_much_is_not_guessed() {
    use std::fmt::Write;

    let values: Vec<String> = (0..11).map(|value| format!("\"v{value}\"")).collect();
    let names: Vec<String> = (0..12).map(|name| format!("\"NAME{name}\"")).collect();
    let mut text = "[schema]\nname = \"crowded\"\n".to_owned();
    for name in 0..12 {
        let _ = writeln!(text, "[vars.NAME{name}]\ntype = \"enum\"\nvalues = [{}]", values.join(", "));
    }
    let _ = writeln!(text, "[[rules]]\ndistinct = [{}]", names.join(", "));
    let proofs = examine(&Schema::parse("crowded.toml", &text).unwrap_or_else(|errors| panic!("{errors}")));
    assert!(proofs.is_empty(), "{proofs}");
    assert!(proofs.undecided() > 0);
}
