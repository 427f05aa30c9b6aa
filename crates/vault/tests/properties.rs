//! What holds for any text and any change of the file.

use std::collections::BTreeMap;

use envctl_vault::{CannotAsk, Identity, Unlocked, Vault};
use envschema::SecretValue;
use proptest::prelude::*;

use crate::support::{FILE, Numbers, ann, bob, open, passphrase, shared, vault};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read_back(texts in prop::collection::vec(any::<String>(), 1..4), seed: u64) {
        let mut open_vault = vault(&[]);
        for (index, text) in texts.iter().enumerate() {
            open_vault.set(&format!("V{index}"), &SecretValue::from(text.as_str()), &mut Numbers(seed ^ index as u64))?;
        }
        let again = open(open_vault.text(), &ann())?;
        for (index, text) in texts.iter().enumerate() {
            let read = again.get(&format!("V{index}"))?;
            prop_assert!(read == SecretValue::from(text.as_str()));
        }
    }

    /// Sets and removals, compared with a map: values, and the lines of those that did not change.
    #[test]
    fn unchanged_values_keep_their_lines(steps in prop::collection::vec((0..6usize, prop::option::of("[a-c]{0,2}")), 1..12), seed: u64) {
        let mut open_vault = vault(&[]);
        let mut random = Numbers(seed);
        let mut expected = BTreeMap::<String, String>::new();
        for (name, value) in steps {
            let name = format!("NAME_{name}");
            let before = open_vault.text().to_owned();
            match value {
                Some(value) => {
                    open_vault.set(&name, &SecretValue::from(value.as_str()), &mut random)?;
                    expected.insert(name.clone(), value);
                }
                None => {
                    prop_assert_eq!(open_vault.remove(&name).is_ok(), expected.remove(&name).is_some());
                }
            }
            let start = format!("{name} = ");
            let others = |text: &str| text.lines().filter(|line| !line.starts_with(&start)).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(others(&before), others(open_vault.text()));
        }
        let again = open(open_vault.text(), &ann())?;
        prop_assert_eq!(again.names().count(), expected.len());
        for (name, value) in &expected {
            prop_assert!(again.get(name)? == SecretValue::from(value.as_str()));
        }
    }

    #[test]
    fn no_text_ends_the_program(text in "(\\[\\[?(recipients|values)\\]\\]?|version = 1|id = \"[A-Za-z0-9+/=]{0,24}\"|key = \"(age1|ssh-rsa )[A-Za-z0-9+/=]{0,80}\"|[ \\n=\"'#A-Z0-9])*") {
        let _ = Vault::parse(FILE, &text);
        let _ = Identity::parse("key.txt", &SecretValue::from(text.as_str()));
        let _ = envctl_vault::NewRecipient::parse(&text);
    }
}

#[test]
fn special_and_long_texts_are_read_back() {
    let long = "0123456789abcdef ü\n".repeat(3_000);
    let texts =
        ["", "\0", "a\0b", "\r\n\t", "two\nlines\n", "\u{feff}mark", "🦀 \u{2068}x\u{2069}", "\"\"\"", &long];
    let mut vault = vault(&[]);
    for (index, text) in texts.iter().enumerate() {
        vault
            .set(&format!("V{index}"), &SecretValue::from(*text), &mut Numbers(index as u64))
            .expect("a name");
    }
    let again = open(vault.text(), &ann()).expect("the same");
    for (index, text) in texts.iter().enumerate() {
        assert!(again.get(&format!("V{index}")).expect("intact") == SecretValue::from(*text), "{index}");
    }
}

const VALUES: [(&str, &str); 3] = [("ALPHA", "one"), ("BETA", "two"), ("c", "three")];

/// A vault with everything in it that the format has.
fn full() -> Unlocked {
    let people = [
        ann().to_recipient().about("Ann").expect("one line"),
        bob().to_recipient(),
        passphrase("open sesame").about("in the safe").expect("one line"),
    ];
    shared(&people, &VALUES)
}

/// Whatever was done to the file, what is read is what was set.
fn reads_nothing_else(bytes: &[u8], what: &str) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let Ok(vault) = Vault::parse(FILE, text) else { return };
    let Ok(open) = vault.unlock(&[ann()], &mut CannotAsk) else { return };
    for name in open.names() {
        let Ok(read) = open.get(name) else { continue };
        let set = VALUES.iter().find(|(other, _)| *other == name);
        assert!(set.is_some_and(|(_, set)| read == SecretValue::from(*set)), "{name} after {what}");
    }
    let known = [Some(ann().public_key().to_owned()), Some(bob().public_key().to_owned()), None];
    for recipient in open.vault().recipients() {
        assert!(known.iter().any(|key| key.as_deref() == recipient.key()), "{recipient} after {what}");
    }
}

#[test]
fn a_flipped_bit_anywhere_changes_nothing_that_is_read() {
    let vault = full();
    let text = vault.text().as_bytes();
    let mut random = Numbers(11);
    for offset in 0..text.len() {
        let mut changed = text.to_vec();
        changed[offset] ^= 1 << random.below(8);
        reads_nothing_else(&changed, &format!("a flip at {offset}"));
        changed[offset] = b'#';
        reads_nothing_else(&changed, &format!("a # at {offset}"));
    }
}

#[test]
fn random_changes_of_the_file_change_nothing_that_is_read() {
    let (first, second) =
        (full(), shared(&[ann().to_recipient()], &[("ALPHA", "another"), ("BETA", "vault")]));
    let mut random = Numbers(5);
    for round in 0..2_000 {
        let mut lines: Vec<_> = first.text().lines().map(str::to_owned).collect();
        let others: Vec<_> = second.text().lines().collect();
        for _ in 0..=random.below(3) {
            let (at, to) = (random.below(lines.len()), random.below(lines.len()));
            match random.below(7) {
                0 => lines.swap(at, to),
                1 => drop(lines.remove(at)),
                2 => lines.insert(at, others[random.below(others.len())].to_owned()),
                3 => lines[at] = lines[to].clone(),
                4 => lines[at] = others[random.below(others.len())].to_owned(),
                5 => lines[at] = lines[at].chars().rev().collect(),
                // The value of one line under the name of another.
                _ => {
                    let value = lines[to].split_once(" = ").map(|(_, value)| value.to_owned());
                    let name = lines[at].split_once(" = ").map(|(name, _)| name.to_owned());
                    if let (Some(name), Some(value)) = (name, value) {
                        lines[at] = format!("{name} = {value}");
                    }
                }
            }
        }
        // A vault that is the other one as a whole is a vault, of course.
        if !lines.iter().any(|line| line == others[2]) {
            reads_nothing_else(lines.join("\n").as_bytes(), &format!("round {round}"));
        }
    }
}
