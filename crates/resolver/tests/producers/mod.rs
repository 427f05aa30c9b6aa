//! Tests of the generators.

use std::collections::HashSet;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use envctl_resolver::producers::{OsRandom, ProduceError, RandomError, RandomSource, generate};
use envctl_testkit::TempProject;
use envschema::GeneratorForm;
use proptest::prelude::*;

use crate::sources::text;

/// Gives the same bytes again and again.
struct Repeats(Vec<u8>, usize);

impl RandomSource for Repeats {
    fn fill(&mut self, bytes: &mut [u8]) -> Result<(), RandomError> {
        for byte in bytes {
            *byte = self.0[self.1 % self.0.len()];
            self.1 += 1;
        }
        Ok(())
    }
}

/// Has nothing to give.
struct Broken;

impl RandomSource for Broken {
    fn fill(&mut self, _: &mut [u8]) -> Result<(), RandomError> {
        Err(RandomError { reason: "not ready".to_owned() })
    }
}

fn made(form: &str, random: &mut dyn RandomSource) -> Result<String, ProduceError> {
    let form: GeneratorForm = form.parse().expect("a form");
    generate(form, "", random).map(|value| text(&value).to_owned())
}

fn counting() -> Repeats {
    Repeats((0..=255).collect(), 0)
}

#[test]
fn known_bytes_give_known_texts() {
    let cases = [
        ("base64:1", "AA=="),
        ("base64:4", "AAECAw=="),
        ("base64:32", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
        ("hex:4", "00010203"),
        ("alnum:5", "ABCDE"),
        ("alnum:64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789AB"),
        ("uuid", "00010203-0405-4607-8809-0a0b0c0d0e0f"),
        (
            "ed25519",
            "-----BEGIN PRIVATE KEY-----\n\
             MC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n\
             -----END PRIVATE KEY-----\n",
        ),
    ];
    for (form, expected) in cases {
        assert_eq!(made(form, &mut counting()).unwrap(), expected, "{form}");
    }
}

#[test]
fn a_prefix_goes_first() {
    let value = generate(GeneratorForm::Hex(2), "sk-", &mut counting()).unwrap();
    assert_eq!(text(&value), "sk-0001");
    assert_eq!(format!("{value:?}"), "[secret]");
}

#[test]
fn ten_thousand_draws_never_repeat() {
    let mut seen = HashSet::new();
    for _ in 0..10_000 {
        let value = made("base64:32", &mut OsRandom).unwrap();
        assert_eq!(value.len(), 44);
        assert_eq!(STANDARD.decode(&value).unwrap().len(), 32);
        assert!(seen.insert(value), "a value came twice");
    }
}

#[test]
fn every_letter_and_digit_is_as_likely() {
    let value = made("alnum:62000", &mut OsRandom).unwrap();
    let mut counts = [0_u32; 128];
    for byte in value.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let drawn: Vec<_> = counts.into_iter().filter(|&count| count > 0).collect();
    assert_eq!(drawn.len(), 62);
    // 1000 each, with a standard deviation of 32: seven of them is beyond any chance.
    assert!(drawn.iter().all(|count| (780..1220).contains(count)), "{drawn:?}");
}

#[test]
fn bytes_without_a_fair_letter_are_drawn_again() {
    let mut random = Repeats([&[248, 255, 250][..], &[61]].concat(), 0);
    assert_eq!(made("alnum:3", &mut random).unwrap(), "999");
}

#[test]
fn a_broken_source_is_an_error_for_every_form() {
    for form in ["base64:32", "hex:8", "alnum:8", "uuid", "ed25519"] {
        let error = made(form, &mut Broken).unwrap_err();
        assert_eq!(error.to_string(), "no random bytes: not ready", "{form}");
        assert!(error.help().starts_with("the system's random source must work"));
    }
    let stuck = made("alnum:8", &mut Repeats(vec![255], 0)).unwrap_err();
    assert_eq!(stuck.to_string(), "no random bytes: the source repeats itself");
}

/// Whether OpenSSL takes a key, and what it says of it. None where there is no OpenSSL.
fn openssl_says(pem: &str) -> Option<String> {
    let project = TempProject::new().file("key.pem", pem);
    let mut command = Command::new("openssl");
    command
        .args(["pkey", "-noout", "-text", "-in", "key.pem"])
        .current_dir(project.path())
        .stdin(Stdio::null());
    let output = command.output().ok()?;
    assert!(output.status.success(), "openssl does not take the key");
    Some(String::from_utf8_lossy(&output.stdout).into_owned())
}

#[test]
fn openssl_takes_an_ed25519_key() {
    let pem = made("ed25519", &mut OsRandom).unwrap();
    assert!(openssl_says(&pem).is_none_or(|said| said.starts_with("ED25519 Private-Key")));
}

#[cfg(feature = "rsa")]
#[test]
fn an_rsa_key_can_be_read_back() {
    use rsa::RsaPrivateKey;
    use rsa::pkcs8::DecodePrivateKey;
    use rsa::traits::PublicKeyParts;

    let pem = made("rsa:2048", &mut OsRandom).unwrap();
    let key = RsaPrivateKey::from_pkcs8_pem(&pem).unwrap();
    assert_eq!(key.n().bits(), 2048);
    key.validate().unwrap();
    assert!(openssl_says(&pem).is_none_or(|said| said.contains("2048 bit")));
    assert_eq!(made("rsa:2048", &mut Broken).unwrap_err().to_string(), "no random bytes: not ready");
}

#[cfg(not(feature = "rsa"))]
#[test]
fn without_rsa_the_error_says_what_to_do() {
    let error = made("rsa:2048", &mut OsRandom).unwrap_err();
    assert_eq!(
        error.to_string(),
        "RSA keys cannot be made: this program was built without the feature `rsa`"
    );
    assert!(error.help().contains("openssl genpkey"));
}

proptest! {
    #[test]
    fn sizes_and_alphabets(size in 1_usize..300) {
        let alnum = made(&format!("alnum:{size}"), &mut OsRandom).unwrap();
        prop_assert!(alnum.len() == size && alnum.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let hex = made(&format!("hex:{size}"), &mut OsRandom).unwrap();
        prop_assert!(hex.len() == size * 2);
        prop_assert!(hex.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')));
        let base64 = made(&format!("base64:{size}"), &mut OsRandom).unwrap();
        prop_assert_eq!(STANDARD.decode(base64).unwrap().len(), size);
    }
}
