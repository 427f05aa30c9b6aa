//! Branches of git: what merges, and that nothing invalid comes out of it unnoticed.

use std::process::Command;

use envctl_testkit::TempProject;
use envctl_vault::{CannotAsk, Unlocked, Vault, VaultError};
use envschema::SecretValue;

use crate::support::{FILE, Numbers, ann, bob, has, open, read, vault};

const ORDER: [&str; 8] = ["A", "B", "C", "D", "E", "F", "G", "H"];

fn base() -> Unlocked {
    let mut vault = vault(&[("A", "a"), ("C", "c"), ("E", "e"), ("G", "g")]);
    vault.keep_order(ORDER);
    vault
}

fn with(base: &Unlocked, name: &str, seed: u64) -> Unlocked {
    let mut branch = base.clone();
    branch.set(name, &SecretValue::from(name), &mut Numbers(seed)).expect("a name");
    branch
}

/// What git makes of two branches, and whether it found conflicts.
fn merged(base: &str, ours: &str, theirs: &str) -> (String, bool) {
    let folder = TempProject::new().file("base", base).file("ours", ours).file("theirs", theirs);
    let mut git = Command::new("git");
    let output = git.args(["merge-file", "-p", "ours", "base", "theirs"]).current_dir(folder.path()).output();
    let output = output.expect("git runs");
    (String::from_utf8(output.stdout).expect("text"), output.status.code() != Some(0))
}

#[test]
fn two_branches_that_add_at_different_places_merge() {
    if !has("git") {
        return;
    }
    let base = base();
    for (ours, theirs) in [("B", "F"), ("B", "D"), ("H", "D"), ("F", "B")] {
        let (text, conflicts) =
            merged(base.text(), with(&base, ours, 1).text(), with(&base, theirs, 2).text());
        assert!(!conflicts, "{text}");
        let vault = open(&text, &ann()).expect("a vault");
        assert_eq!(vault.values().expect("intact").len(), 6);
        assert_eq!((read(&vault, ours), read(&vault, theirs)), (ours.to_owned(), theirs.to_owned()));
    }
}

#[test]
fn a_new_value_and_a_new_recipient_merge() {
    if !has("git") {
        return;
    }
    let base = base();
    let mut theirs = base.clone();
    theirs.add_recipient(&bob().to_recipient(), &mut Numbers(2)).expect("new");
    let (text, conflicts) = merged(base.text(), with(&base, "B", 1).text(), theirs.text());
    assert!(!conflicts, "{text}");
    assert_eq!(read(&open(&text, &bob()).expect("added"), "B"), "B");
}

#[test]
fn branches_that_add_at_the_same_place_conflict_and_the_vault_says_so() {
    if !has("git") {
        return;
    }
    let mut base = base();
    base.keep_order([]);
    let (text, conflicts) = merged(base.text(), with(&base, "X", 1).text(), with(&base, "Y", 2).text());
    assert!(conflicts);
    assert!(matches!(Vault::parse(FILE, &text), Err(VaultError::Unmerged { .. })), "{text}");
    let both: Vec<_> = text.lines().filter(|line| !line.starts_with(['<', '=', '>'])).collect();
    let vault = open(&both.join("\n"), &ann()).expect("both lines are kept");
    assert_eq!((read(&vault, "X"), read(&vault, "Y")), ("X".to_owned(), "Y".to_owned()));
}

#[test]
fn a_name_that_both_branches_add_is_never_there_twice() {
    if !has("git") {
        return;
    }
    let base = base();
    let mut theirs = base.clone();
    theirs.keep_order([]);
    let (text, conflicts) = merged(base.text(), with(&base, "B", 1).text(), with(&theirs, "B", 2).text());
    assert!(!conflicts, "git does not see it: {text}");
    let error = Vault::parse(FILE, &text).unwrap_err();
    assert!(error.to_string().ends_with("this is not a vault: duplicate key"), "{error}");
}

#[test]
fn values_from_before_a_new_key_are_refused_by_name() {
    if !has("git") {
        return;
    }
    // Comments and blank lines keep the new line away from those that the new key changes.
    let spaced = base().text().replace("\nC = ", "\n\n# about it\n\n# more about it\n\nC = ");
    let spaced = spaced.replace("\nE = ", "\n\n# the next one\n\nE = ");
    let base = open(&spaced, &ann()).expect("the same");
    let mut ours = base.clone();
    ours.rekey(&mut CannotAsk, &mut Numbers(1)).expect("a new key");
    let line =
        with(&base, "B", 2).text().lines().find(|line| line.starts_with("B = ")).expect("B").to_owned();
    let theirs = spaced.replace("# more about it\n", &format!("# more about it\n{line}\n"));
    let (text, conflicts) = merged(&spaced, ours.text(), &theirs);
    assert!(!conflicts, "{text}");
    let vault = open(&text, &ann()).expect("the recipients are intact");
    let errors = vault.values().unwrap_err();
    assert!(matches!(&errors[..], [VaultError::Tampered { name, .. }] if name == "B"), "{errors:?}");
    assert!(errors[0].help().contains("after a merge with a branch from before a change of the key"));
    assert_eq!(read(&vault, "C"), "c");
}

#[test]
fn two_new_keys_conflict() {
    if !has("git") {
        return;
    }
    let base = base();
    let [ours, theirs] = [1, 2].map(|seed| {
        let mut branch = base.clone();
        branch.rekey(&mut CannotAsk, &mut Numbers(seed)).expect("a new key");
        branch
    });
    assert!(merged(base.text(), ours.text(), theirs.text()).1);
}
