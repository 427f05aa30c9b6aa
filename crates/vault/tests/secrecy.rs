//! Secrets are in no text, error or `Debug`.

use envctl_testkit::Canaries;
use envctl_vault::{CannotAsk, Identity, NewRecipient, Vault, VaultError};
use envschema::SecretValue;

use crate::support::{FILE, Numbers, ann, bob, line, open, says, shared, told};

fn scan(canaries: &Canaries, error: &VaultError) {
    canaries.scan("an error", told(error));
    canaries.scan("an error's Debug", format!("{error:?}"));
}

#[test]
fn values_and_keys_are_in_nothing_that_is_shown() {
    let mut canaries = Canaries::new();
    let (first, second) = (canaries.plant("first"), canaries.plant("second"));
    let phrase = canaries.plant("passphrase");
    let (identity, file) = Identity::generate(None);
    #[expect(
        clippy::disallowed_methods,
        reason = "the private key is looked for in everything that is shown"
    )]
    canaries.plant_value("identity", line(file.expose(), "AGE-SECRET-KEY-"));

    let secret =
        NewRecipient::passphrase(SecretValue::from(phrase.as_str())).expect("not empty").work_factor(2);
    canaries.scan("a recipient's Debug", format!("{secret:?}"));
    canaries.scan("an identity's Debug", format!("{identity:?}"));
    let mut vault = shared(&[identity.to_recipient(), secret], &[("A", &first), ("B", &first)]);
    vault.set("B", &SecretValue::from(second.as_str()), &mut Numbers(3)).expect("a name");
    canaries.scan("the file", vault.text());
    canaries.scan("Debug", format!("{vault:?} {:?} {:?}", vault.vault(), vault.get("A")));

    let (a, b) = (line(vault.text(), "A = "), line(vault.text(), "B = "));
    let moved = vault.text().replace(b, &format!("B = {}", &a[4..]));
    let mut broken = open(&moved, &identity).expect("the recipients are intact");
    scan(&canaries, &broken.get("B").unwrap_err());
    scan(&canaries, &broken.rekey(&mut CannotAsk, &mut Numbers(4)).unwrap_err());
    scan(&canaries, &broken.get("C").unwrap_err());
    let locked = Vault::parse(FILE, vault.text()).expect("a vault");
    scan(&canaries, &locked.unlock(&[bob()], &mut CannotAsk).unwrap_err());
    scan(&canaries, &locked.unlock(&[bob()], &mut says("another")).unwrap_err());
}

#[test]
fn what_somebody_put_in_the_wrong_place_is_not_repeated() {
    let mut canaries = Canaries::new();
    let value = canaries.plant("plain");
    let text = shared(&[ann().to_recipient()], &[("A", "x")]).text().to_owned();
    let a = line(&text, "A = ");
    for line in [
        format!("A = \"{value}\""),
        format!("A = {value}"),
        format!("A = \"{value}"),
        format!("A = [\"{value}\"]"),
        format!("A = {{ x = \"{value}\" }}"),
        format!("A\"{value}\""),
    ] {
        scan(&canaries, &Vault::parse(FILE, &text.replace(a, &line)).unwrap_err());
    }
    for (key, with) in [("key = ", "key"), ("wrapped = ", "wrapped"), ("seal = ", "seal"), ("id = ", "id")] {
        let wrong = text.replace(line(&text, key), &format!("{with} = \"{value}\""));
        scan(&canaries, &Vault::parse(FILE, &wrong).unwrap_err());
    }
    scan(&canaries, &NewRecipient::parse(&value).unwrap_err());
    scan(&canaries, &Identity::parse("key.txt", &SecretValue::from(value.as_str())).unwrap_err());
    let mut vault = open(&text, &ann()).expect("Ann's");
    scan(&canaries, &vault.remove_recipient(&value, &mut CannotAsk, &mut Numbers(1)).unwrap_err());
}

/// age puts marks for the direction of writing into its messages.
#[test]
fn messages_have_no_invisible_marks() {
    let text = shared(&[ann().to_recipient()], &[]).text().to_owned();
    let wrapped = line(&text, "wrapped = ");
    for other in ["wrapped = \"\"", "wrapped = \"aGVsbG8=\"", "wrapped = \"YWdlLWVuY3J5cHRpb24ub3JnL3Yy\""] {
        let told = told(&open(&text.replace(wrapped, other), &ann()).unwrap_err());
        assert!(!told.contains(['\u{2068}', '\u{2069}']), "{told}");
    }
}
