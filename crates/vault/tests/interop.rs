//! The age program reads what is wrapped here, and the other way round.

use std::process::Command;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use envctl_testkit::TempProject;
use envctl_vault::{CannotAsk, Identity, NewRecipient, Vault, VaultError};
use envschema::SecretValue;

use crate::support::{FILE, ann, bob, has, line, open, read, run, shared};

fn wrapped(text: &str) -> &str {
    line(text, "wrapped = ").split('"').nth(1).expect("quoted")
}

#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes an identity that it has made up")]
fn age_unwraps_the_key_with_an_identity_that_was_made_here() {
    if !has("age") {
        return;
    }
    let (identity, file) = Identity::generate(Some("2026-11-28T09:57:00Z"));
    let vault = shared(&[identity.to_recipient()], &[("A", "x")]);
    let age = STANDARD.decode(wrapped(vault.text())).expect("base64");
    let folder = TempProject::new().file("key.txt", file.expose()).file("wrapped.age", age);
    let key =
        run(Command::new("age").args(["-d", "-i", "key.txt", "wrapped.age"]).current_dir(folder.path()));
    assert_eq!(key.len(), 32);
    let public = run(Command::new("age-keygen").args(["-y", "key.txt"]).current_dir(folder.path()));
    assert_eq!(String::from_utf8_lossy(&public).trim(), identity.public_key());
}

#[test]
fn an_identity_of_age_keygen_reads_a_vault() {
    if !has("age-keygen") {
        return;
    }
    let file = String::from_utf8(run(&mut Command::new("age-keygen"))).expect("text");
    let public = line(&file, "# public key: ").trim_start_matches("# public key: ");
    let vault = shared(&[NewRecipient::parse(public).expect("a key")], &[("A", "x")]);
    let identities = Identity::parse("key.txt", &SecretValue::from(file.as_str())).expect("an identity");
    let locked = Vault::parse(FILE, vault.text()).expect("a vault");
    assert_eq!(read(&locked.unlock(&identities, &mut CannotAsk).expect("its own"), "A"), "x");
}

#[test]
fn age_unwraps_the_key_with_keys_of_ssh() {
    if !has("age") || !has("ssh-keygen") {
        return;
    }
    for kind in ["ed25519", "rsa"] {
        let folder = TempProject::new();
        let path = folder.path().join("key");
        run(Command::new("ssh-keygen").args(["-q", "-t", kind, "-N", "", "-f"]).arg(path));
        let vault = shared(&[NewRecipient::parse(&folder.read("key.pub")).expect("a key")], &[]);
        folder.write("wrapped.age", STANDARD.decode(wrapped(vault.text())).expect("base64"));
        let key =
            run(Command::new("age").args(["-d", "-i", "key", "wrapped.age"]).current_dir(folder.path()));
        assert_eq!(key.len(), 32, "{kind}");
    }
}

/// What age wraps has no seal of the vault. That Bob's seal is confirmed shows that the right key came out.
#[test]
#[expect(clippy::disallowed_methods, reason = "a test writes an identity that it has made up")]
fn a_key_that_age_wrapped_is_unwrapped() {
    if !has("age") {
        return;
    }
    let (identity, file) = Identity::generate(None);
    let vault = shared(&[identity.to_recipient(), bob().to_recipient()], &[("A", "x")]);
    let ours = wrapped(vault.text());
    let folder = TempProject::new()
        .file("key.txt", file.expose())
        .file("ours.age", STANDARD.decode(ours).expect("base64"));
    let age = |args: &[&str]| run(Command::new("age").args(args).current_dir(folder.path()));
    folder.write("key", age(&["-d", "-i", "key.txt", "ours.age"]));
    let theirs = age(&["-r", identity.public_key(), "-r", ann().public_key(), "key"]);
    let text = vault.text().replace(ours, &STANDARD.encode(theirs));
    let error = open(&text, &identity).unwrap_err();
    let only = vec![identity.public_key().to_owned()];
    assert!(matches!(&error, VaultError::Unsealed { recipients, .. } if *recipients == only), "{error}");
}
