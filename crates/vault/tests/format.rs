//! The format is strict: what it does not have is an error with its line.

use envctl_vault::{NewRecipient, Vault, VaultError};

use crate::support::{FILE, ann, bob, line, shared, told, vault};

/// A vault's text with two recipients and a value, and the key of the first.
fn text() -> String {
    let people = [ann().to_recipient(), bob().to_recipient()];
    shared(&people, &[("A", "one")]).text().to_owned()
}

fn refused(text: &str) -> String {
    told(&Vault::parse(FILE, text).unwrap_err())
}

#[test]
fn a_vault_can_be_read_without_an_identity() {
    let text = text();
    let vault = Vault::parse(FILE, &text).expect("as written");
    assert_eq!(vault.names().collect::<Vec<_>>(), ["A"]);
    let keys: Vec<_> = vault.recipients().filter_map(|recipient| recipient.key()).collect();
    assert_eq!(keys, [ann().public_key(), bob().public_key()]);
    assert_eq!(vault.text(), text);
}

#[test]
fn the_text_has_this_form() {
    let vault = vault(&[("A", "one")]);
    let shape: Vec<_> =
        vault.text().lines().map(|line| line.split_once(" = ").map_or(line, |(key, _)| key)).collect();
    let comment = "# A vault of envctl: each value is encrypted by itself, for the recipients below.";
    let expected = [
        comment,
        "version",
        "id",
        "",
        "[[recipients]]",
        "key",
        "about",
        "wrapped",
        "seal",
        "",
        "[values]",
        "A",
    ];
    assert_eq!(shape, expected);
    assert!(vault.text().ends_with('\n'));
}

#[test]
fn each_mistake_has_its_line_and_what_to_do() {
    let text = text();
    let bob = bob().public_key().to_owned();
    let id = line(&text, "id = ").to_owned();
    let a = line(&text, "A = ").to_owned();
    let earlier = "take this part from an earlier version of the file";
    let cases = [
        ("key with no value\n".to_owned(), "secrets.toml:1: this is not a vault: ".to_owned()),
        (String::new(), "secrets.toml: this is not a vault: `version` is missing\n".to_owned() + earlier),
        ("A = 'x'\n".to_owned(), "secrets.toml: this is not a vault: `version` is missing\n".to_owned() + earlier),
        (
            text.replace("version = 1", "version = 2"),
            "secrets.toml:2: this vault has a version that is not known; expected 1\nuse a newer envctl, or take the \
             version from an earlier state of the file"
                .to_owned(),
        ),
        (
            text.replace("version = 1", "version = 1\nverison = 1"),
            "secrets.toml:3: unknown key `verison`\ndid you mean `version`?".to_owned(),
        ),
        (
            text.replace("[values]", "[secrets]"),
            "secrets.toml:15: unknown key `secrets`\nremove it; values stand under [values]".to_owned(),
        ),
        (
            text.replace("[values]", "abuot = \"x\"\n\n[values]"),
            "secrets.toml:15: unknown key `abuot`\ndid you mean `about`?".to_owned(),
        ),
        (
            text.replace(&id, "id = 5"),
            format!("secrets.toml:3: `id` has to be a text\n{earlier}"),
        ),
        (
            text.replace(&id, "id = \"aaaa\""),
            format!("secrets.toml:3: `id` has to be 16 bytes in base64\n{earlier}"),
        ),
        (
            text.replace(&a, "A = 5"),
            format!("secrets.toml:16: `A` has to be a text\n{earlier}"),
        ),
        (
            text.replace(&a, "A.B = 'x'"),
            format!("secrets.toml:16: `A` has to be a text\n{earlier}"),
        ),
        (
            text.replace(&a, "A = 'plain text'"),
            format!("secrets.toml:16: the text of `A` is not base64\n{earlier}"),
        ),
        (
            text.replace(&format!("[values]\n{a}"), "").replace("version = 1", "version = 1\nvalues.A = 'x'"),
            format!("secrets.toml:3: `values` has to be a table `[values]`\n{earlier}"),
        ),
        (
            text.replace(&format!("key = \"{bob}\"\n"), ""),
            format!("secrets.toml:10: this is not a vault: `key` is missing\n{earlier}"),
        ),
        (
            text.replace(&format!("key = \"{bob}\""), "kind = \"passphrase\"\nkey = \"x\""),
            format!("secrets.toml:11: `kind` has to be \"passphrase\", with no `key` beside it\n{earlier}"),
        ),
        (
            text.replace(&bob, ann().public_key()),
            format!("secrets.toml:5: {} is a recipient already\nremove one of the two", ann().public_key()),
        ),
        (
            text.replace(&bob, &bob.to_uppercase()),
            "secrets.toml:11: this is no recipient: the key is not in the form in which it is kept here\nwrite the type \
             and the key alone; words about it stand in `about`"
                .to_owned(),
        ),
        (
            text.replace(&bob, "age1nobody"),
            "secrets.toml:11: this is no recipient: this kind of age key is not supported, or it has a typing error\n"
                .to_owned(),
        ),
        (
            text.replace(&format!("{a}\n"), &format!("{a}\n{a}\n")),
            "secrets.toml:17: this is not a vault: duplicate key\n".to_owned(),
        ),
        (
            text.replace("[values]", "[values]\n\"\" = 'x'"),
            "secrets.toml:16: this cannot name a value: \"\"\nuse the name of a variable".to_owned(),
        ),
        (
            text.replace(&a, &format!("<<<<<<< ours\n{a}\n=======\n>>>>>>> theirs")),
            "secrets.toml:16: a merge is not finished here\nkeep the lines of both sides".to_owned(),
        ),
    ];
    for (text, expected) in cases {
        let told = refused(&text);
        assert!(told.starts_with(&expected), "expected {expected:?}\n  found {told:?}\nin {text}");
    }
}

#[test]
fn keys_of_other_kinds_are_no_recipients() {
    let rsa_of_zeros = "ssh-rsa AAAAB3NzaC1yc2EAAAABAAAAAAEA";
    for (key, reason) in [
        ("", "expected `age1…`"),
        ("hunter2", "expected `age1…`"),
        ("AGE-SECRET-KEY-1QQQQ", "this is a private key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----", "this is a private key"),
        ("age1yubikey1qqqq", "this kind of age key"),
        ("ssh-ed25519 AAAA", "this SSH key cannot"),
        ("ssh-dss AAAAB3NzaC1kc3M=", "this SSH key cannot"),
        (rsa_of_zeros, "this SSH key cannot"),
    ] {
        let error = NewRecipient::parse(key).unwrap_err();
        assert!(error.to_string().contains(reason), "{key:?}: {error}");
        assert!(key.is_empty() || !told(&error).contains(key), "{error}");
    }
}

#[test]
fn a_vault_has_recipients() {
    let none = Vault::create(FILE, &[], &mut crate::support::Numbers(1)).unwrap_err();
    assert!(matches!(none, VaultError::NoRecipients { .. }));
    let twice = [ann().to_recipient(), ann().to_recipient()];
    let twice = Vault::create(FILE, &twice, &mut crate::support::Numbers(1)).unwrap_err();
    assert!(matches!(twice, VaultError::DuplicateRecipient { .. }));
}
