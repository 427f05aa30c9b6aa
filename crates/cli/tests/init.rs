//! `envctl init`: whatever it reads, what it writes is a contract, and no secret in use is in it.

use envctl::Exit;
use envctl_testkit::{Canaries, TempProject};
use envschema::{Presence, Schema, Visibility};
use proptest::prelude::*;

use crate::support::{Inside, words};

/// The contract that is written for a text, and what is said.
fn init(text: &str) -> (Exit, String, String) {
    let project = TempProject::new().file(".env.example", text);
    let arguments = words("envctl init --name shop --output -");
    let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
    let (exit, output, messages) = inside.run();
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (exit, text(output), text(messages))
}

fn contract(text: &str) -> Schema {
    let (exit, contract, _) = init(text);
    assert_eq!(exit, Exit::Yes);
    Schema::parse("envschema.toml", &contract).unwrap_or_else(|errors| panic!("{errors}\n{contract}"))
}

/// Lines as people write them, and lines as nobody does.
fn line() -> impl Strategy<Value = String> {
    let name = "[A-Z][A-Z0-9_]{0,12}|[a-z]{1,5}|true|in|has|environment|PORT|DEBUG|API_KEY|NEXT_PUBLIC_X|X_URL|A.B|A-B|X_ORIGINS|X_TTL";
    let value = "|[a-z0-9]{1,12}|true|1|0|007|99999999999999999999|a,b|1.5|30s|[a-z]{1,5}://[a-z@:/.,$<>]{0,12}|a@b.c|\\PC{0,12}|\"[a-z #\\\\n]{0,9}\"";
    prop_oneof![
        (name, value, " # [a-z| ]{0,20}|")
            .prop_map(|(name, value, comment)| format!("{name}={value}{comment}")),
        (name, value).prop_map(|(name, value)| format!("# {name}={value}")),
        "# [a-zA-Z|,:. ]{0,30}",
        "# (one of|options:|openssl rand -hex) [a-z0-9,| ]{0,20}",
        "#[=#-]{0,6} ?[A-Z+ \u{e9}\"]{0,8} ?[=#-]{0,6}",
        "",
        "\\PC{0,30}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn what_is_written_loads(lines in prop::collection::vec(line(), 0..25), end in prop::sample::select(vec!["\n", "\r\n"])) {
        let (exit, contract, messages) = init(&lines.join(end));
        if exit == Exit::Yes {
            let loaded = Schema::parse("envschema.toml", &contract);
            prop_assert!(loaded.is_ok(), "{}\n{contract}", loaded.err().map(|errors| errors.to_string()).unwrap_or_default());
        } else {
            prop_assert!(messages.contains("has no variables"), "{messages}");
        }
    }

    #[test]
    fn any_text_at_all_gives_a_contract_or_none(text in "\\PC{0,200}") {
        let (exit, contract, _) = init(&text);
        prop_assert!(exit != Exit::Yes || Schema::parse("envschema.toml", &contract).is_ok(), "{contract}");
    }
}

#[test]
fn secrets_in_use_are_not_copied() {
    // In parts, so that nobody takes them for real ones.
    let secrets = [
        ["sk_live", "_51H8x9ZkQmNvB7rTyUiOpAsDf"].concat(),
        ["ghp", "_16C7e42F292c6912E7710c838347Ae178B4a"].concat(),
        ["AKIA", "IOSFODNN7QW9ZK2P"].concat(),
        "q8Zr2LmX0vTbN5yWc1KdJ7sGf4HpUa3E".to_owned(),
        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822c".to_owned(),
    ];
    for secret in secrets {
        let mut canaries = Canaries::new();
        canaries.plant_value("a secret in use", &secret);
        for text in [
            format!("API_KEY={secret}\n"),
            format!("PORT={secret}\n"),
            format!("NEXT_PUBLIC_API_KEY={secret}\n"),
            format!("# API_KEY={secret}\nOTHER=\n"),
            format!("# it was {secret} before\nAPI_KEY=\n"),
            format!("# === {secret} ===\nAPI_KEY=\n"),
            format!("# {secret} | other\nMODE=\n"),
            format!("DATABASE_URL=postgres://shop:{secret}@db.shop.test/shop\n"),
            format!("HOOK_URL=https://hooks.shop.test/{secret}\n"),
        ] {
            let (exit, contract, messages) = init(&text);
            assert_eq!(exit, Exit::Yes, "{messages}");
            canaries.scan("the contract", &contract);
            canaries.scan("the messages", &messages);
            if text.starts_with(char::is_uppercase) {
                assert!(
                    messages.contains("warning: what looks like a secret in use was not copied: "),
                    "{messages}"
                );
            }
        }
    }
}

#[test]
fn examples_are_taken_over() {
    let schema =
        contract("API_KEY=sk-...\nREDIS_URL=redis://localhost:6379\nLEVEL=<low or high>\nPOOL_SIZE=10\n");
    let variable = |name| schema.base().variable(name).expect("a variable").1;
    assert_eq!(variable("API_KEY").example.as_deref(), Some("sk-..."));
    assert_eq!(variable("REDIS_URL").example, None, "it would be a placeholder in a copy of the file");
    assert_eq!(variable("POOL_SIZE").default.as_deref(), Some("10"));
    assert_eq!(variable("POOL_SIZE").visibility, Visibility::Plain);
    assert_eq!(variable("LEVEL").default, None);
}

#[test]
fn what_is_commented_out_is_optional() {
    let schema = contract("#A=1\n# export B=2\n# C=some words\nD=\n# optional\nE=\n");
    let optional: Vec<_> = schema
        .base()
        .variables()
        .iter()
        .map(|variable| (&*variable.name, matches!(variable.presence, Presence::Optional)))
        .collect();
    assert_eq!(optional, [("A", true), ("B", true), ("D", false), ("E", true)]);
}
