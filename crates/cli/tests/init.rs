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

/// Pieces of the files of other tools.
const PIECES: &[&str] = &[
    "\n",
    " ",
    "  ",
    "# ",
    "@type=",
    "@required",
    "enum(a, b)",
    "string(minLength=3",
    "# ---",
    "A=",
    "B_URL=",
    "ref(",
    ")",
    "(",
    "[secrets]",
    "[profiles.default]",
    "[profiles.x.secrets]",
    "A = ",
    "{ default = \"a\" }",
    "{ required = false }",
    "=",
    "\"",
    "services:",
    "environment:",
    "a:",
    "- ",
    "A: ",
    "${A:-b}",
    "${B",
    "env:",
    "${{ secrets.A }}",
    "*a",
    "&a ",
    "<<: ",
    "[",
    "]",
    "server: {",
    "z.",
    "string()",
    ".min(",
    "1",
    ".regex(/",
    "/",
    "^a$",
    "`",
    "'",
    ",",
    "}",
    "{",
    ".default(",
    "//",
    "/*",
    "*/",
    "\\",
    "\u{e9}",
    "\u{feff}",
    "...",
    "jobs:",
];

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
    fn any_manifest_gives_a_contract_or_an_error(
        file in prop::sample::select(vec![".env.schema", "secretspec.toml", "fnox.toml", "env.ts", "compose.yaml", "deploy.yml"]),
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40),
        end in "\\PC{0,12}",
    ) {
        let project = TempProject::new().file(file, &(pieces.concat() + &end));
        let arguments = words(&format!("envctl init --from {file} --output -"));
        let inside = Inside { folder: project.path().to_owned(), arguments, ..Inside::default() };
        let (exit, contract, messages) = inside.run();
        let text = |bytes| String::from_utf8(bytes).expect("text");
        let (contract, messages) = (text(contract), text(messages));
        if exit == Exit::Yes {
            prop_assert!(Schema::parse("envschema.toml", &contract).is_ok(), "{contract}");
        } else {
            prop_assert!(messages.starts_with("error: "), "{messages}");
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
                    messages.contains("warning: what may be a secret in use was not copied: "),
                    "{messages}"
                );
            }
        }
    }
}

/// What is planted in a text, with the text.
const IN_USE: &[(&str, &[&str])] = &[
    ("ADMIN_PASSWORD=Vw9kQz7LpM3tR\n", &["Vw9kQz7LpM3tR"]),
    ("PG=postgres://u:Ab3xYz9@h/db\n", &["Ab3xYz9"]),
    ("PG=postgres://u:Ab3x/Yz@9@h/db\n", &["Ab3x/Yz"]),
    ("PG=postgres://u:Ab3xYz9@localhost/db\n", &["Ab3xYz9"]),
    ("BASIC=ops:kQ7vXzR9tW\n", &["kQ7vXzR9tW"]),
    ("API_BASE_URL=https://api.shop.test/v1?token=kQ7vXzR9tW8mZp\n", &["kQ7vXzR9tW8mZp"]),
    ("API_BASE_URL=https://api.shop.test/v1?access_token=hunter\n", &["hunter"]),
    ("DB_PASSWORD=CorrectHorseCANARYBattery\n", &["CorrectHorseCANARYBattery"]),
    ("DB_PASSWORD=correct-horse-here-battery\n", &["correct-horse"]),
    ("PAY_KEY=sk_live_51H1234abcdQmNvB7here\n", &["sk_live_51H1234abcd"]),
    ("PAY_KEY=\"<Vw9kQz7LpM3tR>\"\n", &["Vw9kQz7"]),
    ("PAY_KEY=Vw9kQz7LpM3tR...\n", &["Vw9kQz7"]),
    ("# password: kQ7vXzR\nDB_PASSWORD=\n", &["kQ7vXzR"]),
    ("# the password is hunter2, as ever\nDB_PASSWORD=\n", &["hunter2"]),
    ("# user:kQ7vXzR9tW\nDB_PASSWORD=\n", &["kQ7vXzR9tW"]),
    ("# password=hunter\nDB_PASSWORD=\n", &["hunter"]),
    ("# it was blue-door before\nDB_PASSWORD=blue-door\n", &["blue-door"]),
    ("# the other one is blue-door\nA=1\nDB_PASSWORD=blue-door\n", &["blue-door"]),
    ("# === blue-door ===\nDB_PASSWORD=blue-door\n", &["blue-door"]),
    ("REACT_APP_PASSWORD=Hunter2!x\n", &["Hunter2"]),
    ("ADMIN_PASSWORD=Vw9!kQz7#pLm\n", &["Vw9!kQz7", "pLm"]),
    ("ADMIN_PASSWORD=hunter2 # hunter2 | hunter3\n", &["hunter2", "hunter3\"]"]),
    ("SMTP_HOST=Vw9kQz7LpM3tR\n", &["Vw9kQz7"]),
    ("PIN=4711\n", &["4711"]),
];

#[test]
fn nothing_but_what_is_clearly_made_up_is_copied_of_a_secret() {
    for (text, planted) in IN_USE {
        let (exit, contract, messages) = init(text);
        assert_eq!(exit, Exit::Yes, "{text}{messages}");
        for part in *planted {
            assert!(!contract.contains(part) && !messages.contains(part), "{text}{contract}{messages}");
        }
        let told = "warning: what may be a secret in use was not copied: ";
        let is_told = messages.contains(told) || text.contains("===");
        assert!(is_told, "{text}{messages}");
    }
}

#[test]
fn what_is_clearly_made_up_is_copied() {
    for value in [
        "sk-...",
        "sk_test_...",
        "<the key of the service>",
        "${PAY_KEY}",
        "changeme",
        "CHANGE_ME",
        "change me",
        "your-stripe-key-here",
        "your_token",
        "replace-this",
        "ghp_xxxxxxxx",
        "AKIAXXXXXXXXXXXX",
        "xxxx-xxxx",
        "00000000-0000-0000-0000-000000000000",
        "https://hooks.example.com/services/T000/B000/xxx",
        "postgres://user:password@db.example.com:5432/shop?sslmode=require",
    ] {
        let (_, contract, messages) = init(&format!("PAY_KEY={value}\n"));
        assert!(contract.contains(&format!("example = \"{value}\"")), "{value}\n{contract}{messages}");
        assert!(!messages.contains("not copied"), "{value}\n{messages}");
    }
}

#[test]
fn sentences_stay_as_they_are() {
    for words in [
        "The key: see the dashboard of the service",
        "Password of the shop, at least 12 characters",
        "Token: optional",
        "Signs sessions: openssl rand -hex 32",
        "OAuth2 client of https://accounts.example.com/o/oauth2",
    ] {
        let (_, contract, _) = init(&format!("# {words}\nPAY_KEY=\n"));
        assert!(contract.contains(words), "{contract}");
    }
}

#[test]
fn a_secret_that_every_browser_gets_is_told() {
    let told = "warning: the prefix shows these to every browser, and they seem to be secrets: ";
    let key = ["sk_live", "_51H8x9ZkQmNvB7rTyUiOpAsDf"].concat();
    for (text, is_told) in [
        (format!("NEXT_PUBLIC_SECRET_KEY={key}\n"), true),
        (format!("NEXT_PUBLIC_PAY_KEY={key}\n"), true),
        ("NEXT_PUBLIC_ADMIN_PASSWORD=\n".to_owned(), true),
        ("NEXT_PUBLIC_PAY_KEY=pk_test_...\n".to_owned(), false),
        ("NEXT_PUBLIC_APP_NAME=shop\n".to_owned(), false),
    ] {
        let (_, contract, messages) = init(&text);
        assert_eq!(messages.contains(told), is_told, "{text}{messages}");
        assert!(!contract.contains(&key) && !messages.contains(&key), "{messages}");
    }
}

#[test]
fn times_numbers_and_choices_are_seen_without_an_ending() {
    let schema = contract("TIMEOUT=30s\nRATE=0.5\nSTAGE=dev|prod\nAPP_VERSION=1.2\n");
    let variable = |name| schema.base().variable(name).expect("a variable").1;
    for (name, default) in
        [("TIMEOUT", Some("30s")), ("RATE", Some("0.5")), ("STAGE", None), ("APP_VERSION", Some("1.2"))]
    {
        assert_eq!(variable(name).visibility, Visibility::Plain, "{name}");
        assert_eq!(variable(name).default.as_deref(), default, "{name}");
        assert_eq!(variable(name).example, None, "{name}");
    }
    let (_, contract, _) = init("STAGE=dev|prod\n");
    assert!(contract.contains("values     = [\"dev\", \"prod\"]"), "{contract}");
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
