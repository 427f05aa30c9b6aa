//! The forms in which a secret is likely to be printed.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE, URL_SAFE_NO_PAD};
use envschema::SecretValue;
use zeroize::Zeroizing;

/// Characters that percent-encoding leaves alone: those of URLs, and those of JavaScript's `encodeURIComponent`.
const PLAIN_IN_URLS: [&[u8]; 2] = [b"-._~", b"-_.!~*'()"];

/// What to look for in order to find a secret: its text, the lines of a text with several, the password of a URL, and
/// each of them in base64, hexadecimal, percent-encoded and as in JSON. Nothing shorter than [`SecretValue::TELLING`]
/// bytes is among them, and a form may be there twice.
pub(crate) fn forms(value: &SecretValue) -> Vec<Zeroizing<Vec<u8>>> {
    #[expect(clippy::disallowed_methods, reason = "to find it in what is printed; it goes nowhere")]
    let text = value.expose().trim();
    let mut forms = Vec::new();
    push_forms(&mut forms, text);
    if text.contains('\n') {
        // The frame of a PEM block is the same for everyone.
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with("-----")) {
            push_forms(&mut forms, line);
        }
    } else if let Some(password) = password(text) {
        push_forms(&mut forms, password);
        push_forms(&mut forms, &decoded(password));
    }
    forms
}

fn push_forms(forms: &mut Vec<Zeroizing<Vec<u8>>>, text: &str) {
    if text.len() < SecretValue::TELLING {
        return;
    }
    let mut push = |form: String| {
        if form.len() >= SecretValue::TELLING {
            forms.push(Zeroizing::new(form.into_bytes()));
        }
    };
    push(text.to_owned());
    // Alone, each with the bits of the last byte, and among other bytes.
    push(STANDARD.encode(text));
    push(STANDARD_NO_PAD.encode(text));
    push(URL_SAFE.encode(text));
    push(URL_SAFE_NO_PAD.encode(text));
    for shift in 0..3 {
        push(base64_core(&STANDARD_NO_PAD, text, shift));
        push(base64_core(&URL_SAFE_NO_PAD, text, shift));
    }
    push(each_byte(text, |form, byte| write!(form, "{byte:02x}")));
    push(each_byte(text, |form, byte| write!(form, "{byte:02X}")));
    for plain in PLAIN_IN_URLS {
        push(percent(text, plain, |form, byte| write!(form, "%{byte:02X}")));
        push(percent(text, plain, |form, byte| write!(form, "%{byte:02x}")));
    }
    let json = serde_json::Value::from(text).to_string();
    let json = &json[1..json.len() - 1];
    push(json.to_owned());
    push(json.replace('/', "\\/"));
}

fn each_byte(text: &str, put: impl Fn(&mut String, u8) -> std::fmt::Result) -> String {
    let mut form = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        // Writing to a text does not fail.
        let _ = put(&mut form, byte);
    }
    form
}

fn percent(text: &str, plain: &[u8], put: impl Fn(&mut String, u8) -> std::fmt::Result) -> String {
    each_byte(text, |form, byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => form.write_char(char::from(byte)),
        byte if plain.contains(&byte) => form.write_char(char::from(byte)),
        byte => put(form, byte),
    })
}

/// The base64 characters that depend on the text only, when `shift` other bytes stand before it.
fn base64_core(engine: &impl Engine, text: &str, shift: usize) -> String {
    let padded = Zeroizing::new([&b"\0\0"[..shift], text.as_bytes()].concat());
    let encoded = engine.encode(&*padded);
    encoded[(shift * 8).div_ceil(6)..padded.len() * 8 / 6].to_owned()
}

/// The password of `scheme://user:password@host`, as it stands there.
fn password(text: &str) -> Option<&str> {
    let (_, after) = text.split_once("://")?;
    let authority = after.split(['/', '?', '#']).next()?;
    let (userinfo, _) = authority.rsplit_once('@')?;
    Some(userinfo.split_once(':')?.1)
}

/// A text with its `%XX` decoded; as it is if that gives no text.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let pair = text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}
