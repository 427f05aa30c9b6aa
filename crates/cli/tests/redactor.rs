//! The masking of a stream, held against masking the whole text at once.

use envctl::Redactor;
use envschema::SecretValue;
use proptest::prelude::*;

fn masked(secrets: &[(String, SecretValue)], pieces: &[&[u8]]) -> Vec<u8> {
    let secrets = secrets.iter().map(|(name, value)| (name.as_str(), value));
    let mut redactor = Redactor::new(secrets).expect("small secrets");
    let mut output = Vec::new();
    for piece in pieces {
        redactor.push(piece, &mut output);
    }
    redactor.finish(&mut output);
    output
}

/// The slow way: which bytes belong to an occurrence is seen on the whole text.
fn covered(forms: &[&[u8]], text: &[u8]) -> Vec<bool> {
    let mut covered = vec![false; text.len()];
    for form in forms {
        for begin in 0..text.len() {
            if text[begin..].starts_with(form) {
                covered[begin..begin + form.len()].fill(true);
            }
        }
    }
    covered
}

/// Whether `output` is the text with each covered stretch replaced by one mark or more.
fn is_masked(text: &[u8], covered: &[bool], output: &[u8]) -> bool {
    let mut rest = output;
    let mut at = 0;
    while at < text.len() {
        if !covered[at] {
            let Some(after) = rest.strip_prefix(&[text[at]]) else { return false };
            (rest, at) = (after, at + 1);
            continue;
        }
        let mut marks = 0;
        while rest.first() == Some(&b'[') {
            let Some(end) = rest.iter().position(|byte| *byte == b']') else { return false };
            rest = &rest[end + 1..];
            marks += 1;
        }
        if marks == 0 {
            return false;
        }
        while at < text.len() && covered[at] {
            at += 1;
        }
    }
    rest.is_empty()
}

/// Secrets that overlap, repeat themselves and hold each other, of few letters.
fn secrets() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[ab]{8,14}|(ab){4,7}|a{8,12}", 1..5)
}

/// Text in which they occur, in pieces.
fn pieces(secrets: Vec<String>) -> impl Strategy<Value = (Vec<String>, Vec<Vec<u8>>)> {
    let some = prop::sample::select(secrets.clone());
    let part = prop_oneof![
        some.clone().prop_map(String::into_bytes),
        (some, 0..14_usize).prop_map(|(secret, end)| secret.into_bytes().into_iter().take(end).collect()),
        "[ab]{0,6}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>().prop_filter("no mark", |byte| !b"[]".contains(byte)), 0..6),
    ];
    let text = prop::collection::vec(part, 0..12).prop_map(|parts| parts.concat());
    let cuts = prop::collection::vec(0..200_usize, 0..12);
    (Just(secrets), text, cuts).prop_map(|(secrets, text, mut cuts)| {
        cuts.sort_unstable();
        let mut pieces = Vec::new();
        let mut begin = 0;
        for cut in cuts.into_iter().map(|cut| cut.min(text.len())) {
            pieces.push(text[begin..cut].to_vec());
            begin = cut;
        }
        pieces.push(text[begin..].to_vec());
        (secrets, pieces)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn pieces_are_masked_like_the_whole((secrets, pieces) in secrets().prop_flat_map(pieces)) {
        let named: Vec<_> =
            secrets.iter().enumerate().map(|(index, text)| (format!("S{index}"), SecretValue::from(text.as_str()))).collect();
        let text = pieces.concat();
        let in_pieces: Vec<&[u8]> = pieces.iter().map(Vec::as_slice).collect();
        let output = masked(&named, &in_pieces);
        prop_assert_eq!(&output, &masked(&named, &[&text]));
        let forms: Vec<&[u8]> = secrets.iter().map(String::as_bytes).collect();
        prop_assert!(is_masked(&text, &covered(&forms, &text), &output), "{}", String::from_utf8_lossy(&output));
    }

    #[test]
    fn no_more_is_held_back_than_could_be_a_secret(secret in "[a-z]{8,40}", text in "[a-z\n]{0,60}") {
        let value = SecretValue::from(secret.as_str());
        let mut redactor = Redactor::new([("S", &value)]).expect("a small secret");
        let mut output = Vec::new();
        redactor.push(text.as_bytes(), &mut output);
        if !text.contains(&secret) {
            let held = &text[output.len()..];
            // Encoded forms begin with other letters than these, or are this long too.
            prop_assert!(held.len() < secret.len() * 3);
            prop_assert!(text.ends_with(held) && !held.contains('\n'));
        }
    }
}

#[test]
fn every_common_form_is_masked() {
    let secret = "p/w \"ü\"+1&~x";
    for form in [
        secret,
        "p/w \\\"ü\\\"+1&~x",
        "p\\/w \\\"ü\\\"+1&~x",
        "p%2Fw%20%22%C3%BC%22%2B1%26~x",
        "p%2fw%20%22%c3%bc%22%2b1%26~x",
        "702f772022c3bc222b31267e78",
        "702F772022C3BC222B31267E78",
        "cC93ICLDvCIrMSZ+eA",
        "cC93ICLDvCIrMSZ+eA==",
        "cC93ICLDvCIrMSZ-eA==",
    ] {
        let secrets = [("KEY".to_owned(), SecretValue::from(secret))];
        let output = masked(&secrets, &[b"<", form.as_bytes(), b">"]);
        assert_eq!(String::from_utf8_lossy(&output), "<[KEY]>", "{form}");
    }
}

/// As Go, Gson, PHP and .NET escape what JSON does not ask to be escaped.
#[test]
fn what_writers_of_json_escape_is_masked() {
    let secret = "a+\"'<é>&=/`z";
    for form in [
        r#"a+\"'\u003cé\u003e\u0026=/`z"#,
        r#"a+\"\u0027\u003cé\u003e\u0026\u003d/`z"#,
        r#"a+\u0022\u0027\u003C\u00E9\u003E\u0026=\/`z"#,
        r#"a\u002B\u0022\u0027\u003C\u00E9\u003E\u0026=/\u0060z"#,
        r#"a+\"'<\u00E9>&=/`z"#,
    ] {
        let secrets = [("KEY".to_owned(), SecretValue::from(secret))];
        let output = masked(&secrets, &[b"<", form.as_bytes(), b">"]);
        assert_eq!(String::from_utf8_lossy(&output), "<[KEY]>", "{form}");
    }
}

#[test]
fn base64_is_masked_wherever_the_secret_begins() {
    use base64::Engine;
    let engine = base64::engine::general_purpose::STANDARD;
    let secret = "correct horse battery";
    let secrets = [("KEY".to_owned(), SecretValue::from(secret))];
    for before in ["", "x", "xy", "xyz", "user:"] {
        let encoded = engine.encode(format!("{before}{secret}!"));
        let output = String::from_utf8(masked(&secrets, &[encoded.as_bytes()])).expect("text");
        assert!(output.contains("[KEY]") && output.len() < before.len() * 2 + 14, "{before}: {output}");
    }
}

#[test]
fn what_is_encoded_in_lines_is_masked() {
    use base64::Engine;
    let engine = base64::engine::general_purpose::STANDARD;
    let secret =
        "a long value, 1234567890, and so on until it needs several lines of every kind: 0987654321+/=.";
    let secrets = [("KEY".to_owned(), SecretValue::from(secret))];
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    for (text, width) in [(engine.encode(secret), 76), (engine.encode(secret), 64), (hex, 60)] {
        let lines: Vec<&[u8]> = text.as_bytes().chunks(width).collect();
        let output = String::from_utf8(masked(&secrets, &[&lines.join(&b'\n')])).expect("text");
        assert!(output.lines().all(|line| line.starts_with("[KEY]") && line.len() < 9), "{output}");
    }
}

#[test]
fn lines_of_a_key_and_passwords_of_urls_are_secrets_too() {
    let pem = "-----BEGIN PRIVATE KEY-----\nMIIBVwIBADANBg\nc3VjaCBzZWNyZXQ\n-----END PRIVATE KEY-----\n";
    let secrets = [
        ("PEM".to_owned(), SecretValue::from(pem)),
        ("DB".to_owned(), SecretValue::from("postgres://shop:very%2Fsecret@db/shop")),
    ];
    for (text, expected) in [
        (pem, "[PEM]\n"),
        ("  c3VjaCBzZWNyZXQ\r\n", "  [PEM]\r\n"),
        ("-----BEGIN PRIVATE KEY-----\n", "-----BEGIN PRIVATE KEY-----\n"),
        ("password very/secret of shop", "password [DB] of shop"),
        ("postgres://shop:very%2Fsecret@db/shop", "[DB]"),
        ("postgres://shop:very%2Fsecret@other", "postgres://shop:[DB]@other"),
    ] {
        assert_eq!(String::from_utf8_lossy(&masked(&secrets, &[text.as_bytes()])), expected);
    }
}

#[test]
fn short_values_occur_by_chance() {
    let secrets = [("PIN".to_owned(), SecretValue::from("1234567"))];
    assert_eq!(masked(&secrets, &[b"1234567"]), b"1234567");
}
