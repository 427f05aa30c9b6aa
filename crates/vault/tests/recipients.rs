//! Who can read a vault: coming, going, and not slipping in.

use envctl_vault::{CannotAsk, NewRecipient, Vault, VaultError};
use envschema::SecretValue;

use crate::support::{FILE, Numbers, ann, bob, line, open, passphrase, read, says, shared, told, vault};

/// The block of the recipient with this key.
fn block<'t>(text: &'t str, key: &str) -> &'t str {
    let start = text.find(&format!("[[recipients]]\nkey = \"{key}\"")).expect("a block");
    let length = text[start..].find("\n\n").expect("something behind it");
    &text[start..start + length]
}

#[test]
fn each_recipient_reads_alone() {
    let vault =
        shared(&[ann().to_recipient(), bob().to_recipient(), passphrase("open sesame")], &[("A", "x")]);
    for who in [ann(), bob()] {
        assert_eq!(read(&open(vault.text(), &who).expect("a recipient"), "A"), "x");
    }
    let locked = Vault::parse(FILE, vault.text()).expect("a vault");
    let mut ask = says("open sesame");
    assert_eq!(read(&locked.unlock(&[], &mut ask).expect("the passphrase"), "A"), "x");
    assert_eq!(ask.1.len(), 1);
    let mut ask = says("never asked");
    locked.unlock(&[bob()], &mut ask).expect("Bob needs no passphrase");
    assert!(ask.1.is_empty());
}

#[test]
fn others_are_told_who_can_read() {
    let vault = vault(&[("A", "x")]);
    let error = open(vault.text(), &bob()).unwrap_err();
    let expected = format!(
        "secrets.toml: no identity fits this vault; its recipients are {} (Ann)\ngive the identity of one of them \
         (`ENVCTL_VAULT_IDENTITY=FILE`), or ask one of them to add you as a recipient",
        ann().public_key()
    );
    assert_eq!(told(&error), expected);
    let secret = shared(&[ann().to_recipient(), passphrase("open sesame")], &[]);
    let error = open(secret.text(), &bob()).unwrap_err();
    let help =
        "give the identity of a recipient, or run this where the passphrase of secrets.toml can be asked for";
    assert_eq!(error.help(), help);
}

#[test]
fn a_wrong_passphrase_is_told() {
    let vault = shared(&[passphrase("open sesame")], &[]);
    let locked = Vault::parse(FILE, vault.text()).expect("a vault");
    let error = locked.unlock(&[], &mut says("close sesame")).unwrap_err();
    assert_eq!(told(&error), "secrets.toml:5: wrong passphrase\ntry again");
    assert!(NewRecipient::passphrase(SecretValue::from("")).is_err());
}

#[test]
fn somebody_added_reads_everything_and_no_other_line_changes() {
    let mut vault = vault(&[("A", "x")]);
    let before = vault.text().to_owned();
    vault.add_recipient(&bob().to_recipient().about("Bob").expect("one line"), &mut Numbers(5)).expect("new");
    assert_eq!(read(&open(vault.text(), &bob()).expect("added"), "A"), "x");
    let added = block(vault.text(), bob().public_key());
    assert_eq!(vault.text().replace(&format!("\n{added}\n"), ""), before);
    let twice = vault.add_recipient(&bob().to_recipient(), &mut Numbers(6)).unwrap_err();
    assert!(
        told(&twice).starts_with(&format!("secrets.toml:11: {} (Bob) is a recipient", bob().public_key()))
    );
}

#[test]
fn somebody_removed_reads_nothing_that_comes_later() {
    let people = [ann().to_recipient(), bob().to_recipient().about("Bob").expect("one line")];
    let mut vault = shared(&people, &[("A", "old"), ("B", "kept")]);
    let before = vault.text().to_owned();
    let done = vault.remove_recipient(bob().public_key(), &mut CannotAsk, &mut Numbers(5)).expect("there");
    let expected = format!(
        "the vault has a new key; values sealed anew: 2, recipients: 1; {} (Bob) cannot read what is set from now on, but \
         could read every value until now, and earlier versions of the file stay readable: change the values that \
         matter where they are used",
        bob().public_key()
    );
    assert_eq!(done.to_string(), expected);
    assert!(!vault.text().contains(bob().public_key()));
    assert!(!vault.text().contains("\n\n\n"), "{}", vault.text());
    for name in ["A = ", "B = "] {
        assert_ne!(line(&before, name), line(vault.text(), name), "every value is sealed anew");
    }
    assert_eq!(read(&open(vault.text(), &ann()).expect("still there"), "B"), "kept");
    // What Bob can do: put his old block back. He gets the old key out of it, which opens nothing.
    let back =
        vault.text().replace("[values]", &format!("{}\n\n[values]", block(&before, bob().public_key())));
    assert!(matches!(open(&back, &bob()), Err(VaultError::Unsealed { .. })));
    assert!(matches!(open(&back, &ann()), Err(VaultError::Unsealed { .. })));
}

#[test]
fn the_last_recipient_stays() {
    let mut vault = vault(&[("A", "x")]);
    let before = vault.text().to_owned();
    let error = vault.remove_recipient(ann().public_key(), &mut CannotAsk, &mut Numbers(5)).unwrap_err();
    assert!(
        told(&error)
            .starts_with("secrets.toml:5: the last recipient cannot be removed\nadd another one first")
    );
    let error = vault.remove_recipient("passphrase", &mut CannotAsk, &mut Numbers(5)).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!("secrets.toml: no such recipient; there are {} (Ann)", ann().public_key())
    );
    assert_eq!(vault.text(), before);
}

#[test]
fn a_new_key_asks_for_the_passphrase_and_makes_sure_of_it() {
    let mut vault = shared(&[ann().to_recipient(), passphrase("open sesame")], &[("A", "x")]);
    let before = vault.text().to_owned();
    let error = vault.rekey(&mut CannotAsk, &mut Numbers(5)).unwrap_err();
    assert!(matches!(error, VaultError::NotAsked { .. }), "{error}");
    let error = vault.rekey(&mut says("a typing error"), &mut Numbers(5)).unwrap_err();
    assert!(matches!(error, VaultError::WrongPassphrase { .. }), "{error}");
    assert_eq!(vault.text(), before);
    vault.rekey(&mut says("open sesame"), &mut Numbers(5)).expect("the passphrase");
    for start in ["wrapped = ", "seal = ", "A = "] {
        assert_ne!(line(&before, start), line(vault.text(), start));
    }
    let locked = Vault::parse(FILE, vault.text()).expect("a vault");
    assert_eq!(read(&locked.unlock(&[], &mut says("open sesame")).expect("the same"), "A"), "x");
    let done =
        vault.remove_recipient("passphrase", &mut CannotAsk, &mut Numbers(6)).expect("no need to know it");
    assert_eq!(done.removed.as_deref(), Some("passphrase"));
}

#[test]
fn a_new_key_is_not_made_over_a_value_that_would_be_lost() {
    let text = vault(&[("A", "x"), ("B", "y")]).text().to_owned();
    let (a, b) = (line(&text, "A = "), line(&text, "B = "));
    let moved = text.replace(b, &format!("B = {}", &a[4..]));
    let mut vault = open(&moved, &ann()).expect("the recipients are intact");
    let error = vault.rekey(&mut CannotAsk, &mut Numbers(5)).unwrap_err();
    assert!(matches!(error, VaultError::Tampered { name, .. } if name == "B"));
    assert_eq!(vault.text(), moved);
}

#[test]
fn nobody_slips_in_by_editing_the_file() {
    let vault = shared(&[ann().to_recipient()], &[("A", "x")]);
    let theirs = shared(&[bob().to_recipient()], &[]);
    // A block from a vault of their own, complete with a seal.
    let block = block(theirs.text(), bob().public_key());
    let text = vault.text().replace("[values]", &format!("{block}\n\n[values]"));
    let error = open(&text, &ann()).unwrap_err();
    let expected = format!("secrets.toml:10: {} is not sealed with this vault's key", bob().public_key());
    assert_eq!(error.to_string(), expected);
    assert!(error.help().starts_with("nothing was encrypted to them"), "{}", error.help());
    // Ann's own block with another key in it.
    let text = vault.text().replace(ann().public_key(), bob().public_key());
    assert!(open(&text, &ann()).is_err());
    // The seal of one recipient does not serve for another one.
    let both = shared(&[ann().to_recipient(), bob().to_recipient()], &[]);
    let eve = envctl_vault::Identity::generate(None).0;
    let text = both.text().replace(bob().public_key(), eve.public_key());
    assert!(matches!(open(&text, &ann()), Err(VaultError::Unsealed { .. })));
}

#[test]
fn every_seal_is_bound_to_the_id_of_the_vault() {
    let (vault, other) = (vault(&[("A", "x")]), vault(&[]));
    let text = vault.text().replace(line(vault.text(), "id = "), line(other.text(), "id = "));
    assert!(matches!(open(&text, &ann()), Err(VaultError::Unsealed { .. })));
}

#[test]
fn words_about_a_recipient_are_sealed_too() {
    let people = [ann().to_recipient().about("Ann").unwrap(), bob().to_recipient().about("Bob").unwrap()];
    let mut vault = shared(&people, &[("A", "x")]);
    let swapped =
        vault.text().replace("\"Ann\"", "\"?\"").replace("\"Bob\"", "\"Ann\"").replace("\"?\"", "\"Bob\"");
    let error = open(&swapped, &ann()).unwrap_err();
    assert!(matches!(&error, VaultError::Unsealed { recipients, .. } if recipients.len() == 2), "{error}");
    let before = line(vault.text(), "A = ").to_owned();
    vault.describe_recipient(bob().public_key(), "Bob's \"new\" laptop", &mut Numbers(3)).expect("there");
    let again = open(vault.text(), &ann()).expect("sealed");
    let abouts: Vec<_> = again.vault().recipients().filter_map(|recipient| recipient.about()).collect();
    assert_eq!(abouts, ["Ann", "Bob's \"new\" laptop"]);
    assert_eq!(line(vault.text(), "A = "), before);
    assert!(vault.describe_recipient(bob().public_key(), "two\nlines", &mut Numbers(3)).is_err());
}

#[test]
fn words_are_put_where_there_were_none() {
    let mut vault = shared(&[ann().to_recipient(), passphrase("open sesame")], &[]);
    vault.describe_recipient("passphrase", "in the safe", &mut Numbers(3)).expect("there");
    assert!(
        vault.text().contains("kind = \"passphrase\"\nabout = \"in the safe\"\nwrapped"),
        "{}",
        vault.text()
    );
    assert!(open(vault.text(), &ann()).is_ok());
}

#[test]
fn a_wrapped_key_that_was_changed_is_told() {
    let vault = vault(&[("A", "x")]);
    let wrapped = line(vault.text(), "wrapped = ");
    let theirs = shared(&[bob().to_recipient()], &[]);
    let text = vault.text().replace(wrapped, line(theirs.text(), "wrapped = "));
    let error = open(&text, &ann()).unwrap_err();
    let expected = format!(
        "secrets.toml:5: the key that is wrapped for {} (Ann) cannot be read: it was made for another key, or changed",
        ann().public_key()
    );
    assert_eq!(error.to_string(), expected);
    assert!(error.help().starts_with("take the block"));
    // Of two identities that fit, the one that works is taken.
    let both = shared(&[ann().to_recipient(), bob().to_recipient()], &[]);
    let text = both.text().replacen(line(both.text(), "wrapped = "), "wrapped = \"aGk=\"", 1);
    let locked = Vault::parse(FILE, &text).expect("a vault");
    let error = locked.unlock(&[ann(), bob()], &mut CannotAsk).unwrap_err();
    assert!(matches!(&error, VaultError::Unsealed { recipients, .. } if recipients.len() == 1), "{error}");
}

#[test]
fn a_passphrase_that_would_take_hours_is_refused() {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;
    let vault = shared(&[passphrase("open sesame")], &[]);
    let wrapped = line(vault.text(), "wrapped = ").split('"').nth(1).expect("quoted");
    let age = STANDARD.decode(wrapped).expect("base64");
    let header = age.windows(3).position(|bytes| bytes == b" 2\n").expect("the work factor");
    let slow = [&age[..header], b" 21\n", &age[header + 3..]].concat();
    let text = vault.text().replace(wrapped, &STANDARD.encode(slow));
    let error =
        Vault::parse(FILE, &text).expect("a vault").unlock(&[], &mut says("open sesame")).unwrap_err();
    assert!(
        error.to_string().ends_with("its passphrase is stretched further than is allowed here"),
        "{error}"
    );
}
