//! Identities: files of age-keygen, SSH keys, and what is neither.

use std::process::Command;

use envctl_testkit::TempProject;
use envctl_vault::{CannotAsk, Identity, NewRecipient, Vault, VaultError};
use envschema::SecretValue;

use crate::support::{FILE, ann, has, read, run, says, shared, told};

#[expect(clippy::disallowed_methods, reason = "tests look at identities that they have made up")]
fn text(secret: &SecretValue) -> String {
    secret.expose().to_owned()
}

fn parse(text: &str) -> Result<Vec<Identity>, VaultError> {
    Identity::parse("key.txt", &SecretValue::from(text))
}

#[test]
fn a_new_identity_has_the_text_of_age_keygen() {
    let (identity, file) = Identity::generate(Some("2026-11-28T09:57:00Z"));
    let file = text(&file);
    let lines: Vec<_> = file.lines().collect();
    assert_eq!(lines[0], "# created: 2026-11-28T09:57:00Z");
    assert_eq!(lines[1], format!("# public key: {}", identity.public_key()));
    assert!(lines[2].starts_with("AGE-SECRET-KEY-1") && lines.len() == 3 && file.ends_with('\n'));
    assert_eq!(parse(&file).expect("its own text")[0].public_key(), identity.public_key());
    assert!(!identity.is_encrypted());
}

#[test]
fn a_file_can_have_several_identities_and_comments() {
    let (first, second) = (Identity::generate(None), Identity::generate(None));
    let file = format!("# mine\r\n\n{}\n  # another\n{}", text(&first.1), text(&second.1));
    let keys: Vec<_> = parse(&file).expect("two").iter().map(|one| one.public_key().to_owned()).collect();
    assert_eq!(keys, [first.0.public_key(), second.0.public_key()]);
}

#[test]
fn what_is_no_identity_is_told_by_line_and_not_repeated() {
    for (file, expected) in [
        ("", "key.txt: this is no identity: the file has no private key"),
        ("# only words\n", "key.txt: this is no identity: the file has no private key"),
        ("# a\nhunter2-secret\n", "key.txt:2: this is no identity: expected `AGE-SECRET-KEY-1…`"),
        ("age-encryption.org/v1\n-> X25519", "key.txt: this is no identity: the file is encrypted"),
        ("-----BEGIN AGE ENCRYPTED FILE-----\n", "key.txt: this is no identity: the file is encrypted"),
        ("-----BEGIN PRIVATE KEY-----\nAAAA\n", "key.txt: this is no identity: this kind of SSH key"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "key.txt: this is no identity: this kind of SSH key"),
    ] {
        let told = told(&parse(file).unwrap_err());
        assert!(told.starts_with(expected), "{told}");
        assert!(!told.contains("hunter2-secret"));
    }
}

/// A key of ssh-keygen: its private text and its public line.
fn ssh_key(kind: &[&str], passphrase: &str) -> (String, String) {
    let folder = TempProject::new();
    let path = folder.path().join("key");
    let args = ["-q", "-a", "1", "-C", "ann@laptop", "-N", passphrase, "-f"];
    run(Command::new("ssh-keygen").args(kind).args(args).arg(&path));
    (folder.read("key"), folder.read("key.pub"))
}

#[test]
fn ssh_keys_read_what_is_encrypted_to_them() {
    if !has("ssh-keygen") {
        return;
    }
    let kinds: [&[&str]; 3] =
        [&["-t", "ed25519"], &["-t", "rsa", "-b", "2048"], &["-t", "rsa", "-b", "2048", "-m", "PEM"]];
    for kind in kinds {
        let (private, public) = ssh_key(kind, "");
        let new = NewRecipient::parse(&public).expect("a public key");
        assert_eq!(new.recipient().about(), Some("ann@laptop"), "the comment is kept as words about it");
        let vault = shared(&[new], &[("A", "x")]);
        let locked = Vault::parse(FILE, vault.text()).expect("a vault");
        let identities = parse(&private).expect("a private key");
        assert_eq!(read(&locked.unlock(&identities, &mut CannotAsk).expect("Ann's"), "A"), "x");
        assert!(locked.recipients().next().expect("one").is_called(&public));
    }
    let other = ssh_key(&["-t", "ecdsa"], "");
    assert!(NewRecipient::parse(&other.1).is_err());
    assert!(parse(&other.0).is_err());
}

#[test]
fn an_encrypted_ssh_key_asks_only_if_it_fits() {
    if !has("ssh-keygen") {
        return;
    }
    let (private, public) = ssh_key(&["-t", "ed25519"], "its passphrase");
    let identities = parse(&private).expect("a private key");
    assert!(identities[0].is_encrypted());
    let vault = shared(&[NewRecipient::parse(&public).expect("a key"), ann().to_recipient()], &[("A", "x")]);
    let locked = Vault::parse(FILE, vault.text()).expect("a vault");

    let mut ask = says("its passphrase");
    assert_eq!(read(&locked.unlock(&identities, &mut ask).expect("asked"), "A"), "x");
    assert_eq!(ask.1[0].to_string(), "the passphrase of key.txt");
    let error = locked.unlock(&identities, &mut says("another one")).unwrap_err();
    assert_eq!(error.to_string(), "key.txt: wrong passphrase");
    let error = locked.unlock(&identities, &mut CannotAsk).unwrap_err();
    assert!(error.help().ends_with("where the passphrase of key.txt can be asked for"), "{}", error.help());

    let with_ann = [identities[0].clone(), ann()];
    let mut ask = says("never asked");
    locked.unlock(&with_ann, &mut ask).expect("Ann's own key needs no question");
    let others = shared(&[ann().to_recipient()], &[]);
    let others = Vault::parse(FILE, others.text()).expect("a vault");
    assert!(others.unlock(&identities, &mut ask).is_err());
    assert!(ask.1.is_empty());
}
