//! Setting, getting and removing values, and what stays of the text.

use envctl_vault::{Set, VaultError};
use envschema::SecretValue;

use crate::support::{Broken, FILE, Numbers, ann, line, open, read, told, vault};

fn set(vault: &mut envctl_vault::Unlocked, name: &str, value: &str) -> Set {
    vault.set(name, &SecretValue::from(value), &mut Numbers(99)).expect("a name")
}

#[test]
fn what_is_set_is_read_by_whoever_has_the_text() {
    let vault = vault(&[("A", "one"), ("B", "")]);
    let again = open(vault.text(), &ann()).expect("Ann's");
    assert_eq!((read(&again, "A"), read(&again, "B")), ("one".to_owned(), String::new()));
    let values = again.values().expect("intact");
    assert_eq!(values.iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["A", "B"]);
}

#[test]
fn an_equal_value_changes_no_byte_and_another_one_changes_one_line() {
    let mut vault = vault(&[("A", "one"), ("B", "two"), ("C", "three")]);
    let before = vault.text().to_owned();
    assert_eq!(set(&mut vault, "B", "two"), Set::Same);
    assert_eq!(vault.text(), before);
    assert_eq!(set(&mut vault, "B", "2"), Set::Changed);
    let changed: Vec<_> = before.lines().zip(vault.text().lines()).filter(|(old, new)| old != new).collect();
    assert_eq!(changed.len(), 1);
    assert!(changed[0].1.starts_with("B = "));
    assert_eq!(read(&vault, "B"), "2");
}

#[test]
fn comments_order_and_spelling_stay() {
    let vault_text = vault(&[("A", "one"), ("B", "two")]).text().to_owned();
    let (a, b) = (line(&vault_text, "A = "), line(&vault_text, "B = "));
    let (a_value, b_value) = (&a[4..], &b[4..]);
    let text = vault_text.replace(
        &format!("{a}\n{b}\n"),
        &format!("# first\n  \"A\"  =  {a_value}   # why\n\n# second\nB={b_value}"),
    );
    let mut vault = open(&text, &ann()).expect("the same");
    set(&mut vault, "A", "new");
    set(&mut vault, "C", "three");
    let start = vault.text().find("# first").expect("kept");
    let expected_end = format!("   # why\n\n# second\nB={b_value}\nC = ");
    assert!(vault.text()[start..].starts_with("# first\n  \"A\"  =  \""));
    assert!(vault.text()[start..].contains(&expected_end), "{}", vault.text());
    vault.remove("A").expect("there");
    assert!(vault.text()[start..].starts_with("# first\n\n# second\nB="), "only its line goes");
    assert_eq!((read(&vault, "B"), read(&vault, "C")), ("two".to_owned(), "three".to_owned()));
}

#[test]
fn line_ends_of_windows_stay() {
    let mut vault = open(&vault(&[("A", "one")]).text().replace('\n', "\r\n"), &ann()).expect("the same");
    set(&mut vault, "B", "two");
    vault.remove("A").expect("there");
    assert_eq!(vault.text().matches('\n').count(), vault.text().matches("\r\n").count());
    assert_eq!(read(&vault, "B"), "two");
}

#[test]
fn a_removed_value_takes_one_line_with_it() {
    let mut vault = vault(&[("A", "one"), ("B", "two"), ("C", "three")]);
    let without: Vec<_> = vault.text().lines().filter(|line| !line.starts_with("B = ")).collect();
    let without = format!("{}\n", without.join("\n"));
    vault.remove("B").expect("there");
    assert_eq!(vault.text(), without);
    assert_eq!(
        told(&vault.get("B").unwrap_err()),
        "secrets.toml: B is not in the vault\ngive it a value first"
    );
    for name in ["A", "C"] {
        vault.remove(name).expect("there");
    }
    set(&mut vault, "A", "again");
    assert_eq!(read(&vault, "A"), "again");
}

#[test]
fn new_names_follow_the_order_of_the_contract() {
    let mut vault = vault(&[("B", "b"), ("D", "d")]);
    let text = vault.text().replace("\nB = ", "\n# about b\n# and more\nB = ");
    vault = open(&text, &ann()).expect("the same");
    vault.keep_order(["A", "B", "C", "D", "E"]);
    for name in ["E", "C", "A", "OTHER"] {
        assert_eq!(set(&mut vault, name, "x"), Set::Added);
    }
    assert_eq!(vault.names().collect::<Vec<_>>(), ["A", "B", "C", "D", "E", "OTHER"]);
    let a = vault.text().find("A = ").expect("set");
    assert!(a < vault.text().find("# about b").expect("kept"), "a comment stays with its name");
}

#[test]
fn names_beyond_those_of_variables_are_quoted() {
    let mut vault = vault(&[]);
    let names = ["shop:dbPassword", "a.b", "with space", "Größe", "\"", "'", "#", "\\"];
    for name in names {
        set(&mut vault, name, name);
    }
    let again = open(vault.text(), &ann()).expect("the same");
    assert_eq!(again.names().collect::<Vec<_>>(), names);
    assert!(names.iter().all(|name| read(&again, name) == *name));
    for name in ["", "A\nB", "\0"] {
        let error = vault.set(name, &SecretValue::from("x"), &mut Numbers(1)).unwrap_err();
        assert!(matches!(error, VaultError::BadName { .. }), "{error}");
    }
}

#[test]
fn a_changed_value_is_refused_by_name_and_can_be_set_again() {
    let text = vault(&[("A", "one"), ("B", "two")]).text().to_owned();
    let a = line(&text, "A = ");
    let (letter, other) = if &a[20..21] == "x" { ("x", "y") } else { (&a[20..21], "x") };
    let broken = format!("{}{}{}", &a[..20], a[20..].replacen(letter, other, 1), "");
    let mut vault = open(&text.replace(a, &broken), &ann()).expect("the recipients are intact");
    let error = vault.get("A").unwrap_err();
    assert_eq!(
        error.to_string(),
        "secrets.toml:12: the value of A was not sealed for this name in this vault with its present key"
    );
    assert_eq!(read(&vault, "B"), "two");
    assert_eq!(vault.values().unwrap_err(), [error]);
    assert_eq!(set(&mut vault, "A", "one"), Set::Changed);
    assert_eq!(vault.values().expect("intact").len(), 2);
}

#[test]
fn a_value_under_another_name_or_in_another_vault_is_refused() {
    let text = vault(&[("ADMIN", "one"), ("GUEST", "two")]).text().to_owned();
    let (admin, guest) = (line(&text, "ADMIN = "), line(&text, "GUEST = "));
    let moved = text.replace(guest, &guest.replace(&guest[8..], &admin[8..]));
    let vault = open(&moved, &ann()).expect("the recipients are intact");
    assert_eq!(read(&vault, "ADMIN"), "one");
    assert!(matches!(vault.get("GUEST"), Err(VaultError::Tampered { name, .. }) if name == "GUEST"));

    let mut random = Numbers(1_000);
    let mut other = envctl_vault::Vault::create(FILE, &[ann().to_recipient()], &mut random).expect("one");
    other.set("ADMIN", &SecretValue::from("three"), &mut random).expect("a name");
    let theirs = line(other.text(), "ADMIN = ").to_owned();
    let vault = open(&text.replace(admin, &theirs), &ann()).expect("the recipients are intact");
    assert!(matches!(vault.get("ADMIN"), Err(VaultError::Tampered { name, .. }) if name == "ADMIN"));
}

#[test]
fn lengths_are_hidden_up_to_32_bytes() {
    let length = |value: &str| line(vault(&[("A", value)]).text(), "A = ").len();
    let short: Vec<_> = [0, 1, 23, 24].map(|bytes| length(&"x".repeat(bytes))).to_vec();
    assert!(short.iter().all(|other| *other == short[0]), "{short:?}");
    assert!(length(&"x".repeat(25)) > short[0]);
    assert_eq!(length(&"x".repeat(25)), length(&"x".repeat(56)));
}

#[test]
fn without_randomness_nothing_changes() {
    let mut vault = vault(&[("A", "one")]);
    let before = vault.text().to_owned();
    let error = vault.set("A", &SecretValue::from("two"), &mut Broken).unwrap_err();
    assert_eq!(error.to_string(), "secrets.toml: no random bytes: it is broken");
    assert!(vault.add_recipient(&crate::support::bob().to_recipient(), &mut Broken).is_err());
    assert!(vault.rekey(&mut envctl_vault::CannotAsk, &mut Broken).is_err());
    assert_eq!(vault.text(), before);
    assert_eq!(read(&vault, "A"), "one");
}

#[test]
fn a_mistyped_name_is_told() {
    let error = vault(&[("API_TOKEN", "x")]).get("API_TOKN").unwrap_err();
    assert_eq!(told(&error), "secrets.toml: API_TOKN is not in the vault\ndid you mean API_TOKEN?");
}
